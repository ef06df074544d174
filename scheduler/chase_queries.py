"""Chases queries: whoever owns one is told, once, when its day to answer by has passed."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlmodel import Session

from bot.writer import Writer
from nursery import queries
from nursery.queries import Query
from nursery.tasks import raise_task


async def run(writer: Writer, now: datetime) -> int:
    """Raises the tasks; returns how many are new."""
    return await writer.do(partial(_chase, now=now))


def _chase(session: Session, now: datetime) -> int:
    return sum(_raise(session, query, now) for query in queries.overdue(session, now))


def _raise(session: Session, query: Query, now: datetime) -> bool:
    """A query that was reopened and is late again is a new task: its day is part of the key."""
    return raise_task(
        session,
        f"query overdue:{query.id}:{query.due_on.isoformat()}",
        "query overdue",
        now=now,
        setting_id=query.setting_id,
        staff_id=query.owner_id,
        guardian_id=query.guardian_id,
        child_id=query.child_id,
        about=query.reference,
    )
