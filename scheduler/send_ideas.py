"""Sends the learning texts: FACT, TIP and GROWTH of the week, and the daily idea to whoever chose daily."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Engine, Table
from sqlmodel import Session, SQLModel

from bot.database import reading
from bot.outbox import Priority, insert_ignoring
from bot.pushes import Push, fan_out
from bot.writer import Writer
from nursery import learners, rounds, timetable
from nursery.guardians import Topic
from nursery.learners import Given
from nursery.recipients import chunks
from nursery.settings import today
from nursery.timetable import Sending

IDEA_SENT: Table = SQLModel.metadata.tables["idea_sent"]

CHUNK = 1000
"""Guardians a turn of the writer: here each costs two rows."""

CONVERSATION = {"fact": "learning_fact", "tip": "learning_tip", "growth": "learning_growth", "daily": "daily_idea"}


@dataclass(frozen=True, slots=True)
class Portion:
    """Part of a sending: guardians in (after, upto], the settings they are of, and the ideas they are to have."""

    sending: Sending
    after: int
    upto: int
    settings: list[int]
    given: list[Given]


async def run(writer: Writer, now: datetime) -> int:
    """Puts what is due in the outbox; returns how many messages that is. Broken off, it goes on where it was."""
    return sum([await _send(writer, sending, now) for sending in timetable.due(now)])


async def _send(writer: Writer, sending: Sending, now: datetime) -> int:
    bounds = await asyncio.to_thread(_bounds, writer.engine, sending, now)
    if bounds is None:
        return 0
    added = 0
    for after, upto in bounds:
        portion = await asyncio.to_thread(_portion, writer.engine, sending, after, upto, now)
        added += await writer.do(partial(_send_portion, portion=portion, now=now))
    await writer.do(partial(rounds.finish, key=sending.key, now=now))
    return added


def _bounds(engine: Engine, sending: Sending, now: datetime) -> list[tuple[int, int]] | None:
    with reading(engine) as session:
        current = rounds.round_of(session, sending.key)
        if current.done_at is not None:
            return None
        return list(chunks(learners.learner_ids(session, today(now), current.upto), CHUNK))


def _portion(engine: Engine, sending: Sending, after: int, upto: int, now: datetime) -> Portion:
    with reading(engine) as session:
        given = learners.new_ideas(session, sending, after, upto, today(now))
        return Portion(sending, after, upto, learners.settings_of(session, after, upto), given)


def _send_portion(session: Session, *, portion: Portion, now: datetime) -> int:
    sending = portion.sending
    if not rounds.advance(session, sending.key, portion.upto):
        return 0
    rows = learners.keep_ideas(session, sending, portion.given, now)
    if rows:  # a guardian who asked for this very idea meanwhile keeps it, and has none of this sending
        session.connection().execute(insert_ignoring(session, IDEA_SENT), rows)
    day, added = today(now), 0
    for setting_id in portion.settings:
        to = learners.recipients_of(sending, setting_id, portion.after, portion.upto, day)
        added += fan_out(session, _push(sending, setting_id, now), to, now)
    return added


def _push(sending: Sending, setting_id: int, now: datetime) -> Push:
    return Push(
        key=sending.key,
        conversation=CONVERSATION[sending.slot.kind],
        params={"day": sending.idea_day.isoformat()},
        topic=Topic.LEARNING,
        setting_id=setting_id,
        due_at=now,
        priority=Priority.BULK,
        expires_at=sending.expires_at,
    )
