"""Reminds of events 7 days, 1 day and 2 hours before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.database import reading
from bot.outbox import Priority
from bot.pushes import Push
from bot.writer import Writer
from nursery import events
from nursery.events import Event
from nursery.guardians import Topic
from nursery.recipients import recipients
from nursery.settings import at, local, today
from scheduler.fanning import fan


@dataclass(frozen=True, slots=True)
class Reminder:
    """How long before an event it goes, on the settings' clock, and until when it still makes sense."""

    when: str
    days: int
    hours: int
    latest: timedelta

    def due_at(self, event: Event) -> datetime:
        """A week before is the same hour of the day, whatever the clocks do in between."""
        if self.hours:
            return event.starts_at - timedelta(hours=self.hours)
        here = local(event.starts_at)
        return at(here.date() - timedelta(days=self.days), here.time())

    def is_due(self, event: Event, now: datetime) -> bool:
        """Whether it is to go now; never for an event that was added after its moment."""
        due_at = self.due_at(event)
        return due_at <= now < event.starts_at - self.latest and event.made_at <= due_at


REMINDERS = (
    Reminder("week", 7, 0, timedelta(days=6)),
    Reminder("day", 1, 0, timedelta(hours=6)),
    Reminder("hours", 0, 2, timedelta(minutes=30)),
)


async def run(writer: Writer, now: datetime) -> int:
    """Puts what is due in the outbox; returns how many messages that is."""
    with reading(writer.engine) as session:
        coming = events.starting_within(session, now, timedelta(days=8))
    added = 0
    for event in coming:
        for reminder in REMINDERS:
            if reminder.is_due(event, now):
                to = partial(recipients, event.audience, Topic.EVENTS, today(now))
                added += await fan(writer, _push(event, reminder, now), to, now)
    return added


def _push(event: Event, reminder: Reminder, now: datetime) -> Push:
    return Push(
        key=f"event:{event.id}:{reminder.when}",
        conversation="event_reminder",
        params={"event": event.id, "when": reminder.when},
        topic=Topic.EVENTS,
        setting_id=event.setting_id,
        due_at=now,
        priority=Priority.NOTICE,
        expires_at=event.starts_at - reminder.latest,
    )
