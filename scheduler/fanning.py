"""Fanning out: a push to a whole audience in chunks, each one turn of the writer, kept as a round."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Engine, Select
from sqlalchemy import select as core_select
from sqlmodel import Session

from bot.database import reading
from bot.pushes import Push, fan_out
from bot.writer import Writer
from nursery import rounds
from nursery.recipients import chunks

Recipients = Callable[[int, int | None], Select[Any]]
"""The recipients with ids in (after, upto]."""


async def fan(writer: Writer, push: Push, to: Recipients, now: datetime) -> int:
    """Sends a push to all recipients, once; returns how many messages are new. Broken off, it goes on where it was."""
    bounds = await asyncio.to_thread(_bounds, writer.engine, push.key, to)
    if bounds is None:
        return 0
    added = 0
    for after, upto in bounds:
        added += await writer.do(partial(_fan_chunk, push=push, to=to, after=after, upto=upto, now=now))
    await writer.do(partial(rounds.finish, key=push.key, now=now))
    return added


def _bounds(engine: Engine, key: str, to: Recipients) -> list[tuple[int, int]] | None:
    with reading(engine) as session:
        current = rounds.round_of(session, key)
        if current.done_at is not None:
            return None
        found = to(current.upto, None).subquery("recipient")
        ids = session.connection().execute(core_select(found.c.guardian_id).order_by(found.c.guardian_id)).scalars()
        return list(chunks(list(ids)))


def _fan_chunk(session: Session, *, push: Push, to: Recipients, after: int, upto: int, now: datetime) -> int:
    if not rounds.advance(session, push.key, upto):
        return 0
    return fan_out(session, push, to(after, upto), now)
