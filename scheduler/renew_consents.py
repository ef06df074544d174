"""Asks again for what was agreed to a year ago, before it runs out and, unnoticed, stands no more."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select as core_select
from sqlmodel import Session

from bot.database import reading
from bot.outbox import TABLE, Priority
from bot.pushes import Push, push_one
from bot.writer import Writer
from nursery import consents
from nursery.contacts import best_contact
from nursery.guardians import Guardian, Topic, children_of, is_paused
from nursery.settings import Setting, today

KEY = "consent_again:"
STALE = timedelta(days=7)
AGAIN = timedelta(days=28)
"""How long what was not answered is left before it is asked again."""


async def run(writer: Writer, now: datetime) -> int:
    """Puts the questions in the outbox, to each at most once in four weeks; returns how many that is."""
    with reading(writer.engine) as session:
        guardians = consents.running_out(session, today(now))
    return sum([await writer.do(partial(_ask, guardian_id=number, now=now)) for number in guardians])


def _ask(session: Session, *, guardian_id: int, now: datetime) -> bool:
    guardian, day = session.get_one(Guardian, guardian_id), today(now)
    children = children_of(session, guardian_id, Topic.CARE, day)
    asking = [child for child in children if consents.to_renew(session, child, guardian_id, day)]
    contact = best_contact(session, guardian_id)
    if not asking or contact is None or is_paused(guardian, day) or _was_asked(session, guardian_id, now):
        return False
    setting = session.get_one(Setting, asking[0].setting_id)
    due_at = setting.polite(now)
    push = Push(
        key=f"{KEY}{day:%Y-%m-%d}",
        conversation="consent_each",
        params={"again": True},
        topic=Topic.CARE,
        setting_id=asking[0].setting_id,
        due_at=due_at,
        priority=Priority.BULK,
        expires_at=due_at + STALE,
    )
    return push_one(session, push, contact, now)


def _was_asked(session: Session, guardian_id: int, now: datetime) -> bool:
    before = core_select(TABLE.c.id).where(
        TABLE.c.guardian_id == guardian_id,
        TABLE.c.key.startswith(KEY, autoescape=True),
        TABLE.c.created_at > now - AGAIN,
    )
    return session.connection().execute(before.limit(1)).first() is not None
