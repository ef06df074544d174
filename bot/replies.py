"""What is said back to a message: put in the outbox under the number of the message it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.conversation import Question
from bot.outbox import Reply, enqueue
from bot.turn import Speaker


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message back; with `question`, the question it asks and the conversation that asks it."""

    text: str
    language: str
    conversation: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    question: Question | None = None
    photo: int | None = None
    writer: int | None = None
    """On a shared phone: whom of them it is for, where that is known."""


def reply(session: Session, inbound_id: int, speaker: Speaker, spoken: list[Spoken], now: datetime) -> int:
    """Returns how many messages that is."""
    replies = [_reply(key_of(inbound_id, place), speaker, one, now) for place, one in enumerate(spoken)]
    enqueue(session, replies)
    return len(replies)


def key_of(inbound_id: int, place: int) -> str:
    """The key of a reply: once in the outbox, however often its message comes."""
    return f"in:{inbound_id}:{place}"


def _reply(key: str, speaker: Speaker, one: Spoken, now: datetime) -> Reply:
    question = one.question
    return Reply(
        key=key,
        sender=speaker.channel,
        contact_id=speaker.contact_id,
        guardian_id=one.writer or speaker.guardian_id,
        text=one.text,
        language=one.language,
        now=now,
        conversation=one.conversation,
        params=dict(one.params),
        question=question.name if question else "",
        choices=tuple((choice.key, choice.label) for choice in question.choices) if question else (),
        photo_id=one.photo,
    )
