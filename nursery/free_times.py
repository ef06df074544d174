"""Free times: those of the appointments offered that a guardian may still take."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from nursery.appointments import TABLE, Appointment
from nursery.people import Child

SOONEST = timedelta(hours=1)
"""A time that begins sooner is not offered: nobody would be there for it."""


def free_for(
    session: Session, child: Child, guardian_id: int, now: datetime, kind: str | None = None
) -> list[Appointment]:
    """The coming times this guardian may take for this child, soonest first."""
    chosen = select(Appointment).where(
        free(guardian_id, now),
        Appointment.setting_id == child.setting_id,
        or_(col(Appointment.room_id).is_(None), col(Appointment.room_id) == (child.room_id or 0)),
        or_(col(Appointment.only_child_id).is_(None), col(Appointment.only_child_id) == child.id),
    )
    if kind is not None:
        chosen = chosen.where(Appointment.kind == kind)
    return list(session.exec(chosen.order_by(col(Appointment.starts_at), col(Appointment.id))))


def is_free(appointment: Appointment, guardian_id: int, now: datetime) -> bool:
    """Whether it can still be taken, as far as was read; `take` alone is certain."""
    theirs = appointment.guardian_id == guardian_id if appointment.kept else appointment.guardian_id is None
    gone = appointment.booked_at is not None or appointment.cancelled_at is not None
    return theirs and not gone and appointment.starts_at > now + SOONEST


def free(guardian_id: int, now: datetime) -> ColumnElement[bool]:
    """The condition on an Appointment that this guardian may take."""
    theirs = and_(TABLE.c.kept.is_(True), TABLE.c.guardian_id == guardian_id)
    return and_(_unbooked(now), or_(and_(TABLE.c.kept.is_(False), TABLE.c.guardian_id.is_(None)), theirs))


def to_tell(session: Session, now: datetime) -> list[Appointment]:
    """Free times whose guardians are to be told that there are some, the first of each lot."""
    chosen = select(Appointment).where(_unbooked(now), col(Appointment.tells).is_(True))
    lots: dict[tuple[object, ...], Appointment] = {}
    for one in session.exec(chosen.order_by(col(Appointment.starts_at), col(Appointment.id))):
        lots.setdefault((one.kind, one.room_id, one.only_child_id, one.guardian_id, one.made_at), one)
    return list(lots.values())


def _unbooked(now: datetime) -> ColumnElement[bool]:
    return and_(TABLE.c.booked_at.is_(None), TABLE.c.cancelled_at.is_(None), TABLE.c.starts_at > now + SOONEST)
