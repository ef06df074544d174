"""Asks once more, a week later, whoever has said nothing of a policy that has changed."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import Select

from bot.database import reading
from bot.outbox import Priority
from bot.pushes import Push
from bot.writer import Writer
from nursery import readings
from nursery.guardians import Topic
from nursery.policies import PolicyEdition
from nursery.recipients import Audience, recipients
from nursery.settings import today
from scheduler.fanning import fan


async def run(writer: Writer, now: datetime) -> int:
    """Puts the reminders in the outbox; returns how many messages that is."""
    with reading(writer.engine) as session:
        editions = readings.to_chase(session, now)
    added = 0
    for edition in editions:
        push = Push(
            key=f"policy:{edition.id}:reminder",
            conversation="policy_changed",
            params={"edition": edition.id, "again": True},
            topic=Topic.NOTICES,
            setting_id=edition.setting_id,
            due_at=now,
            priority=Priority.BULK,
        )
        added += await fan(writer, push, partial(_silent, edition, today(now)), now)
    return added


def _silent(edition: PolicyEdition, day: date, after: int, upto: int | None) -> Select[Any]:
    to = recipients(Audience(edition.setting_id), Topic.NOTICES, day, after, upto)
    return to.where(readings.silent_on(edition))
