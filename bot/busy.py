"""A parent who is in the middle of something: what asks waits, so that their next "1" is not taken for its answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select as core_select
from sqlmodel import Session

from bot.opened import TABLE as OPEN
from bot.outbox import Priority
from bot.statements import loaded
from nursery.settings import Setting

BUSY = timedelta(minutes=5)
"""How long after a question was put to them they may be answering it. On a shared phone each has so long for theirs."""


def waits_until(session: Session, row: Mapping[str, Any], now: datetime) -> datetime | None:
    """Until when a row of the outbox that asks waits; None when it may go. It ends with five minutes of silence; and
    what would come too late by then, or only after the quiet hours, does not wait."""
    until = now + BUSY
    if row["priority"] <= Priority.REPLY or not _is_asked(session, row["contact_id"], now):
        return None
    if row["expires_at"] is not None and row["expires_at"] <= until:
        return None
    return None if row["topic"] and _is_last_chance(loaded(session, Setting, row["setting_id"]), now) else until


def _is_last_chance(setting: Setting, now: datetime) -> bool:
    return setting.polite(now) == now and setting.polite(now + BUSY) > now + BUSY


def _is_asked(session: Session, contact_id: int, now: datetime) -> bool:
    recent = core_select(OPEN.c.id).where(OPEN.c.contact_id == contact_id, OPEN.c.asked_at > now - BUSY)
    return session.connection().execute(recent.limit(1)).first() is not None
