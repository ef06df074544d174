"""Bookings: which guardian has which of the times that staff offer, taken, moved and given up."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from nursery import needs as needed
from nursery.appointments import TABLE, Appointment
from nursery.events import KEPT_IN_CALENDARS
from nursery.free_times import free
from nursery.guardians import Topic, children_of
from nursery.people import Child
from nursery.settings import at, local, today

FRESH = timedelta(hours=12)
"""A booking said so long ago needs no reminder yet."""


def take(session: Session, number: int, guardian_id: int, child_id: int, now: datetime) -> bool:
    """Gives a free time to a guardian; False when it has gone.

    One conditional UPDATE: of two who choose it at the same moment exactly one gets it, whatever process they are in.
    """
    taken = (
        update(TABLE)
        .where(TABLE.c.id == number, free(guardian_id, now))
        .values(guardian_id=guardian_id, child_id=child_id, booked_at=now)
    )
    session.flush()
    got = bool(session.connection().execute(taken).rowcount == 1)
    found = session.get(Appointment, number)
    if found is not None:
        session.refresh(found)
    return got


def give_up(session: Session, appointment: Appointment, now: datetime) -> None:
    """The guardian does not come: the time is free again, and nothing of theirs stays with it."""
    needed.forget(session, appointment.id or 0, now)
    appointment.guardian_id = appointment.guardian_id if appointment.kept else None
    appointment.child_id = appointment.booked_at = None
    appointment.interpreter, appointment.needs, appointment.inbound_id = False, "", None
    session.add(appointment)
    session.flush()


def move(session: Session, before: Appointment, number: int, now: datetime) -> bool:
    """Exchanges a guardian's time for another; False, and nothing changed, when the other has gone."""
    guardian_id, child_id = before.guardian_id or 0, before.child_id or 0
    interpreter, needs, inbound_id = before.interpreter, before.needs, before.inbound_id
    if not take(session, number, guardian_id, child_id, now):
        return False
    note_needs(session, session.get_one(Appointment, number), interpreter, needs, inbound_id)
    give_up(session, before, now)
    return True


def note_needs(
    session: Session, appointment: Appointment, interpreter: bool, needs: str, inbound_id: int | None
) -> None:
    appointment.interpreter, appointment.needs, appointment.inbound_id = interpreter, needs, inbound_id
    session.add(appointment)


def booked_by(session: Session, guardian_id: int, now: datetime) -> list[Appointment]:
    """A guardian's own coming bookings, soonest first; never another guardian's of the same child."""
    chosen = select(Appointment).where(
        Appointment.guardian_id == guardian_id,
        col(Appointment.booked_at).is_not(None),
        col(Appointment.starts_at) > now,
        col(Appointment.cancelled_at).is_(None),
    )
    return list(session.exec(chosen.order_by(col(Appointment.starts_at), col(Appointment.id))))


def in_calendar(session: Session, guardian_id: int, now: datetime) -> list[tuple[Appointment, Child]]:
    """What a guardian's calendar shows of their own bookings: about the children they may speak about at this moment,
    the last month's and what staff called off included, soonest first."""
    chosen = select(Appointment).where(
        Appointment.guardian_id == guardian_id,
        col(Appointment.booked_at).is_not(None),
        col(Appointment.starts_at) > now - KEPT_IN_CALENDARS,
    )
    theirs = {child.id: child for child in children_of(session, guardian_id, Topic.CARE, today(now))}
    found = session.exec(chosen.order_by(col(Appointment.starts_at), col(Appointment.id)).limit(500))
    return [(one, theirs[one.child_id]) for one in found if one.child_id in theirs]


def untold(session: Session, now: datetime) -> list[Appointment]:
    """Cancelled bookings still ahead whose guardians have not been told, soonest first."""
    chosen = select(Appointment).where(
        col(Appointment.cancelled_at).is_not(None),
        col(Appointment.guardian_id).is_not(None),
        col(Appointment.booked_at).is_not(None),
        col(Appointment.told_at).is_(None),
        col(Appointment.starts_at) > now,
    )
    return list(session.exec(chosen.order_by(col(Appointment.starts_at), col(Appointment.id))))


def booked_for(session: Session, guardian_id: int, child_id: int, kind: str, now: datetime) -> Appointment | None:
    """The coming booking of that kind which this guardian has for that child: there is one at most."""
    mine = booked_by(session, guardian_id, now)
    return next((one for one in mine if (one.child_id, one.kind) == (child_id, kind)), None)


def booked_within(session: Session, now: datetime, span: timedelta) -> list[Appointment]:
    """Bookings that begin within that span from now, soonest first."""
    chosen = select(Appointment).where(
        col(Appointment.guardian_id).is_not(None),
        col(Appointment.booked_at).is_not(None),
        col(Appointment.cancelled_at).is_(None),
        col(Appointment.starts_at) > now,
        col(Appointment.starts_at) <= now + span,
    )
    return list(session.exec(chosen.order_by(col(Appointment.starts_at), col(Appointment.id))))


def reminders_due(starts_at: datetime, booked_at: datetime, now: datetime) -> list[str]:
    """Which reminders are to go now: a week and a day before at the same hour of the day whatever the clocks do, and
    two hours before. None within half a day of booking, which said the same, nor one that is too late to make sense."""
    here = local(starts_at)
    moments = {
        "week": at(here.date() - timedelta(days=7), here.time()),
        "day": at(here.date() - timedelta(days=1), here.time()),
        "hours": starts_at - timedelta(hours=2),
    }
    return [
        when
        for when, due_at in moments.items()
        if due_at <= now < reminder_ends(starts_at, when) and booked_at + FRESH <= due_at
    ]


def reminder_ends(starts_at: datetime, when: str) -> datetime:
    """From when on a reminder makes no sense any more: the next one is near, or the booking itself."""
    return starts_at - {"week": timedelta(days=6), "day": timedelta(hours=6), "hours": timedelta(minutes=30)}[when]
