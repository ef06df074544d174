"""Answering: what one guardian is told because of their own words; where it can't be sent, a person is to tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.outbox import Priority
from bot.pushes import Push, push_one
from nursery.contacts import best_contact
from nursery.settings import Setting
from nursery.tasks import raise_task


@dataclass(frozen=True, slots=True)
class Answered:
    """What is to be told, to whom, and the task it becomes where it can't be sent.

    `topic` is 0 for an answer to their own words: it is told even if they have stopped topics since.
    """

    key: str
    guardian_id: int
    setting_id: int
    conversation: str
    params: dict[str, Any]
    unsent: str
    """The task's kind; its key is that of the message, unless `task_key` says another."""
    topic: int = 0
    staff_id: int | None = None
    child_id: int | None = None
    about: str = ""
    urgent: bool = False
    task_key: str = ""


def tell(session: Session, answered: Answered, now: datetime) -> bool:
    """Puts it in the outbox for a polite hour, or raises the task; says whether either is new."""
    contact = best_contact(session, answered.guardian_id)
    if contact is None:
        return _ring(session, answered, now)
    push = Push(
        key=answered.key,
        conversation=answered.conversation,
        params=answered.params,
        topic=answered.topic,
        setting_id=answered.setting_id,
        due_at=session.get_one(Setting, answered.setting_id).polite(now),
        priority=Priority.NOTICE,
    )
    return push_one(session, push, contact, now)


def _ring(session: Session, answered: Answered, now: datetime) -> bool:
    return raise_task(
        session,
        answered.task_key or answered.key,
        answered.unsent,
        now=now,
        setting_id=answered.setting_id,
        staff_id=answered.staff_id,
        guardian_id=answered.guardian_id,
        child_id=answered.child_id,
        about=answered.about,
        urgent=answered.urgent,
    )
