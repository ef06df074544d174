"""Buttons of earlier messages: whether whoever presses one may still answer what it asks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import true
from sqlmodel import Session, col, select

from bot.conversation import Speaker
from nursery.guardians import Guardianship, Topic, allows
from nursery.people import Child
from nursery.settings import today


def may_answer(session: Session, row: Any, speaker: Speaker, now: datetime) -> bool:
    """Whether a message (a row of the outbox) was for who writes from there now, and what it is about is still theirs
    to hear of: a right may have gone since it left, and its buttons stay on the phone for ever."""
    if row.guardian_id is None:
        return True
    if row.guardian_id not in (speaker.guardian_id, *speaker.sharing):
        return False
    return not row.topic or _is_tied(session, row, now)


def _is_tied(session: Session, row: Any, now: datetime) -> bool:
    about = true() if row.child_id is None else col(Child.id) == row.child_id
    tie = (
        select(Guardianship.id)
        .join(Child, col(Child.id) == col(Guardianship.child_id))
        .where(
            Guardianship.guardian_id == row.guardian_id,
            Child.setting_id == row.setting_id,
            about,
            allows(Topic(row.topic), today(now)),
        )
    )
    return session.exec(tie).first() is not None
