"""Tells guardians what their child works on for a fortnight, and at its end asks how it went."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlmodel import Session

from bot.outbox import Priority
from bot.pushes import Push, fan_out
from bot.writer import Writer
from nursery import targets
from nursery.guardians import Topic
from nursery.people import Child
from nursery.recipients import Audience, recipients
from nursery.settings import today
from nursery.targets import Target


async def run(writer: Writer, now: datetime) -> int:
    """Puts what is due in the outbox; returns how many messages that is."""
    return await writer.do(partial(_send_all, now=now))


def _send_all(session: Session, now: datetime) -> int:
    return sum(_tell(session, target, now) for target in targets.unsent(session, now)) + sum(
        _ask(session, target, now) for target in targets.to_ask(session, now)
    )


def _tell(session: Session, target: Target, now: datetime) -> int:
    target.sent_at = now
    return _send(session, target, "target_set", now)


def _ask(session: Session, target: Target, now: datetime) -> int:
    target.asked_at = now
    return _send(session, target, "target_asked", now)


def _send(session: Session, target: Target, conversation: str, now: datetime) -> int:
    session.add(target)
    child = session.get_one(Child, target.child_id)
    push = Push(
        key=f"{conversation}:{target.id}",
        conversation=conversation,
        params={"target": target.id},
        topic=Topic.PROGRESS,
        setting_id=child.setting_id,
        due_at=now,
        priority=Priority.NOTICE,
    )
    audience = Audience(child.setting_id, child_id=child.id)
    return fan_out(session, push, recipients(audience, Topic.PROGRESS, today(now)), now)
