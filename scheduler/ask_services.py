"""Two weeks after a guardian asked where to find help: asks once whether it helped, and forgets what it was about."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from bot.database import reading
from bot.outbox import Priority
from bot.pushes import Push, push_one
from bot.writer import Writer
from nursery import signposts
from nursery.contacts import best_contact
from nursery.guardians import Topic
from nursery.signposts import ServiceAsked

FRESH = timedelta(days=5)
"""It says "two weeks ago"."""


async def run(writer: Writer, now: datetime) -> int:
    """Puts the questions in the outbox; returns how many that is."""
    await writer.do(partial(signposts.forget, now=now))
    with reading(writer.engine) as session:
        waiting = [one.id or 0 for one in signposts.to_ask_about(session, now)]
    return sum([await writer.do(partial(_ask, number=number, now=now)) for number in waiting])


def _ask(session: Session, *, number: int, now: datetime) -> bool:
    asked = session.get_one(ServiceAsked, number)
    if asked.told_at is not None:
        return False
    signposts.mark_told(session, asked, now)
    contact = best_contact(session, asked.guardian_id)
    if contact is None:
        return False
    push = Push(
        key=f"service_help:{asked.id}",
        conversation="service_help",
        params={"asked": asked.id},
        topic=Topic.NOTICES,
        setting_id=asked.setting_id,
        due_at=now,
        priority=Priority.BULK,
        expires_at=now + FRESH,
    )
    return push_one(session, push, contact, now)
