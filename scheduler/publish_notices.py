"""Publishes the notices that are due: a message for every guardian of the audience, in chunks."""

from __future__ import annotations

import asyncio
from datetime import datetime
from functools import partial

from sqlalchemy import Engine
from sqlmodel import Session

from bot.database import Writer, reading
from bot.outbox import Priority, Push, fan_out
from nursery import notices
from nursery.guardians import Topic
from nursery.notices import Notice
from nursery.recipients import audience_ids, chunks, recipients
from nursery.settings import today


async def run(writer: Writer, now: datetime) -> int:
    """Puts what is due in the outbox; returns how many messages that is. Broken off, it goes on where it was."""
    added = 0
    for notice_id in await asyncio.to_thread(_due, writer.engine, now):
        for after, upto in await asyncio.to_thread(_bounds, writer.engine, notice_id, now):
            added += await writer.do(partial(_publish_chunk, notice_id=notice_id, after=after, upto=upto, now=now))
        await writer.do(partial(_finish, notice_id=notice_id, now=now))
    return added


def _due(engine: Engine, now: datetime) -> list[int]:
    with reading(engine) as session:
        return [notice.id or 0 for notice in notices.due(session, now)]


def _bounds(engine: Engine, notice_id: int, now: datetime) -> list[tuple[int, int]]:
    with reading(engine) as session:
        notice = session.get_one(Notice, notice_id)
        return list(chunks(audience_ids(session, notice.audience, today(now), notice.fanned_upto)))


def _publish_chunk(session: Session, *, notice_id: int, after: int, upto: int, now: datetime) -> int:
    notice = session.get_one(Notice, notice_id)
    if notice.cancelled_at is not None or notice.fanned_upto >= upto:
        return 0  # withdrawn meanwhile, or another process's clock was here first
    to = recipients(notice.audience, Topic.NOTICES, today(now), after, upto)
    added = fan_out(session, _push(notice, now), to, now)
    notice.fanned_upto = upto
    session.add(notice)
    return added


def _finish(session: Session, *, notice_id: int, now: datetime) -> None:
    notice = session.get_one(Notice, notice_id)
    notice.published_at = notice.published_at or now
    session.add(notice)


def _push(notice: Notice, now: datetime) -> Push:
    return Push(
        key=f"notice:{notice.id}",
        conversation="notice",
        params={"notice": notice.id},
        topic=Topic.NOTICES,
        setting_id=notice.setting_id,
        due_at=now,
        priority=Priority.URGENT if notice.urgent else Priority.NOTICE,
        expires_at=notices.useful_until(notice),
    )
