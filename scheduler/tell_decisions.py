"""Tells parents what was decided of what they suggested: "you said, we did"."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlmodel import Session

from bot.database import reading
from bot.writer import Writer
from nursery import suggestions
from nursery.suggestions import Suggestion
from scheduler.answering import Answered, tell


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
    return tell(session, _decision(told), now)


def _decision(told: Suggestion) -> Answered:
    return Answered(
        key=f"suggestion_decided:{told.id}:{told.became or 'decided'}",
        guardian_id=told.guardian_id,
        setting_id=told.setting_id,
        conversation="suggestion_decided",
        params={"suggestion": told.id},
        unsent="decision not sent",
        staff_id=told.owner_id,
        child_id=told.child_id,
        about=told.reference,
    )
