"""Publishes the notices that are due: a message for every guardian of the audience, in chunks."""

from __future__ import annotations

import asyncio
from datetime import datetime
from functools import partial

from sqlalchemy import Engine, Integer, bindparam
from sqlmodel import Session

from bot.database import reading
from bot.outbox import Priority
from bot.pushes import Push, fan_out_by_chunks
from bot.statements import Prepared
from bot.writer import Writer
from nursery import chases, notices
from nursery.guardians import Topic
from nursery.notices import Notice
from nursery.recipients import audience_ids, chunks, recipients
from nursery.settings import today

AFTER, UPTO = bindparam("after", type_=Integer), bindparam("upto", type_=Integer)


async def run(writer: Writer, now: datetime) -> int:
    """Puts what is due in the outbox; returns how many messages that is. Broken off, it goes on where it was."""
    added = 0
    for notice_id in await asyncio.to_thread(_due, writer.engine, now):
        statement, bounds = await asyncio.to_thread(_plan, writer.engine, notice_id, now)
        for after, upto in bounds:
            turn = partial(_publish_chunk, notice_id=notice_id, statement=statement, after=after, upto=upto)
            added += await writer.do(turn)
        await writer.do(partial(_finish, notice_id=notice_id, now=now))
    return added


def _due(engine: Engine, now: datetime) -> list[int]:
    with reading(engine) as session:
        return [notice.id or 0 for notice in notices.due(session, now)]


def _plan(engine: Engine, notice_id: int, now: datetime) -> tuple[Prepared, list[tuple[int, int]]]:
    """The statement of every chunk, and the bounds of each."""
    with reading(engine) as session:
        notice = session.get_one(Notice, notice_id)
        to = recipients(notice.audience, Topic.NOTICES, today(now), AFTER, UPTO)
        ids = audience_ids(session, notice.audience, today(now), notice.fanned_upto)
        return fan_out_by_chunks(_push(notice, now), to, now), list(chunks(ids))


def _publish_chunk(session: Session, *, notice_id: int, statement: Prepared, after: int, upto: int) -> int:
    notice = session.get_one(Notice, notice_id)
    if notice.cancelled_at is not None or notice.fanned_upto >= upto:
        return 0  # withdrawn meanwhile, or another process's clock was here first
    added = statement.count(session, after=after, upto=upto)
    notice.fanned_upto = upto
    session.add(notice)
    return added


def _finish(session: Session, *, notice_id: int, now: datetime) -> None:
    notice = session.get_one(Notice, notice_id)
    notice.published_at = notice.published_at or now
    session.add(notice)
    if notice.cancelled_at is None:
        chases.ring_out_of_reach(session, notice, now)


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
