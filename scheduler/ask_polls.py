"""Asks families which times of a meeting they could come to."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bot.database import reading
from bot.outbox import Priority
from bot.pushes import Push
from bot.writer import Writer
from nursery import polls
from nursery.guardians import Topic
from nursery.polls import Poll
from nursery.recipients import recipients
from nursery.settings import today
from scheduler.fanning import fan


async def run(writer: Writer, now: datetime) -> int:
    """Puts the questions of open polls in the outbox; returns how many messages that is."""
    with reading(writer.engine) as session:
        asking = polls.open_now(session, now)
    added = 0
    for poll in asking:
        added += await fan(writer, _push(poll, now), partial(recipients, poll.audience, Topic.EVENTS, today(now)), now)
    return added


def _push(poll: Poll, now: datetime) -> Push:
    return Push(
        key=f"poll:{poll.id}",
        conversation="meeting_poll",
        params={"poll": poll.id},
        topic=Topic.EVENTS,
        setting_id=poll.setting_id,
        due_at=now,
        priority=Priority.NOTICE,
        expires_at=poll.closes_at,
    )
