"""Tells parents what was decided of what they suggested: "you said, we did"."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlmodel import Session

from bot.database import Writer, reading
from bot.outbox import Priority, Push, push_one
from nursery import suggestions
from nursery.contacts import best_contact
from nursery.settings import Setting
from nursery.suggestions import Suggestion
from nursery.tasks import raise_task


async def run(writer: Writer, now: datetime) -> int:
    """Puts new decisions in the outbox; returns how many rows that is, tasks for those out of reach included."""
    with reading(writer.engine) as session:
        waiting = [one.id or 0 for one in suggestions.untold(session, now)]
    return sum([await writer.do(partial(_tell, number=number, now=now)) for number in waiting])


def _tell(session: Session, *, number: int, now: datetime) -> bool:
    told = session.get_one(Suggestion, number)
    if told.told_at is not None:
        return False
    told.told_at = now
    session.add(told)
    contact, key = best_contact(session, told.guardian_id), f"suggestion_decided:{told.id}:{told.became or 'decided'}"
    if contact is None:
        return _ring(session, told, key, now)
    push = Push(
        key=key,
        conversation="suggestion_decided",
        params={"suggestion": told.id},
        topic=0,  # an answer to their own words: told even if they have stopped topics since
        setting_id=told.setting_id,
        due_at=session.get_one(Setting, told.setting_id).polite(now),
        priority=Priority.NOTICE,
    )
    return push_one(session, push, contact, now)


def _ring(session: Session, told: Suggestion, key: str, now: datetime) -> bool:
    """What can't be sent is told by a person."""
    return raise_task(
        session,
        key,
        "decision not sent",
        now=now,
        setting_id=told.setting_id,
        staff_id=told.owner_id,
        guardian_id=told.guardian_id,
        child_id=told.child_id,
        about=told.reference,
    )
