"""Outcomes of complaints: decided in writing, told to the parent, looked at again where it does not content them."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from nursery.complaints import About, Complaint, hand_over
from nursery.people import Staff
from nursery.settings import today

MOST = 1200
"""Characters of an outcome: about a page of a letter, eight SMS parts."""


class OutcomeRefused(Exception):
    """An outcome that can't be kept; the message is the sentence for staff."""


def conclude(session: Session, complaint: Complaint, outcome: str, staff: Staff, now: datetime) -> None:
    """Keeps the outcome; the parent is told it in writing. Raises OutcomeRefused: without words, when one was told
    already, and for the manager when it is about the manager."""
    outcome = outcome.strip()
    if not outcome or len(outcome) > MOST:
        raise OutcomeRefused(f"Please write the outcome, in {MOST} characters at most.")
    if complaint.told_at is not None:
        raise OutcomeRefused(f"The outcome of {complaint.reference} has been told already.")
    if not may_read(complaint, staff):
        raise OutcomeRefused(f"{complaint.reference} is about the manager: somebody else decides.")
    complaint.outcome, complaint.outcome_by_id, complaint.outcome_at = outcome, staff.id, now
    session.add(complaint)


def may_read(complaint: Complaint, staff: Staff) -> bool:
    """A complaint about the manager is not the manager's to read or decide."""
    return not (complaint.about_manager and staff.role == "manager") and staff.setting_id == complaint.setting_id


def untold(session: Session, now: datetime) -> list[Complaint]:
    """Those whose outcome stands and has not been told, in order."""
    chosen = select(Complaint).where(col(Complaint.outcome_at) <= now, col(Complaint.told_at).is_(None))
    return list(session.exec(chosen.order_by(col(Complaint.id))))


def look_again(session: Session, complaint: Complaint, now: datetime) -> None:
    """The parent is not content: somebody other than who decided looks into it, and it is due as at first."""
    complaint.looks += 1
    complaint.due_on = today(now) + About(complaint.about).within
    complaint.handler_id = _another(session, complaint)
    complaint.outcome_at = complaint.told_at = None
    session.add(complaint)
    hand_over(session, complaint, now)


def _another(session: Session, complaint: Complaint) -> int | None:
    """The owner first, then the manager, then the deputy; never who decided, nor the manager about the manager."""
    chosen = select(Staff).where(
        Staff.setting_id == complaint.setting_id,
        col(Staff.role).in_(("owner", "manager", "deputy")),
        Staff.id != complaint.outcome_by_id,
    )
    found = session.exec(chosen.order_by(col(Staff.role).desc(), col(Staff.id)))
    return next((one.id for one in found if may_read(complaint, one)), None)
