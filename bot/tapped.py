"""Buttons of earlier messages: what one that is pressed answers, and whether whoever presses it still may."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select as core_select
from sqlalchemy import update
from sqlmodel import Session

from bot.asked import asked_by, is_theirs
from bot.messages import Incoming
from bot.outbox import TABLE as OUTBOX
from bot.talk import Talk
from bot.turn import Speaker


def tap(talk: Talk, incoming: Incoming) -> None:
    """Takes a button as the answer to the message it stands under: once, and while it is theirs to give."""
    number, _, index = incoming.tapped.partition(":")
    row = None
    if number.isdecimal() and index.isdecimal() and len(number) <= 18:
        chosen = core_select(OUTBOX).where(OUTBOX.c.id == int(number), OUTBOX.c.contact_id == talk.speaker.contact_id)
        row = talk.session.connection().execute(chosen).first()
    if row is None or int(index) >= len(row.choices):
        talk.outcome = "unknown tap"
        return
    if row.answered:
        talk.outcome = "second tap"
        return
    if not may_answer(talk.session, row, talk.speaker, talk.thread.now):
        talk.too_late()
        return
    key = row.choices[int(index)][0]
    answered = update(OUTBOX).where(OUTBOX.c.id == row.id).values(answered=key)
    talk.session.connection().execute(answered)
    params = params_of(row, talk.speaker)
    talk.tap(row.conversation, params, row.question, key, pushed=not row.key.startswith("in:"))


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
