"""Appointments: the times staff offer for a review, a home visit, a talk or a look around."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Table
from sqlmodel import Field, Session, SQLModel, col, select

from locales.sentences import D_, Refusal
from nursery import needs
from nursery.people import Child, Staff

SHOWN = 5
"""Times of one message: with whom they are, five lines are four SMS parts in the longest language."""

OFFERED = 20
"""Times of one list, a page at a time; whom none of them suits is asked for days."""


class BookingRefused(Refusal):
    """Times that can't be offered or taken back; the message is the sentence for staff."""


class Kind(StrEnum):
    """What a time is for."""

    REVIEW = "review"
    HOME_VISIT = "home-visit"
    TALK = "talk"
    OPEN_DAY = "open-day"


class Appointment(SQLModel, table=True):
    """A time that staff offer, free until it is booked. It is for any family, a room's, a child's, or kept for one
    guardian: of that one no other sees whether it was there or is gone."""

    id: int | None = Field(default=None, primary_key=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    kind: str
    staff_id: int = Field(foreign_key="staff.id")
    starts_at: datetime = Field(index=True)
    ends_at: datetime
    place: str = ""
    """Where, when it is not at the setting (or, for a home visit, at home)."""
    room_id: int | None = Field(default=None, foreign_key="room.id")
    only_child_id: int | None = Field(default=None, foreign_key="child.id")
    """The only child it is offered for."""
    tells: bool = False
    """Whether the guardians it is for are told that there are times."""
    made_at: datetime
    guardian_id: int | None = Field(default=None, foreign_key="guardian.id", index=True)
    """Who has it, or whom it is kept for."""
    kept: bool = False
    child_id: int | None = Field(default=None, foreign_key="child.id")
    booked_at: datetime | None = None
    interpreter: bool = False
    needs: str = ""
    inbound_id: int | None = Field(default=None, foreign_key="inbound_message.id")
    """The message its needs came in."""
    cancelled_at: datetime | None = None
    told_at: datetime | None = None
    """When the cancellation was in the outbox of who had it, or a person was asked to ring them."""

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


TABLE: Table = SQLModel.metadata.tables["appointment"]


def offer(
    session: Session,
    kind: Kind,
    staff: Staff,
    starts_at: datetime,
    minutes: int,
    count: int,
    *,
    now: datetime,
    room_id: int | None = None,
    child: Child | None = None,
    guardian_id: int | None = None,
    place: str = "",
    tells: bool = False,
) -> list[Appointment]:
    """Keeps `count` times one after the other, passing over those already offered. Raises BookingRefused."""
    length = timedelta(minutes=minutes)
    _check(starts_at, length, count, now)
    made = [
        Appointment(
            setting_id=staff.setting_id,
            kind=kind.value,
            staff_id=staff.id or 0,
            starts_at=begins,
            ends_at=begins + length,
            place=place.strip(),
            room_id=room_id,
            only_child_id=child.id if child else None,
            tells=tells,
            guardian_id=guardian_id,
            kept=guardian_id is not None,
            made_at=now,
        )
        for begins in (starts_at + length * number for number in range(count))
        if not _is_busy(session, staff, begins, begins + length)
    ]
    if not made:
        raise BookingRefused(D_("%(staff)s has times at those hours already."), staff=staff.name)
    session.add_all(made)
    session.flush()
    return made


def named(session: Session, ids: Iterable[int]) -> list[Appointment]:
    """These times, soonest first."""
    chosen = select(Appointment).where(col(Appointment.id).in_(list(ids)))
    return list(session.exec(chosen.order_by(col(Appointment.starts_at), col(Appointment.id))))


def withdraw(session: Session, appointment: Appointment, now: datetime) -> None:
    """Staff can't keep a time. Whoever has it is told by the job tell_bookings. Raises BookingRefused."""
    if appointment.cancelled_at is not None:
        raise BookingRefused(D_("Time %(number)s is cancelled already."), number=appointment.id)
    if appointment.starts_at <= now:
        raise BookingRefused(D_("Time %(number)s has passed."), number=appointment.id)
    appointment.cancelled_at = now
    session.add(appointment)
    needs.forget(session, appointment.id or 0, now)


def coming(session: Session, setting_id: int, now: datetime) -> list[Appointment]:
    """All times of a setting still ahead, booked or free, soonest first."""
    chosen = select(Appointment).where(
        Appointment.setting_id == setting_id, col(Appointment.ends_at) > now, col(Appointment.cancelled_at).is_(None)
    )
    return list(session.exec(chosen.order_by(col(Appointment.starts_at), col(Appointment.id))))


def _is_busy(session: Session, staff: Staff, starts_at: datetime, ends_at: datetime) -> bool:
    same = select(Appointment.id).where(
        Appointment.staff_id == staff.id,
        col(Appointment.starts_at) < ends_at,
        col(Appointment.ends_at) > starts_at,
        col(Appointment.cancelled_at).is_(None),
    )
    return session.exec(same).first() is not None


def _check(starts_at: datetime, length: timedelta, count: int, now: datetime) -> None:
    if starts_at <= now:
        raise BookingRefused(D_("The first time would begin in the past. Check the date."))
    if not timedelta(minutes=5) <= length <= timedelta(hours=8) or not 1 <= count <= 100:
        raise BookingRefused(D_("A time is 5 to 480 minutes long, and at most 100 are added at once."))
