"""Sends the voice notes staff have recorded to who asked to hear them, and crosses the task off."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select as core_select
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.outbox import TABLE, Priority, State
from bot.pushes import Push, push_one
from bot.writer import Writer
from nursery import listeners, recordings
from nursery.contacts import best_contact
from nursery.guardians import Topic
from nursery.listeners import TO_RECORD, Unheard
from nursery.recordings import Recording
from nursery.tasks import Task

CONVERSATION = "voice_note"

LOOKS_BACK = timedelta(days=1)
"""What was kept back is seen within a minute, or when the computer is on again."""


async def run(writer: Writer, now: datetime) -> int:
    """Puts them in the outbox; returns how many rows that is. Whoever comes to ask later is sent what is there."""
    return await writer.do(partial(send_due, now=now))


def send_due(session: Session, now: datetime) -> int:
    _open_again(session, now)
    return sum([_send(session, task, recording, now) for task, recording in listeners.due(session, now)])


def _send(session: Session, task: Task, recording: Recording, now: datetime) -> bool:
    contact = best_contact(session, task.guardian_id or 0)
    if contact is None or not push_one(session, _push(session, recording, now), contact, now):
        return False
    task.done_at = now
    session.add(task)
    return True


def _push(session: Session, recording: Recording, now: datetime) -> Push:
    return Push(
        key=f"{CONVERSATION}:{recording.id}",
        conversation=CONVERSATION,
        params={"recording": recording.id},
        topic=Topic.NOTICES,
        setting_id=recording.setting_id,
        due_at=now,
        priority=Priority.URGENT if recordings.is_urgent(session, recording) else Priority.NOTICE,
        expires_at=recordings.useful_until(session, recording),
    )


def _open_again(session: Session, now: datetime) -> None:
    """Who has chosen another language before theirs left is to be recorded for in that."""
    kept_back = core_select(TABLE.c.guardian_id, TABLE.c.params, TABLE.c.done_at).where(
        TABLE.c.key > f"{CONVERSATION}:",
        TABLE.c.key < f"{CONVERSATION};",  # the sign after the colon: a span of the unique index
        TABLE.c.state == State.SUPPRESSED.value,
        TABLE.c.reason == Unheard.LANGUAGE.value,
        TABLE.c.done_at > now - LOOKS_BACK,
    )
    for guardian_id, params, done_at in session.connection().execute(kept_back).all():
        for task in session.exec(_tasks(guardian_id, params["recording"])):
            if task.done_at is not None and task.done_at <= done_at:
                task.done_at = None
                session.add(task)
    session.flush()


def _tasks(guardian_id: int, recording_id: int) -> SelectOfScalar[Task]:
    """What of a guardian's a recording was for."""
    about = col(Recording.kind) + " " + col(Recording.ref)
    chosen = select(Task).join(Recording, col(Task.about) == about)
    return chosen.where(Recording.id == recording_id, Task.guardian_id == guardian_id, Task.kind == TO_RECORD)
