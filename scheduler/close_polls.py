"""Closes polls whose time has come, and tells whoever answered which time it has become."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import Select
from sqlalchemy import select as core_select
from sqlmodel import Session, col

from bot.database import reading
from bot.outbox import Priority
from bot.pushes import Push
from bot.writer import Writer
from nursery import meeting_times, polls
from nursery.events import Event
from nursery.guardians import Guardian, Topic
from nursery.polls import Poll, PollAnswer
from nursery.recipients import recipients
from nursery.settings import today
from scheduler.fanning import fan


async def run(writer: Writer, now: datetime) -> int:
    """Closes what is due; returns how many rows are new, tasks and messages."""
    added = await writer.do(partial(_close_all, now=now))
    with reading(writer.engine) as session:
        decided = meeting_times.decided(session, now)
    for poll, event in decided:
        added += await fan(writer, _push(poll, event, now), partial(_who_answered, poll, today(now)), now)
    return added


def _close_all(session: Session, now: datetime) -> int:
    ending = polls.to_close(session, now)
    for poll in ending:
        meeting_times.close(session, poll, now)
    return len(ending)


def _who_answered(poll: Poll, day: date, after: int, upto: int | None) -> Select[Any]:
    answered = core_select(col(PollAnswer.guardian_id)).where(col(PollAnswer.poll_id) == poll.id)
    return recipients(poll.audience, Topic.EVENTS, day, after, upto).where(col(Guardian.id).in_(answered))


def _push(poll: Poll, event: Event, now: datetime) -> Push:
    return Push(
        key=f"poll:{poll.id}:decided",
        conversation="meeting_time",
        params={"poll": poll.id},
        topic=Topic.EVENTS,
        setting_id=poll.setting_id,
        due_at=now,
        priority=Priority.NOTICE,
        expires_at=event.starts_at,
    )
