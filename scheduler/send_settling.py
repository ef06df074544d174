"""Sends the day's settling-in notes, and at the end of the day asks the key person for one that is missing."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlmodel import Session

from bot.outbox import Priority
from bot.pushes import Push, fan_out
from bot.writer import Writer
from nursery import settling
from nursery.guardians import Topic
from nursery.people import Child
from nursery.recipients import Audience, recipients
from nursery.settings import today
from nursery.settling import SettlingNote
from nursery.tasks import raise_task


async def run(writer: Writer, now: datetime) -> int:
    """Puts the notes in the outbox and raises the tasks; returns how many rows that is."""
    return await writer.do(partial(_send_all, now=now))


def _send_all(session: Session, now: datetime) -> int:
    sent = sum(_send(session, note, now) for note in settling.unsent(session, now))
    return sent + sum(_ask(session, child, now) for child in settling.missing(session, now))


def _send(session: Session, note: SettlingNote, now: datetime) -> int:
    child = session.get_one(Child, note.child_id)
    push = Push(
        key=f"settling:{note.id}",
        conversation="settling_note",
        params={"note": note.id},
        topic=Topic.CARE,
        setting_id=child.setting_id,
        due_at=now,
        priority=Priority.NOTICE,
        expires_at=settling.end_of(note.day),
    )
    note.sent_at = now
    session.add(note)
    audience = Audience(child.setting_id, child_id=child.id)
    return fan_out(session, push, recipients(audience, Topic.CARE, today(now)), now)


def _ask(session: Session, child: Child, now: datetime) -> bool:
    return raise_task(
        session,
        f"settling note:{child.id}:{today(now).isoformat()}",
        "settling-in note to write",
        now=now,
        setting_id=child.setting_id,
        staff_id=child.key_person_id,
        child_id=child.id,
        due_at=now,
    )
