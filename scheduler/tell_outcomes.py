"""Tells parents in writing the outcome of what they complained of."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlmodel import Session

from bot.database import reading
from bot.writer import Writer
from nursery import outcomes
from nursery.complaints import Complaint
from scheduler.answering import Answered, tell


async def run(writer: Writer, now: datetime) -> int:
    """Puts new outcomes in the outbox; returns how many rows that is, tasks for those out of reach included."""
    with reading(writer.engine) as session:
        waiting = [one.id or 0 for one in outcomes.untold(session, now)]
    return sum([await writer.do(partial(_tell, number=number, now=now)) for number in waiting])


def _tell(session: Session, *, number: int, now: datetime) -> bool:
    told = session.get_one(Complaint, number)
    if told.told_at is not None or told.outcome_at is None:
        return False
    told.told_at = now
    session.add(told)
    return tell(session, _outcome(told), now)


def _outcome(told: Complaint) -> Answered:
    """One that can't be sent is given in writing by whoever looks into it."""
    return Answered(
        key=f"complaint_outcome:{told.id}:look:{told.looks}",
        guardian_id=told.guardian_id,
        setting_id=told.setting_id,
        conversation="complaint_outcome",
        params={"complaint": told.id, "look": told.looks},
        unsent="complaint about the manager: outcome not sent" if told.about_manager else "complaint outcome not sent",
        staff_id=told.handler_id,
        child_id=told.child_id,
        about=told.reference,
        urgent=True,
    )
