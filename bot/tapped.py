"""Buttons of earlier messages: whether whoever presses one may still answer what it asks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.asked import asked_by, is_theirs
from bot.conversation import Speaker


def may_answer(session: Session, row: Any, speaker: Speaker, now: datetime) -> bool:
    """Whether a message (a row of the outbox) was for who writes from there now, and what it is about is still theirs
    to hear of: a right may have gone since it left, and its buttons stay on the phone for ever."""
    if row.guardian_id is None:
        return True
    here = (speaker.guardian_id, *speaker.sharing)
    return row.guardian_id in here and is_theirs(session, asked_by(row._mapping), here, now)


def params_of(row: Any, speaker: Speaker) -> dict[str, Any]:
    """The parameters of the conversation that a message is of, as they were opened with."""
    params = asked_by(row._mapping)
    if speaker.sharing and row.guardian_id is not None and not row.key.startswith("in:"):
        return {**params, "writer": row.guardian_id}
    return params
