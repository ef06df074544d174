"""coatpeg inbox: all that waits for a person, with what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer
from sqlmodel import Session

from bot.commands.desk import looking, now
from bot.commands.said import words_of
from bot.commands.unread import message_cells, unread_messages, who_is
from bot.commands.voice import filled, row, say, show, show_json, tongue
from locales.sentences import D_, Joined, Mark, Sentence, spoken
from nursery import complaints, home_observations, observations, queries, suggestions, tasks
from nursery.complaints import Complaint
from nursery.day_changes import DayChange
from nursery.home_observations import HomeObservation
from nursery.people import Child, Staff, told_apart
from nursery.settings import today
from nursery.suggestions import Suggestion

HEADS: Mapping[str, Mark] = {
    "messages": D_("Messages: %(count)s"),
    "queries": D_("Queries: %(count)s"),
    "complaints": D_("Complaints: %(count)s"),
    "suggestions": D_("Suggestions: %(count)s"),
    "snippets to approve": D_("Snippets to approve: %(count)s"),
    "shared from home": D_("Shared from home: %(count)s"),
    "tasks": D_("Tasks: %(count)s"),
}
NEXT: Mapping[str, Mark] = {
    "messages": D_("(coatpeg read NUMBER says that one is dealt with)"),
    "queries": D_("(coatpeg answer REFERENCE WORDS)"),
    "complaints": D_(
        "(coatpeg complaint REFERENCE --staff NAME shows one, coatpeg outcome REFERENCE WORDS answers it)"
    ),
    "suggestions": D_("(coatpeg decide REFERENCE yes|later|no REASON)"),
    "snippets to approve": D_("(coatpeg approve snippet NUMBER)"),
    "shared from home": D_("(coatpeg approve home NUMBER)"),
    "tasks": D_("(coatpeg done NUMBER crosses one off)"),
}
"""Of each heading: what to do about what stands below it."""

DAY_CHANGE = "day change "
SHOWN_ABOVE = ("suggestion to decide", "home observation to approve")
"""Kinds of task that are there for as long as what they are about stands under its own heading."""

DUE: Mapping[str, Mark] = {"queries": D_("reply by %(day)s"), "complaints": D_("outcome by %(day)s")}
"""What the day of each stands for."""


def inbox(as_json: Annotated[bool, typer.Option("--json", help="One object.")] = False) -> None:
    """See what waits for a person: messages, queries, complaints and tasks."""
    with looking() as session:
        found = {
            "messages": [message_cells(session, one) for one in unread_messages(session)],
            "queries": [_query(session, one) for one in queries.open_queries(session)],
            "complaints": [_complaint(session, one) for one in complaints.open_complaints(session)],
            "suggestions": [_suggestion(session, one) for one in suggestions.undecided(session)],
            "snippets to approve": [_snippet(session, one) for one in observations.to_approve(session)],
            "shared from home": [_home(session, one) for one in home_observations.to_approve(session)],
            "tasks": [_task(session, one) for one in tasks.open_tasks(session) if one.kind not in SHOWN_ABOVE],
        }
    if as_json:
        show_json(found)
        return
    for heading, rows in found.items():
        head = Sentence(HEADS[heading], count=len(rows))
        say(Joined((head, Sentence(NEXT[heading])), " ") if rows else head)
        for one in rows:
            cells = filled(_shown(heading, name, value) for name, value in one.items())
            row(*(" ".join(str(spoken(cell, tongue())).split()) for cell in cells), indent="  ")
        if rows:
            show()


def _shown(heading: str, name: str, value: object) -> object:
    """A bare day would be read as the day it came."""
    return Sentence(DUE[heading], day=value) if name == "due" else value


def _query(session: Session, query: queries.Query) -> dict[str, object]:
    asked = [one for one in queries.words_of(session, query) if one.staff_id is None]
    said = [words_of(session, one.words, one.inbound_id) for one in asked]
    return {
        "reference": query.reference,
        "from": who_is(session, query.guardian_id),
        "owner": _staff(session, query.owner_id),
        "due": query.due_on,
        "words": said[-1] if said else "",
    }


def _complaint(session: Session, complaint: Complaint) -> dict[str, object]:
    return {
        "reference": complaint.reference,
        "from": who_is(session, complaint.guardian_id),
        "due": complaint.due_on,
        "words": _complaint_words(session, complaint),
    }


def _complaint_words(session: Session, complaint: Complaint) -> object:
    """Not those about the manager, who reads this list too."""
    if complaint.about_manager:
        shown = D_("(not for the manager: coatpeg complaint %(reference)s --staff NAME)")
        return Sentence(shown, reference=complaint.reference)
    return words_of(session, complaint.words, complaint.inbound_id)


def _suggestion(session: Session, one: Suggestion) -> dict[str, object]:
    return {
        "reference": one.reference,
        "from": who_is(session, one.guardian_id),
        "words": words_of(session, one.words, one.inbound_id),
    }


def _snippet(session: Session, one: observations.Snippet) -> dict[str, object]:
    return {"id": one.id, "child": _child(session, one.child_id), "words": one.words}


def _home(session: Session, one: HomeObservation) -> dict[str, object]:
    return {
        "id": one.id,
        "child": _child(session, one.child_id),
        "from": who_is(session, one.guardian_id),
        "words": words_of(session, one.words, one.inbound_id),
        "next step": _next_step(session, one),
    }


def _next_step(session: Session, one: HomeObservation) -> object:
    words = words_of(session, one.next_step, one.next_step_inbound_id)
    return Sentence(D_("(next: %(words)s)"), words=words) if words else ""


def _task(session: Session, task: tasks.Task) -> dict[str, object]:
    return {
        "id": task.id,
        "urgent": Sentence(D_("urgent")) if task.urgent else "",
        "kind": Sentence(Mark(task.kind)),
        "child": _child(session, task.child_id),
        "guardian": who_is(session, task.guardian_id),
        "about": _about(session, task),
    }


def _about(session: Session, task: tasks.Task) -> object:
    """What a task is about; of a change of a child's day, who comes and when in the parent's words."""
    number = task.about.removeprefix(DAY_CHANGE)
    change = session.get(DayChange, int(number)) if number != task.about and number.isdecimal() else None
    if change is None:
        return task.about
    said = ((change.who, change.who_inbound_id), (change.at_words, change.at_inbound_id))
    return Joined(filled(words_of(session, words, inbound_id) for words, inbound_id in said))


def _child(session: Session, child_id: int | None) -> str:
    child = session.get(Child, child_id) if child_id else None
    return told_apart(session, child, today(now())) if child else ""


def _staff(session: Session, staff_id: int | None) -> str:
    staff = session.get(Staff, staff_id) if staff_id else None
    return staff.name if staff else ""
