"""Reminds whoever has booked a time with staff, a week, a day and two hours before."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from bot.outbox import Priority
from bot.pushes import Push, push_one
from bot.writer import Writer
from nursery import bookings
from nursery.appointments import Appointment
from nursery.contacts import best_contact
from nursery.guardians import Topic


async def run(writer: Writer, now: datetime) -> int:
    """Puts what is due in the outbox; returns how many messages that is."""
    return await writer.do(partial(_remind_all, now=now))


def _remind_all(session: Session, now: datetime) -> int:
    booked = bookings.booked_within(session, now, timedelta(days=8))
    return sum(_remind(session, one, when, now) for one in booked for when in _due(one, now))


def _due(booked: Appointment, now: datetime) -> list[str]:
    return bookings.reminders_due(booked.starts_at, booked.booked_at or now, now)


def _remind(session: Session, booked: Appointment, when: str, now: datetime) -> bool:
    contact = best_contact(session, booked.guardian_id or 0)
    if contact is None or booked.booked_at is None:
        return False
    push = Push(
        key=f"booking:{booked.id}:{int(booked.booked_at.timestamp())}:{when}",
        conversation="booking_reminder",
        params={"appointment": booked.id},
        topic=Topic.CARE,
        setting_id=booked.setting_id,
        due_at=now,
        priority=Priority.NOTICE,
        expires_at=bookings.reminder_ends(booked.starts_at, when),
    )
    return push_one(session, push, contact, now, child_id=booked.child_id)
