"""coatpeg inbox, answer and staff: what came in, and what staff do about it."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlmodel import Session, select

from bot.commands.desk import Refused, local_moment, looking, now, say, show_json, the_setting, writing
from bot.commands.telling import the_staff
from nursery import complaints, concerns, home_observations, observations, queries, suggestions, tasks
from nursery.contacts import Contact
from nursery.guardians import LEARNING_CHOICES, Guardian
from nursery.inbox import InboundMessage, may_be_shown, waiting_for_staff
from nursery.people import Child, Staff, staff_named

ROLES = ("key person", "manager", "office", "deputy", "owner")
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
        say(f"{heading.capitalize()}: {len(rows)}")
        for row in rows:
            say("  " + "  ".join(str(value) for value in row.values() if value not in (None, "")))


def _who(session: Session, guardian_id: int | None) -> str:
    guardian = session.get(Guardian, guardian_id) if guardian_id else None
    return guardian.name if guardian else ""


def _message(session: Session, message: InboundMessage) -> dict[str, object]:
    contact = session.get(Contact, message.contact_id) if message.contact_id else None
    return {
        "id": message.id,
        "at": local_moment(message.received_at),
        "from": _who(session, contact.guardian_id if contact else None) or "a stranger",
        "text": message.text,
    }


def _query(session: Session, query: queries.Query) -> dict[str, object]:
    asked = [one for one in queries.words_of(session, query) if one.staff_id is None]
    said = [one.words if may_be_shown(session, one.inbound_id) else PRIVATE_WORDS for one in asked]
    return {
        "reference": query.reference,
        "from": _who(session, query.guardian_id),
        "owner": _staff(session, query.owner_id),
        "due": query.due_on,
        "words": said[-1] if said else "",
    }


def _complaint(session: Session, complaint: complaints.Complaint) -> dict[str, object]:
    return {
        "reference": complaint.reference,
        "from": _who(session, complaint.guardian_id),
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
        "from": _who(session, one.guardian_id),
        "words": _words(session, one.words, one.inbound_id),
    }


def _snippet(session: Session, one: observations.Snippet) -> dict[str, object]:
    return {"id": one.id, "child": session.get_one(Child, one.child_id).first_name, "words": one.words}


def _home(session: Session, one: home_observations.HomeObservation) -> dict[str, object]:
    return {
        "id": one.id,
        "child": session.get_one(Child, one.child_id).first_name,
        "from": _who(session, one.guardian_id),
        "words": _words(session, one.words, one.inbound_id),
    }


def _task(session: Session, task: tasks.Task) -> dict[str, object]:
    return {
        "id": task.id,
        "urgent": "urgent" if task.urgent else "",
        "kind": task.kind,
        "guardian": _who(session, task.guardian_id),
        "about": task.about,
    }


def _staff(session: Session, staff_id: int | None) -> str:
    staff = session.get(Staff, staff_id) if staff_id else None
    return staff.name if staff else ""


def concerns_command(
    staff: Annotated[str, typer.Option(help="Who you are. What is not for you is not shown.")],
    release: Annotated[int | None, typer.Option(help="A guardian's number, to send to that family again.")] = None,
) -> None:
    """Read the safeguarding messages that are for you. That you read them is noted."""
    with writing() as session:
        place = the_setting(session, None)
        reader = the_staff(session, staff, place.id or 0)
        mine = [one for one in session.exec(select(concerns.Concern)) if concerns.may_read(session, one, reader)]
        if release is not None:
            if release not in {one.guardian_id for one in mine}:
                raise Refused("This family is not held for you to release.")
            concerns.release(session, session.get_one(Guardian, release))
            say("This family is sent to again within half an hour.")
        for one in mine:
            words = concerns.read(session, one, reader, now())
            say(f"{local_moment(one.raised_at)}  {_who(session, one.guardian_id) or 'a stranger'} ({one.guardian_id})")
            say(f"  {words}")
    say(f"{len(mine)} for you.")


def answer(
    reference: Annotated[str, typer.Argument(help="A query's reference, such as Q-1042.")],
    words: Annotated[str, typer.Argument(help="The answer.")],
    staff: Annotated[str | None, typer.Option(help="Who answers; the query's owner when left out.")] = None,
) -> None:
    """Answer a parent's query. It goes to that parent alone, at a polite hour."""
    if not words.strip():
        raise Refused("An answer needs words.")
    with writing() as session:
        query = queries.by_reference(session, reference)
        if query is None:
            raise Refused(f"There is no query {reference}.")
        owner = session.get(Staff, query.owner_id) if staff is None and query.owner_id else None
        queries.answer(session, query, words.strip(), owner or the_staff(session, staff, query.setting_id), now())
    say(f"{query.reference} is answered. The parent gets it in the next minute, or when the quiet hours end.")


def setting_change(
    name: Annotated[str | None, typer.Argument(help="The setting; may be left out where there is one.")] = None,
    phone: Annotated[str, typer.Option(help="The number parents ring.")] = "",
    learning: Annotated[str, typer.Option(help="Ideas unless a guardian chooses: daily, weekly, one or none.")] = "",
    budget: Annotated[int | None, typer.Option(help="Most messages a day to one guardian, urgent ones apart.")] = None,
    lead: Annotated[str, typer.Option(help="Who leads on keeping children safe.")] = "",
    lead_phone: Annotated[str, typer.Option(help="The number parents ring for it.")] = "",
    ofsted_number: Annotated[str, typer.Option(help="The setting's reference at Ofsted.")] = "",
    ofsted_report: Annotated[str, typer.Option(help="The address of its Ofsted report.")] = "",
) -> None:
    """Change what a setting has set, or see it."""
    if learning and learning not in LEARNING_CHOICES:
        raise Refused(f"--learning: {learning} is not one of {', '.join(LEARNING_CHOICES)}.")
    with writing() as session:
        place = the_setting(session, name)
        place.phone, place.learning = phone or place.phone, learning or place.learning
        place.lead, place.lead_phone = lead or place.lead, lead_phone or place.lead_phone
        place.ofsted_number = ofsted_number or place.ofsted_number
        place.ofsted_report = ofsted_report or place.ofsted_report
        place.daily_budget = place.daily_budget if budget is None else budget
        session.add(place)
    say(f"{place.name}: phone {place.phone or '-'}, ideas {place.learning}, {place.daily_budget} messages a day.")


def staff_add(
    name: Annotated[str, typer.Argument(help="The name parents know them by.")],
    role: Annotated[str, typer.Option(help="key person, manager or office.")] = "key person",
    setting: Annotated[str | None, typer.Option(help="The setting; may be left out where there is one.")] = None,
) -> None:
    """Add a member of staff, or change their role."""
    if role not in ROLES:
        raise Refused(f"--role: {role} is not one of {', '.join(ROLES)}.")
    with writing() as session:
        place = the_setting(session, setting)
        member = staff_named(session, place.id or 0, name) or Staff(setting_id=place.id or 0, name=name)
        member.role = role
        session.add(member)
    say(f"{name} is {role} at {place.name}.")
