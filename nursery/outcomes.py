"""Outcomes of complaints: decided in writing, told to the parent, looked at again where it does not content them."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, select

from locales.sentences import D_, Refusal
from nursery.complaints import STATES, About, Complaint, hand_over, handler_for, raise_for, task_key
from nursery.people import Staff
from nursery.settings import Setting, today
from nursery.tasks import finish
from nursery.ties import is_limited

MOST = 1200
"""Characters of an outcome: about a page of a letter, eight SMS parts."""

ON_PAPER = "on paper: a court's limit"
"""The reason of an outcome that was not sent, and is given on paper."""


class OutcomeRefused(Refusal):
    """An outcome that can't be kept; the message is the sentence for staff."""


def conclude(session: Session, complaint: Complaint, outcome: str, staff: Staff, now: datetime) -> None:
    """Keeps the outcome and crosses its tasks off; the parent is told it in writing. Raises OutcomeRefused: without
    words, when one was told already, and for the manager when it is about the manager."""
    outcome = outcome.strip()
    if not outcome or len(outcome) > MOST:
        raise OutcomeRefused(D_("Please write the outcome, in %(most)s characters at most."), most=MOST)
    if complaint.told_at is not None:
        raise OutcomeRefused(D_("The outcome of %(reference)s has been told already."), reference=complaint.reference)
    if not may_read(complaint, staff):
        raise OutcomeRefused(
            D_("%(reference)s is about the manager: somebody else decides."), reference=complaint.reference
        )
    complaint.outcome, complaint.outcome_by_id, complaint.outcome_at = outcome, staff.id, now
    session.add(complaint)
    for state in STATES:
        finish(session, task_key(complaint, state), now)


def may_read(complaint: Complaint, staff: Staff) -> bool:
    """A complaint about the manager is not the manager's to read or decide."""
    return not (complaint.about_manager and staff.role == "manager") and staff.setting_id == complaint.setting_id


def untold(session: Session, now: datetime) -> list[Complaint]:
    """Those whose outcome stands and has not been told, in order."""
    chosen = select(Complaint).where(col(Complaint.outcome_at) <= now, col(Complaint.told_at).is_(None))
    return list(session.exec(chosen.order_by(col(Complaint.id))))


def is_for_paper(session: Session, complaint: Complaint, day: date) -> bool:
    """Whether the outcome goes to the complainant on paper and not by message: a court's limit stands that day.

    Who complains is told the outcome within 28 days whatever limits there are (EYFS). Staff's words may name a child or
    tell of the other parent, so a person who knows the order reads them over and hands them on (rule 6).
    """
    return is_limited(session, complaint.guardian_id, complaint.setting_id, day)


def handler_now(session: Session, complaint: Complaint) -> int | None:
    """Who would look into it if it were given to somebody now."""
    if complaint.looks > 1:
        return _another(session, complaint)
    setting = session.get_one(Setting, complaint.setting_id)
    handler = handler_for(session, setting, about_manager=complaint.about_manager, words=complaint.words)
    return handler.id if handler else None


def look_again(session: Session, complaint: Complaint, now: datetime) -> None:
    """The parent is not content: somebody other than who decided looks into it, and it is due as at first."""
    complaint.looks += 1
    complaint.due_on = today(now) + About(complaint.about).within
    complaint.handler_id = _another(session, complaint)
    complaint.outcome_at = complaint.told_at = None
    session.add(complaint)
    hand_over(session, complaint, now)


def add_words(session: Session, complaint: Complaint, words: str, inbound_id: int | None, now: datetime) -> None:
    """What a parent says to the outcome stands with the complaint; whoever looks into it has the task to read it."""
    complaint.words = "\n\n".join(filter(None, (complaint.words, words)))
    complaint.inbound_id = complaint.inbound_id or inbound_id
    session.add(complaint)
    raise_for(session, complaint, f"complaint answered:{complaint.id}:{inbound_id}", "complaint answered", now)


def _another(session: Session, complaint: Complaint) -> int | None:
    """The owner first, then the manager, then the deputy; never who decided, nor the manager about the manager."""
    chosen = select(Staff).where(
        Staff.setting_id == complaint.setting_id,
        col(Staff.role).in_(("owner", "manager", "deputy")),
        Staff.id != complaint.outcome_by_id,
    )
    found = session.exec(chosen.order_by(col(Staff.role).desc(), col(Staff.id)))
    return next((one.id for one in found if may_read(complaint, one)), None)
