"""coatpeg inbox: all that waits for a person, with what to do about it."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlmodel import Session

from bot.commands.desk import local_moment, looking, say, show_json
from nursery import complaints, home_observations, observations, queries, suggestions, tasks
from nursery.contacts import Contact
from nursery.day_changes import DayChange
from nursery.guardians import Guardian
from nursery.inbox import InboundMessage, may_be_shown, waiting_for_staff
from nursery.people import Child, Staff

NEXT = {
    "messages": "coatpeg read NUMBER says that one is dealt with",
    "queries": "coatpeg answer REFERENCE WORDS",
    "complaints": "coatpeg complaint REFERENCE --staff NAME shows one, coatpeg outcome REFERENCE WORDS answers it",
    "suggestions": "coatpeg decide REFERENCE yes|later|no REASON",
    "snippets to approve": "coatpeg approve snippet NUMBER",
    "shared from home": "coatpeg approve home NUMBER",
    "tasks": "coatpeg done NUMBER crosses one off",
}
"""Of each heading: what to do about what stands below it."""

DAY_CHANGE = "day change "
PRIVATE_WORDS = "(for the safeguarding lead: coatpeg concerns)"


def inbox(as_json: Annotated[bool, typer.Option("--json", help="One object.")] = False) -> None:
    """See what waits for a person: messages, queries, complaints and tasks."""
    with looking() as session:
        found = {
            "messages": [_message(session, one) for one in waiting_for_staff(session)],
            "queries": [_query(session, one) for one in queries.open_queries(session)],
            "complaints": [_complaint(session, one) for one in complaints.open_complaints(session)],
            "suggestions": [_suggestion(session, one) for one in suggestions.undecided(session)],
            "snippets to approve": [_snippet(session, one) for one in observations.to_approve(session)],
            "shared from home": [_home(session, one) for one in home_observations.to_approve(session)],
            "tasks": [_task(session, one) for one in tasks.open_tasks(session)],
        }
    if as_json:
        show_json(found)
        return
    for heading, rows in found.items():
        say(f"{heading.capitalize()}: {len(rows)}" + (f" ({NEXT[heading]})" if rows else ""))
        for row in rows:
            say("  " + "  ".join(" ".join(str(value).split()) for value in row.values() if value not in (None, "")))
        if rows:
            say()


def who_is(session: Session, guardian_id: int | None) -> str:
    """A guardian's name, or nothing."""
    guardian = session.get(Guardian, guardian_id) if guardian_id else None
    return guardian.name if guardian else ""


def _message(session: Session, message: InboundMessage) -> dict[str, object]:
    contact = session.get(Contact, message.contact_id) if message.contact_id else None
    return {
        "id": message.id,
        "at": local_moment(message.received_at),
        "from": who_is(session, contact.guardian_id if contact else None) or "a stranger",
        "text": message.text,
    }


def _query(session: Session, query: queries.Query) -> dict[str, object]:
    asked = [one for one in queries.words_of(session, query) if one.staff_id is None]
    said = [one.words if may_be_shown(session, one.inbound_id) else PRIVATE_WORDS for one in asked]
    return {
        "reference": query.reference,
        "from": who_is(session, query.guardian_id),
        "owner": _staff(session, query.owner_id),
        "due": query.due_on,
        "words": said[-1] if said else "",
    }


def _complaint(session: Session, complaint: complaints.Complaint) -> dict[str, object]:
    return {
        "reference": complaint.reference,
        "from": who_is(session, complaint.guardian_id),
        "due": complaint.due_on,
        "words": _complaint_words(session, complaint),
    }


def _complaint_words(session: Session, complaint: complaints.Complaint) -> str:
    """Not those about the manager, who reads this list too."""
    if complaint.about_manager:
        return f"(not for the manager: coatpeg complaint {complaint.reference} --staff NAME)"
    return _words(session, complaint.words, complaint.inbound_id)


def _words(session: Session, words: str, inbound_id: int | None) -> str:
    return words if may_be_shown(session, inbound_id) else PRIVATE_WORDS


def _suggestion(session: Session, one: suggestions.Suggestion) -> dict[str, object]:
    return {
        "reference": one.reference,
        "from": who_is(session, one.guardian_id),
        "words": _words(session, one.words, one.inbound_id),
    }


def _snippet(session: Session, one: observations.Snippet) -> dict[str, object]:
    return {"id": one.id, "child": session.get_one(Child, one.child_id).first_name, "words": one.words}


def _home(session: Session, one: home_observations.HomeObservation) -> dict[str, object]:
    return {
        "id": one.id,
        "child": session.get_one(Child, one.child_id).first_name,
        "from": who_is(session, one.guardian_id),
        "words": _words(session, one.words, one.inbound_id),
    }


def _task(session: Session, task: tasks.Task) -> dict[str, object]:
    child = session.get(Child, task.child_id) if task.child_id else None
    return {
        "id": task.id,
        "urgent": "urgent" if task.urgent else "",
        "kind": task.kind,
        "child": child.first_name if child else "",
        "guardian": who_is(session, task.guardian_id),
        "about": _about(session, task),
    }


def _about(session: Session, task: tasks.Task) -> str:
    """What a task is about; of a change of a child's day, who comes and when in the parent's words."""
    number = task.about.removeprefix(DAY_CHANGE)
    change = session.get(DayChange, int(number)) if number != task.about and number.isdecimal() else None
    if change is None:
        return task.about
    said = ((change.who, change.who_inbound_id), (change.at_words, change.at_inbound_id))
    return ", ".join(_words(session, words, inbound_id) for words, inbound_id in said if words)


def _staff(session: Session, staff_id: int | None) -> str:
    staff = session.get(Staff, staff_id) if staff_id else None
    return staff.name if staff else ""
