"""Taking what a parent wrote for what it is: staff may make a complaint of a question or of a message nothing took."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from locales.sentences import D_, Refusal
from nursery import complaints, queries
from nursery.complaints import About, Complaint, Grievance
from nursery.contacts import Contact
from nursery.guardians import ANY_TOPIC, Guardian, children_of
from nursery.inbox import InboundMessage
from nursery.people import Child
from nursery.queries import Query, QueryWords
from nursery.settings import Setting, first_setting, today
from nursery.shared_phones import sharing


class NotTaken(Refusal):
    """What can't be taken for that; the message is the sentence for staff."""


def query_to_complaint(
    session: Session, query: Query, now: datetime, *, about_manager: bool = False, about: About = About.CARE
) -> Complaint:
    """Makes a complaint of a question. The words stay, and its days count from when they came. Raises NotTaken."""
    if query.became:
        raise NotTaken(D_("%(reference)s is %(became)s already."), reference=query.reference, became=query.became)
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
    guardian = _writer(session, message, writer)
    if message.restricted:
        raise NotTaken(D_("Message %(number)s is for the safeguarding lead alone."), number=message.id)
    became = _case_of(session, message)
    if became is not None:
        raise NotTaken(D_("%(reference)s is %(became)s already."), reference=message.id, became=became)
    if message.of_several:
        message.guardian_id = guardian.id
    children = children_of(session, guardian.id or 0, ANY_TOPIC, today(now))
    setting = session.get(Setting, children[0].setting_id) if children else first_setting(session)
    assert setting is not None
    return guardian, setting


def _case_of(session: Session, message: InboundMessage) -> str | None:
    """The reference of the complaint or the question that a message is in already. One that somebody has only read may
    still be taken for what it is."""
    asked = select(Query.reference).join(QueryWords, col(QueryWords.query_id) == col(Query.id))
    complained = select(Complaint.reference).where(Complaint.inbound_id == message.id)
    return session.exec(complained).first() or session.exec(asked.where(QueryWords.inbound_id == message.id)).first()


def _writer(session: Session, message: InboundMessage, writer: Guardian | None) -> Guardian:
    """Whose it is: what was known when it came, else what staff say, else whose the phone is. Those who share the phone
    no more are not forgotten: a message from then is nobody's until staff say whose."""
    contact = session.get(Contact, message.contact_id) if message.contact_id else None
    known = message.guardian_id or (contact.guardian_id if contact else None)
    if known is None or contact is None:
        raise NotTaken(D_("Message %(number)s is a stranger's: ring them, or invite them first."), number=message.id)
    unsure = message.guardian_id is None and (message.of_several or contact.shared)
    if unsure and writer is None:
        raise NotTaken(
            D_("Message %(number)s came from a phone that several share. Say whose it is with --guardian."),
            number=message.id,
        )
    here = [known, *sharing(session, contact.id or 0)] if unsure else [known]
    parted = unsure and not contact.shared
    if writer is not None and writer.id not in here and not parted:
        raise NotTaken(
            D_("Message %(number)s did not come from %(writer)s's phone."), number=message.id, writer=writer.name
        )
    return writer or session.get_one(Guardian, known)


def _taken(session: Session, message: InboundMessage, now: datetime) -> None:
    message.read_at = now
    session.add(message)
