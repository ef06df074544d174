"""Translations that are wanted: asked for once, while the messages that need them wait a little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from operator import attrgetter

from sqlalchemy import Table, and_, update
from sqlmodel import Session, SQLModel

from bot.outbox import TABLE, insert_ignoring
from bot.outbox import State as Sending
from nursery.translations import State, Wanted

TRANSLATION: Table = SQLModel.metadata.tables["translation"]

WAITING = "translating"
"""Why a message waits whose words are being translated."""

PATIENCE, URGENT_PATIENCE = timedelta(seconds=60), timedelta(seconds=5)
"""How long a message waits for its translation; then it goes in English."""


def want(session: Session, wanted: Sequence[Wanted], now: datetime) -> None:
    """Asks for translations; one that was asked for before adds nothing. In one order: two processes that ask for the
    same at once would wait for each other."""
    for one in sorted(set(wanted), key=attrgetter("key")):
        blank = {"text": "", "state": State.WANTED.value, "reason": "", "engine": "", "wanted_at": now, "tries": 0}
        session.connection().execute(insert_ignoring(session, TRANSLATION), asdict(one) | blank)


def let_go(session: Session, senders: Sequence[str], now: datetime) -> int:
    """Messages that wait for a translation are looked at again now; returns how many."""
    waiting = and_(TABLE.c.sender.in_(senders), TABLE.c.state == Sending.DUE.value, TABLE.c.reason == WAITING)
    return int(session.connection().execute(update(TABLE).where(waiting).values(due_at=now)).rowcount)
