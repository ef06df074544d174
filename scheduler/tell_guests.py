"""Tells guests of events what has changed: a place that is free for them, and an event that is called off."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlmodel import Session

from bot.database import reading
from bot.outbox import Priority
from bot.pushes import Push, push_one
from bot.writer import Writer
from nursery import events, free_places, holds, rsvps
from nursery.contacts import best_contact
from nursery.events import Event
from nursery.guardians import Guardian, Topic
from nursery.people import manager
from nursery.preferences import is_reached
from nursery.rsvps import Coming, Rsvp
from nursery.settings import Setting, today
from nursery.tasks import raise_task

TOLD = (Coming.YES, Coming.MAYBE, Coming.WAITING, Coming.OFFERED)
"""Whom it concerns when an event is called off."""


async def run(writer: Writer, now: datetime) -> int:
    """Lets places lapse, and puts what is to be told in the outbox; returns how many rows that is, tasks for those out
    of reach included."""
    await writer.do(partial(free_places.let_lapse, now=now))
    with reading(writer.engine) as session:
        gone = [event.id or 0 for event in events.called_off(session, now)]
        free = [rsvp.id or 0 for rsvp in free_places.offered(session, now)]
    added = sum([await writer.do(partial(_call_off, number=number, now=now)) for number in gone])
    return added + sum([await writer.do(partial(_tell_place, number=number, now=now)) for number in free])


def _call_off(session: Session, *, number: int, now: datetime) -> int:
    event = session.get_one(Event, number)
    if event.cancel_told_at is not None:
        return 0
    event.cancel_told_at = now
    session.add(event)
    guests = rsvps.guests(session, number, *TOLD)
    return sum(_tell(session, event, rsvp, f"event_cancelled:{number}", "event_cancelled", now) for rsvp in guests)


def _tell_place(session: Session, *, number: int, now: datetime) -> bool:
    rsvp = session.get_one(Rsvp, number)
    event = session.get_one(Event, rsvp.event_id)
    if rsvp.answer != Coming.OFFERED or rsvp.promoted_at is None:
        return False
    return _tell(
        session, event, rsvp, f"event_place:{event.id}:{int(rsvp.promoted_at.timestamp())}", "event_place", now
    )


def _tell(session: Session, event: Event, rsvp: Rsvp, key: str, conversation: str, now: datetime) -> bool:
    contact, setting = best_contact(session, rsvp.guardian_id), session.get_one(Setting, event.setting_id)
    guardian = session.get_one(Guardian, rsvp.guardian_id)
    if guardian.sends_held:
        return _held(session, event, rsvp, key, now)
    if contact is None or not is_reached(guardian, Topic.EVENTS, today(now)):
        return _ring(session, event, rsvp, f"{key}:guardian:{rsvp.guardian_id}", now)
    due_at = setting.polite(now)
    last = rsvp.answer_by if conversation == "event_place" and rsvp.answer_by else event.starts_at
    push = Push(
        key=key,
        conversation=conversation,
        params={"event": event.id},
        topic=Topic.EVENTS,
        setting_id=event.setting_id,
        due_at=due_at if due_at < last else now,
        priority=Priority.NOTICE,
        expires_at=min(last, setting.tomorrow(due_at)),  # what can't wait till tomorrow passes the day's budget
    )
    return push_one(session, push, contact, now)


def _held(session: Session, event: Event, rsvp: Rsvp, key: str, now: datetime) -> bool:
    """What is not sent to a family that is held is told by whoever holds it, and shown to nobody else."""
    what, due_at = ("event", event.starts_at) if event.cancelled_at else ("place", rsvp.answer_by or event.starts_at)
    return holds.tell_by_hand(session, key, rsvp.guardian_id, event.setting_id, f"{what} {event.id}", due_at, now)


def _ring(session: Session, event: Event, rsvp: Rsvp, key: str, now: datetime) -> bool:
    """What can't be sent is told by a person."""
    staff = manager(session, event.setting_id)
    return raise_task(
        session,
        key,
        "guest to ring",
        now=now,
        setting_id=event.setting_id,
        staff_id=staff.id if staff else None,
        guardian_id=rsvp.guardian_id,
        about=f"event {event.id}, {'called off' if event.cancelled_at else 'a place is free'}",
        due_at=rsvp.answer_by,
    )
