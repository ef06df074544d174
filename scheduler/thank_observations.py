"""Sends the key person's thanks for what guardians have shared from home."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlmodel import Session

from bot.database import reading
from bot.outbox import Priority
from bot.pushes import Push, push_one
from bot.writer import Writer
from nursery import home_observations
from nursery.contacts import best_contact
from nursery.guardians import Topic
from nursery.home_observations import HomeObservation
from nursery.people import Child
from nursery.settings import Setting


async def run(writer: Writer, now: datetime) -> int:
    """Puts new thanks in the outbox; returns how many. Who is out of reach hears it at the door."""
    with reading(writer.engine) as session:
        waiting = [one.id or 0 for one in home_observations.unthanked(session, now)]
    return sum([await writer.do(partial(_thank, number=number, now=now)) for number in waiting])


def _thank(session: Session, *, number: int, now: datetime) -> bool:
    kept = session.get_one(HomeObservation, number)
    contact = best_contact(session, kept.guardian_id)
    if contact is None or kept.thanked_at is not None:
        return False
    kept.thanked_at = now
    session.add(kept)
    child = session.get_one(Child, kept.child_id)
    push = Push(
        key=f"observation_thanked:{kept.id}",
        conversation="observation_thanked",
        params={"observation": kept.id},
        topic=Topic.CARE,
        setting_id=child.setting_id,
        due_at=session.get_one(Setting, child.setting_id).polite(now),
        priority=Priority.NOTICE,
    )
    return push_one(session, push, contact, now, child_id=child.id)
