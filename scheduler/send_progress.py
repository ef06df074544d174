"""Sends new progress snippets to each guardian of the child who may have them."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlmodel import Session

from bot.outbox import Priority
from bot.pushes import Push, fan_out
from bot.writer import Writer
from nursery import observations
from nursery.guardians import Topic
from nursery.observations import Snippet
from nursery.people import Child
from nursery.recipients import Audience, recipients
from nursery.settings import today


async def run(writer: Writer, now: datetime) -> int:
    """Puts approved snippets in the outbox; returns how many messages that is."""
    return await writer.do(partial(_send_all, now=now))


def _send_all(session: Session, now: datetime) -> int:
    return sum(_send(session, snippet, now) for snippet in observations.unsent(session, now))


def _send(session: Session, snippet: Snippet, now: datetime) -> int:
    child = session.get_one(Child, snippet.child_id)
    audience = Audience(child.setting_id, child_id=child.id)
    push = Push(
        key=f"snippet:{snippet.id}",
        conversation="progress_snippet",
        params={"snippet": snippet.id},
        topic=Topic.PROGRESS,
        setting_id=child.setting_id,
        due_at=now,
        priority=Priority.NOTICE,
    )
    snippet.sent_at = now
    session.add(snippet)
    return fan_out(session, push, recipients(audience, Topic.PROGRESS, today(now)), now)
