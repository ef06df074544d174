"""Takes new families through their first weeks: one small step at a time, none while it would be unwelcome."""

from __future__ import annotations

import asyncio
from datetime import datetime
from functools import partial

from sqlalchemy import Engine
from sqlalchemy import select as core_select
from sqlmodel import Session

from bot.database import reading
from bot.outbox import TABLE, Priority, State
from bot.pushes import Push, push_one
from bot.writer import Writer
from nursery import beginnings
from nursery.beginnings import Beginning, Step
from nursery.contacts import Contact, best_contact
from nursery.guardians import Guardian, Topic, children_of, is_paused
from nursery.preferences import is_sent
from nursery.settings import Setting, today

CHUNK = 100
"""Beginnings a turn of the writer."""

CONVERSATION = {Step.SIGN: "sign"}
"""Steps that are a conversation of their own; the others are introduced first."""

TOPICS = (Topic.CARE, Topic.LEARNING, Topic.NOTICES, Topic.EVENTS, Topic.PROGRESS)
"""Who may be told less than all of a child's day is asked how to be written to all the same."""

UNSENT = (State.DUE.value, State.HELD.value, State.SENDING.value)


async def run(writer: Writer, now: datetime) -> int:
    """Puts the steps in the outbox; returns how many messages that is."""
    ids = await asyncio.to_thread(_ids, writer.engine, now)
    added = 0
    for start in range(0, len(ids), CHUNK):
        added += await writer.do(partial(_take_all, ids=ids[start : start + CHUNK], now=now))
    return added


def _ids(engine: Engine, now: datetime) -> list[int]:
    with reading(engine) as session:
        return beginnings.in_hand(session, today(now))


def _take_all(session: Session, *, ids: list[int], now: datetime) -> int:
    return sum(_take(session, session.get_one(Beginning, number), now) for number in ids)


def _take(session: Session, beginning: Beginning, now: datetime) -> bool:
    setting = session.get_one(Setting, beginning.setting_id)
    if setting.polite(now) > now:
        return False
    topic = _topic(session, beginning, now)
    contact = _welcome_at(session, beginning, topic, now) if topic is not None else None
    step = beginnings.next_step(session, beginning, today(now)) if contact is not None else None
    if topic is None or contact is None or step is None:
        beginnings.wait(session, beginning, today(now))
        return False
    beginnings.took(session, beginning, step, today(now))
    return push_one(session, _push(beginning, step, topic, now), contact, now)


def _topic(session: Session, beginning: Beginning, now: datetime) -> Topic | None:
    """What this guardian may be told of a child and has not stopped, the most there is; None where that is nothing."""
    guardian, day = session.get_one(Guardian, beginning.guardian_id), today(now)
    wanted = (topic for topic in TOPICS if is_sent(guardian, topic))
    return next((topic for topic in wanted if children_of(session, beginning.guardian_id, topic, day)), None)


def _welcome_at(session: Session, beginning: Beginning, topic: Topic, now: datetime) -> Contact | None:
    """Where a step would be welcome now: not to who has paused, stopped or left, nor before the last one has gone."""
    guardian, day = session.get_one(Guardian, beginning.guardian_id), today(now)
    if is_paused(guardian, day) or (guardian.left_on is not None and guardian.left_on <= day):
        return None
    if _waiting(session, beginning):
        return None
    children = children_of(session, beginning.guardian_id, topic, day)
    if beginning.setting_id not in {child.setting_id for child in children}:
        beginning.setting_id = children[0].setting_id
    return best_contact(session, beginning.guardian_id)


def _waiting(session: Session, beginning: Beginning) -> bool:
    before = core_select(TABLE.c.id).where(
        TABLE.c.guardian_id == beginning.guardian_id,
        TABLE.c.key.startswith("beginning:"),
        TABLE.c.state.in_(UNSENT),
    )
    return session.connection().execute(before.limit(1)).first() is not None


def _push(beginning: Beginning, step: Step, topic: Topic, now: datetime) -> Push:
    return Push(
        key=f"beginning:{step.name.lower()}",
        conversation=CONVERSATION.get(step, "first_step"),
        params={} if step in CONVERSATION else {"step": step.value},
        topic=topic,
        setting_id=beginning.setting_id,
        due_at=now,
        priority=Priority.BULK,
    )
