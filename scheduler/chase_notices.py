"""Chases important notices: after a day once more (by the other channel, if there is one), after three by a person."""

from __future__ import annotations

import asyncio
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Engine, FromClause, Select, case, func, literal, or_
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot.database import reading
from bot.outbox import TABLE, TOLD_TOGETHER, Priority
from bot.phones import ARRIVED
from bot.pushes import Push
from bot.writer import Writer
from nursery import chases, notices, rounds
from nursery.contacts import Contact, ContactState
from nursery.guardians import Topic
from nursery.notices import Notice
from nursery.recipients import recipients
from nursery.settings import Setting, today
from scheduler.fanning import fan

CHUNK = 50
"""Tasks a turn of the writer."""


async def run(writer: Writer, now: datetime) -> int:
    """Puts the second messages in the outbox and raises the tasks; returns how many rows that is."""
    with reading(writer.engine) as session:
        again = chases.to_chase(session, now, chases.OTHER_CHANNEL)
        by_hand = [notice.id or 0 for notice in chases.to_chase(session, now, chases.BY_HAND)]
    added = 0
    for notice in again:
        push = await asyncio.to_thread(_push, writer.engine, notice, now)
        added += await fan(writer, push, partial(_once_more, notice, now), now)
    for notice_id in by_hand:
        added += await _by_hand(writer, notice_id, now)
    return added


def _push(engine: Engine, notice: Notice, now: datetime) -> Push:
    with reading(engine) as session:
        polite = session.get_one(Setting, notice.setting_id).polite(now)
    return Push(
        key=f"notice:{notice.id}:again",
        conversation="notice",
        params={"notice": notice.id, "again": True},
        topic=Topic.NOTICES,
        setting_id=notice.setting_id,
        due_at=polite,
        priority=Priority.URGENT if notice.urgent else Priority.NOTICE,
        expires_at=notices.useful_until(notice),
    )


def _once_more(notice: Notice, now: datetime, after: int, upto: int | None) -> Select[Any]:
    """The silent to whom it went, each with a working address on another channel, else the one it went to."""
    day = today(now)
    silent = recipients(notice.audience, Topic.NOTICES, day, after, upto).where(chases.silent_on(notice)).subquery()
    told, other = TABLE.alias("told"), aliased(Contact)
    elsewhere = (
        core_select(func.min(col(other.id)))
        .where(
            col(other.guardian_id) == silent.c.guardian_id,
            col(other.state) == ContactState.ACTIVE.value,
            col(other.channel) != told.c.sender,
        )
        .correlate(silent, told)
        .scalar_subquery()
    )
    here = case((_arrived(told, now) & (told.c.sender == silent.c.channel), silent.c.contact_id))
    key = literal(f"notice:{notice.id}:guardian:").op("||")(silent.c.guardian_id)
    return (
        core_select(silent.c.guardian_id, col(Contact.id).label("contact_id"), col(Contact.channel), silent.c.child_id)
        .select_from(silent)
        .join(told, told.c.key == key)
        .join(Contact, col(Contact.id) == func.coalesce(elsewhere, here))
        .where(told.c.reason != "moved")  # it went by the other channel already
    )


def _arrived(told: FromClause, now: datetime) -> ColumnElement[bool]:
    """Whether it left long enough ago; what is held still will come by itself."""
    left = told.c.state.in_(ARRIVED) & (told.c.sent_at <= now - chases.AT_REST)
    return or_(left, told.c.reason == TOLD_TOGETHER)


async def _by_hand(writer: Writer, notice_id: int, now: datetime) -> int:
    ids = await asyncio.to_thread(_to_ring, writer.engine, notice_id, now)
    added = 0
    for start in range(0, len(ids), CHUNK):
        added += await writer.do(partial(_raise, notice_id=notice_id, ids=ids[start : start + CHUNK], now=now))
    if ids:
        await writer.do(partial(rounds.finish, key=_key(notice_id), now=now))
    return added


def _to_ring(engine: Engine, notice_id: int, now: datetime) -> list[int]:
    with reading(engine) as session:
        notice = session.get_one(Notice, notice_id)
        if rounds.round_of(session, _key(notice_id)).done_at is not None:
            return []
        found = chases.unseen(session, notice, today(now))
        return [one.id or 0 for one, why in found if chases.needs_a_person(notice, one, why)]


def _raise(session: Session, *, notice_id: int, ids: list[int], now: datetime) -> int:
    notice = session.get_one(Notice, notice_id)
    return sum(chases.give_to_a_person(session, notice, guardian_id, now) for guardian_id in ids)


def _key(notice_id: int) -> str:
    return f"notice:{notice_id}:by hand"
