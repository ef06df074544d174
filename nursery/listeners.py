"""Listeners: who asked for a voice note of a message, and why one of them may not hear a recording of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from locales import SOURCE
from locales.sentences import D_
from nursery import recordings
from nursery.guardians import Guardian, Topic
from nursery.preferences import Format, preference_of
from nursery.recipients import Unreached, recipients, unreachable
from nursery.recordings import Recording
from nursery.settings import today
from nursery.tasks import Task

TO_RECORD = "record a voice note"
"""The kind of task it is, as `nursery.prints` raises it."""


class Unheard(StrEnum):
    """Why who asked for a voice note does not get this one, beyond why they may get no message at all."""

    LANGUAGE = D_("another language")
    NOT_ASKED = D_("asks for voice notes no more")


@dataclass(frozen=True, slots=True)
class Listener:
    """A guardian who asked to hear it, the task that is, and why they don't get this recording; None when they do."""

    task: Task
    guardian: Guardian
    refusal: Unheard | Unreached | None


def waiting(session: Session, setting_id: int | None = None) -> list[Task]:
    """What is still to be recorded, oldest first."""
    chosen = select(Task).where(Task.kind == TO_RECORD, col(Task.done_at).is_(None)).order_by(col(Task.id))
    return list(session.exec(chosen if setting_id is None else chosen.where(Task.setting_id == setting_id)))


def claim(session: Session, task: Task) -> None:
    """Whoever records the same at the same time waits until this is kept, and then sees that it is."""
    same = select(Task.id).where(Task.kind == TO_RECORD, Task.about == task.about, Task.setting_id == task.setting_id)
    session.exec(same.order_by(col(Task.id)).with_for_update()).all()


def listeners(session: Session, recording: Recording, now: datetime, *, heard: bool = False) -> list[Listener]:
    """Who asked to hear it and has not yet, by task; `heard`: who has, as well."""
    chosen = select(Task, Guardian).join(Guardian, col(Guardian.id) == col(Task.guardian_id))
    chosen = chosen.where(
        Task.kind == TO_RECORD, Task.setting_id == recording.setting_id, Task.about == recording.about
    )
    if not heard:
        chosen = chosen.where(col(Task.done_at).is_(None))
    found = session.exec(chosen.order_by(col(Task.id)))
    return [Listener(task, guardian, refusal(session, recording, guardian, now)) for task, guardian in found]


def refusal(session: Session, recording: Recording, guardian: Guardian, now: datetime) -> Unheard | Unreached | None:
    """Why a guardian who asked to hear it may not be sent it now; None when they may."""
    if (guardian.language or SOURCE) != recording.language:
        return Unheard.LANGUAGE
    if preference_of(session, guardian.id or 0).format != Format.AUDIO:
        return Unheard.NOT_ASKED
    whom, number, day = recordings.audience(session, recording), guardian.id or 0, today(now)
    one = recipients(whom, Topic.NOTICES, day, number - 1, number)
    if session.connection().execute(one).first() is not None:
        return None
    reasons = {other.id: why for other, why in unreachable(session, whom, Topic.NOTICES, day)}
    return reasons.get(number, Unreached.NOT_ALLOWED)


def due(session: Session, now: datetime) -> list[tuple[Task, Recording]]:
    """What is to be recorded and has been: each task, and the recording that its guardian is to be sent now."""
    found = []
    for task in waiting(session):
        guardian = session.get(Guardian, task.guardian_id) if task.guardian_id is not None else None
        if guardian is None or task.setting_id is None:
            continue
        recording = recordings.standing(session, task.setting_id, task.about, guardian.language or SOURCE)
        if recording is None or recordings.gone(session, recording, now) is not None:
            continue
        if refusal(session, recording, guardian, now) is None:
            found.append((task, recording))
    return found


def ask_again(session: Session, recording: Recording, now: datetime) -> None:
    """What was crossed off for a recording that has been taken back is to be recorded again."""
    for one in listeners(session, recording, now, heard=True):
        if one.guardian.language == recording.language:
            one.task.done_at = None
            session.add(one.task)
    session.flush()
