"""Tells guardians that staff have times for them, and, with an apology, that a booked one is called off."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session, col

from bot.database import reading
from bot.outbox import Priority
from bot.pushes import Push, push_one
from bot.writer import Writer
from nursery import bookings, free_times, holds
from nursery.appointments import Appointment
from nursery.contacts import best_contact
from nursery.guardians import Guardian, Topic, may_be_told
from nursery.people import Child
from nursery.recipients import Audience, recipients
from nursery.settings import Setting, today
from nursery.tasks import raise_task
from scheduler.fanning import fan

INSTEAD = 3
"""Times offered in place of the one that is called off."""


async def run(writer: Writer, now: datetime) -> int:
    """Puts what is due in the outbox; returns how many rows that is, tasks for those out of reach included."""
    with reading(writer.engine) as session:
        lots, called_off = free_times.to_tell(session, now), bookings.untold(session, now)
    added = sum([await writer.do(partial(_call_off, number=one.id or 0, now=now)) for one in called_off])
    for lot in lots:
        added += await fan(writer, _offer(lot, now), partial(_whom, lot, today(now)), now)
    return added


def _whom(lot: Appointment, day: date, after: int, upto: int | None) -> Select[Any]:
    audience = Audience(lot.setting_id, lot.room_id, lot.only_child_id)
    to = recipients(audience, Topic.CARE, day, after, upto)
    return to.where(col(Guardian.id) == lot.guardian_id) if lot.kept else to


def _offer(lot: Appointment, now: datetime) -> Push:
    kept = lot.guardian_id if lot.kept else None
    return Push(
        key=f"booking_offer:{lot.kind}:{lot.room_id}:{lot.only_child_id}:{kept}:{lot.made_at.timestamp():.6f}",
        conversation="booking_offer",
        params={"appointment": lot.id},
        topic=Topic.CARE,
        setting_id=lot.setting_id,
        due_at=now,
        priority=Priority.NOTICE,
        expires_at=lot.starts_at,
    )


def _call_off(session: Session, *, number: int, now: datetime) -> bool:
    booked = session.get_one(Appointment, number)
    if booked.told_at is not None:
        return False
    booked.told_at = now
    session.add(booked)
    guardian = session.get_one(Guardian, booked.guardian_id)
    if guardian.sends_held:
        key, what = f"booking_cancelled:{booked.id}", f"time {booked.id}"
        return holds.tell_by_hand(session, key, guardian.id or 0, booked.setting_id, what, booked.starts_at, now)
    contact = best_contact(session, booked.guardian_id or 0)
    allowed = may_be_told(session, booked.guardian_id or 0, booked.child_id or 0, Topic.CARE, today(now))
    if contact is None or not allowed:
        return _ring(session, booked, now)
    return push_one(session, _sorry(session, booked, now), contact, now, child_id=booked.child_id)


def _sorry(session: Session, booked: Appointment, now: datetime) -> Push:
    """Passes the quiet hours where they would outlast the time itself."""
    child, setting = session.get_one(Child, booked.child_id), session.get_one(Setting, booked.setting_id)
    free = free_times.free_for(session, child, booked.guardian_id or 0, now, booked.kind)[:INSTEAD]
    params: dict[str, Any] = {"child": child.id, "kind": booked.kind, "cancelled": booked.id}
    soon = booked.starts_at <= setting.tomorrow(now)
    return Push(
        key=f"booking_cancelled:{booked.id}",
        conversation="book_time" if free else "book_ask",
        params=params | ({"offered": [one.id for one in free]} if free else {}),
        topic=Topic.CARE,
        setting_id=booked.setting_id,
        due_at=now,
        priority=Priority.URGENT if soon else Priority.NOTICE,
        expires_at=booked.starts_at,
    )


def _ring(session: Session, booked: Appointment, now: datetime) -> bool:
    """What can't be sent is told by a person."""
    return raise_task(
        session,
        f"booking_cancelled:{booked.id}",
        "booking called off, not told",
        now=now,
        setting_id=booked.setting_id,
        staff_id=booked.staff_id,
        guardian_id=booked.guardian_id,
        child_id=booked.child_id,
        about=f"time {booked.id}",
        urgent=True,
        due_at=booked.starts_at,
    )
