"""Leavers: a member of staff goes, and what was theirs passes to whoever would have it if it came now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from locales.sentences import D_, Refusal
from nursery import appointments, concerns, holds, outcomes, queries
from nursery.appointments import Appointment
from nursery.complaints import Complaint, by_reference
from nursery.concerns import Concern
from nursery.people import LEFT, Child, Staff, manager
from nursery.queries import Query, owner_for
from nursery.settings import Setting, today
from nursery.suggestions import Suggestion
from nursery.tasks import Task


class LeavingRefused(Refusal):
    """Who can't leave yet; the message is the sentence for staff."""


@dataclass(frozen=True, slots=True)
class Left:
    """What somebody leaves behind."""

    children: list[Child]
    """Without a key person now, by name."""
    passed_on: int
    """Open queries, complaints, suggestions and tasks that others have now."""
    free: int
    """Times nobody had booked, which are offered no more."""
    booked: list[Appointment]
    """Times that families have booked with them, soonest first: staff decide what becomes of each."""


def leave(session: Session, setting: Setting, staff: Staff, now: datetime) -> Left:
    """Somebody works here no more. Raises LeavingRefused for the only manager, for who leads on keeping children safe,
    and for the only one who could read what the manager may not."""
    _check(session, setting, staff)
    staff.role, staff.away_until = LEFT, None
    session.add(staff)
    session.flush()
    if setting.manager == staff.name:
        successor = manager(session, setting.id or 0)
        setting.manager = successor.name if successor else ""
        session.add(setting)
    children = _children(session, staff)
    _concerns(session, staff)
    passed_on = _queries(session, staff, now) + _complaints(session, staff) + _suggestions(session, setting, staff)
    passed_on += _tasks(session, setting, staff, now)
    free, booked = _times(session, staff, now)
    session.flush()
    return Left(children, passed_on, free, booked)


def _check(session: Session, setting: Setting, staff: Staff) -> None:
    """Who is there without them? (EYFS: a lead for safeguarding, a manager and a named deputy.)"""
    if setting.lead == staff.name:
        raise LeavingRefused(
            D_("%(name)s leads on keeping children safe. Name somebody else first: coatpeg setting --lead NAME"),
            name=staff.name,
        )
    if staff.role == "manager" and not _others(session, staff, "manager"):
        raise LeavingRefused(
            D_("%(name)s is the only manager. Name another first: coatpeg staff add NAME --role manager"),
            name=staff.name,
        )
    if staff.role in ("deputy", "owner") and not _others(session, staff, "deputy", "owner"):
        raise LeavingRefused(
            D_(
                "Without %(name)s there is no deputy and no owner. "
                "Name another first: coatpeg staff add NAME --role deputy"
            ),
            name=staff.name,
        )


def _others(session: Session, staff: Staff, *roles: str) -> bool:
    chosen = select(Staff.id).where(
        Staff.setting_id == staff.setting_id, Staff.id != staff.id, col(Staff.role).in_(roles)
    )
    return session.exec(chosen).first() is not None


def _children(session: Session, staff: Staff) -> list[Child]:
    theirs = list(session.exec(select(Child).where(Child.key_person_id == staff.id).order_by(col(Child.name))))
    for child in theirs:
        child.key_person_id = None
        session.add(child)
    session.flush()
    return [child for child in theirs if child.left_on is None]


def _concerns(session: Session, staff: Staff) -> None:
    """Read ones too: whoever follows has to know of them, and releases the family."""
    for concern in session.exec(select(Concern).where(Concern.owner_id == staff.id).order_by(col(Concern.id))):
        concerns.hand_over(session, concern)
    session.flush()


def _queries(session: Session, staff: Staff, now: datetime) -> int:
    """Answered ones too, which the parent may ask on about; the open ones count."""
    theirs = list(session.exec(select(Query).where(Query.owner_id == staff.id, col(Query.closed_at).is_(None))))
    for query in theirs:
        queries.hand_over(session, query, now)
    return sum(query.answered_at is None for query in theirs)


def _complaints(session: Session, staff: Staff) -> int:
    chosen = select(Complaint).where(Complaint.handler_id == staff.id, col(Complaint.told_at).is_(None))
    theirs = list(session.exec(chosen))
    for case in theirs:
        case.handler_id = outcomes.handler_now(session, case)
        session.add(case)
    return len(theirs)


def _suggestions(session: Session, setting: Setting, staff: Staff) -> int:
    theirs = list(session.exec(select(Suggestion).where(Suggestion.owner_id == staff.id)))
    owner = manager(session, setting.id or 0)
    for suggestion in (one for one in theirs if one.told_at is None):
        suggestion.owner_id = owner.id if owner else None
        session.add(suggestion)
    return sum(one.decided_at is None and not one.is_thanks for one in theirs)


def _tasks(session: Session, setting: Setting, staff: Staff, now: datetime) -> int:
    """Those with a reference are counted with what they are about."""
    theirs = list(session.exec(select(Task).where(Task.staff_id == staff.id, col(Task.done_at).is_(None))))
    for task in theirs:
        task.staff_id = _whose(session, setting, task, now)
        session.add(task)
    return sum(task.for_all and "-" not in task.about for task in theirs)


def _whose(session: Session, setting: Setting, task: Task, now: datetime) -> int | None:
    """The lead's stay private, and a complaint's goes with the complaint, round the manager where that is so."""
    if not task.for_all:
        return holds.holder_of(session, task) if task.kind == holds.TO_TELL else concerns.reader_of(session, task)
    case = by_reference(session, task.about) if task.kind.startswith("complaint") else None
    if case is not None:
        return outcomes.handler_now(session, case)
    child = session.get(Child, task.child_id) if task.child_id else None
    owner = owner_for(session, setting, child, today(now))
    return owner.id if owner else None


def _times(session: Session, staff: Staff, now: datetime) -> tuple[int, list[Appointment]]:
    ahead = [one for one in appointments.coming(session, staff.setting_id, now) if one.staff_id == staff.id]
    free = [one for one in ahead if one.booked_at is None and one.starts_at > now]
    for one in free:
        appointments.withdraw(session, one, now)
    return len(free), [one for one in ahead if one.booked_at is not None]
