"""The day after a guardian meant to try an idea: asks how it went."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import partial

from sqlmodel import Session

from bot.database import reading
from bot.outbox import Priority
from bot.pushes import Push, push_one
from bot.writer import Writer
from nursery import activities
from nursery.activities import IdeaSent
from nursery.contacts import best_contact
from nursery.guardians import Topic
from nursery.people import Child
from nursery.settings import at, local, today

FROM = time(10)
"""Before the idea of the day, so that a bare number is about the one or the other."""


async def run(writer: Writer, now: datetime) -> int:
    """Puts the questions in the outbox, from ten o'clock on; returns how many that is."""
    if local(now).time() < FROM:
        return 0
    with reading(writer.engine) as session:
        waiting = [one.id or 0 for one in activities.to_ask(session, today(now))]
    return sum([await writer.do(partial(_ask, number=number, now=now)) for number in waiting])


def _ask(session: Session, *, number: int, now: datetime) -> bool:
    sent = session.get_one(IdeaSent, number)
    contact = best_contact(session, sent.guardian_id)
    if contact is None or sent.asked_at is not None:
        return False
    sent.asked_at = now
    session.add(sent)
    push = Push(
        key=f"idea_asked:{sent.id}:{sent.try_on}",
        conversation="idea_asked",
        params={"sent": sent.id},
        topic=Topic.LEARNING,
        setting_id=session.get_one(Child, sent.child_id).setting_id,
        due_at=now,
        priority=Priority.BULK,
        expires_at=at(today(now) + timedelta(days=2), time(0)),
    )
    return push_one(session, push, contact, now, child_id=sent.child_id)
