"""Taking what a parent wrote for what it is: staff may make a complaint of a question or of a message nothing took."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from nursery import complaints, queries
from nursery.complaints import About, Complaint, Grievance
from nursery.contacts import Contact
from nursery.guardians import ANY_TOPIC, Guardian, children_of
from nursery.inbox import InboundMessage
from nursery.people import Child
from nursery.queries import Query
from nursery.settings import Setting, first_setting, today
from nursery.shared_phones import sharing


class NotTaken(Exception):
    """What can't be taken for that; the message is the sentence for staff."""


def query_to_complaint(
    session: Session, query: Query, now: datetime, *, about_manager: bool = False, about: About = About.CARE
) -> Complaint:
    """Makes a complaint of a question. The words stay, and its days count from when they came. Raises NotTaken."""
    if query.became:
        raise NotTaken(f"{query.reference} is {query.became} already.")
    asked = [one for one in queries.words_of(session, query) if one.staff_id is None]
    grievance = Grievance(
        "\n".join(one.words for one in asked if one.words),
        session.get(Child, query.child_id) if query.child_id else None,
        about_manager,
        asked[0].inbound_id,
        about,
        query.asked_at,
    )
    setting = session.get_one(Setting, query.setting_id)
    case = complaints.lodge(session, setting, session.get_one(Guardian, query.guardian_id), grievance, now)
    query.became, query.answered_at, query.closed_at = case.reference, query.answered_at or now, now
    session.add(query)
    return case


def message_to_complaint(
    session: Session,
    message: InboundMessage,
    now: datetime,
    *,
    about_manager: bool = False,
    about: About = About.CARE,
    writer: Guardian | None = None,
) -> Complaint:
    """Makes a complaint of a message: in any language and under any heading it is a written complaint (EYFS). `writer`
    says who of those on a shared phone wrote it. Raises NotTaken for a stranger's, for what is the safeguarding lead's
    alone, and where nobody can tell whose it is."""
    guardian, setting = _author(session, message, now, writer)
    grievance = Grievance(message.text, None, about_manager, message.id, about, message.received_at)
    case = complaints.lodge(session, setting, guardian, grievance, now)
    _taken(session, message, now)
    return case


def message_to_query(
    session: Session, message: InboundMessage, now: datetime, *, writer: Guardian | None = None
) -> Query:
    """Makes a question of a message. Raises NotTaken as `message_to_complaint` does."""
    guardian, setting = _author(session, message, now, writer)
    case = queries.open_query(session, setting, guardian, None, message.text, message.id, now)
    case.asked_at = message.received_at
    _taken(session, message, now)
    return case


def _author(
    session: Session, message: InboundMessage, now: datetime, writer: Guardian | None
) -> tuple[Guardian, Setting]:
    contact = session.get(Contact, message.contact_id) if message.contact_id else None
    guardian = session.get(Guardian, contact.guardian_id) if contact and contact.guardian_id else None
    if guardian is None:
        raise NotTaken(f"Message {message.id} is a stranger's: ring them, or invite them first.")
    assert contact is not None  # a guardian's message came from somewhere
    here = [guardian.id, *sharing(session, contact.id or 0)]
    if len(here) > 1 and writer is None:
        raise NotTaken(f"Message {message.id} came from a phone that several share. Say whose it is with --guardian.")
    if writer is not None and writer.id not in here:
        raise NotTaken(f"Message {message.id} did not come from {writer.name}'s phone.")
    guardian = writer or guardian
    if message.restricted:
        raise NotTaken(f"Message {message.id} is for the safeguarding lead alone.")
    if message.read_at is not None:
        raise NotTaken(f"Message {message.id} has been dealt with already.")
    children = children_of(session, guardian.id or 0, ANY_TOPIC, today(now))
    setting = session.get(Setting, children[0].setting_id) if children else first_setting(session)
    assert setting is not None
    return guardian, setting


def _taken(session: Session, message: InboundMessage, now: datetime) -> None:
    message.read_at = now
    session.add(message)
