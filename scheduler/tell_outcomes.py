"""Tells parents in writing the outcome of what they complained of."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlmodel import Session

from bot.database import Writer, reading
from bot.outbox import Priority, Push, push_one
from nursery import outcomes
from nursery.complaints import Complaint
from nursery.contacts import best_contact
from nursery.settings import Setting
from nursery.tasks import raise_task


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
    contact, key = best_contact(session, told.guardian_id), f"complaint_outcome:{told.id}:look:{told.looks}"
    if contact is None:
        return _by_letter(session, told, key, now)
    push = Push(
        key=key,
        conversation="complaint_outcome",
        params={"complaint": told.id, "look": told.looks},
        topic=0,  # an answer to their own words: told even if they have stopped topics since
        setting_id=told.setting_id,
        due_at=session.get_one(Setting, told.setting_id).polite(now),
        priority=Priority.NOTICE,
    )
    return push_one(session, push, contact, now)


def _by_letter(session: Session, told: Complaint, key: str, now: datetime) -> bool:
    """An outcome that can't be sent is given in writing by a person, who looks into it."""
    return raise_task(
        session,
        key,
        "complaint about the manager: outcome not sent" if told.about_manager else "complaint outcome not sent",
        now=now,
        setting_id=told.setting_id,
        staff_id=told.handler_id,
        guardian_id=told.guardian_id,
        child_id=told.child_id,
        about=told.reference,
        urgent=True,
    )
