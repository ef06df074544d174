"""Opens questionnaires: an invitation to every guardian of the audience."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bot.database import reading
from bot.outbox import Priority
from bot.pushes import Push
from bot.writer import Writer
from nursery import questionnaires
from nursery.guardians import Topic
from nursery.recipients import recipients
from nursery.settings import today
from scheduler.fanning import fan


async def run(writer: Writer, now: datetime) -> int:
    """Puts the invitations of what is open in the outbox; returns how many messages that is."""
    with reading(writer.engine) as session:
        opened = questionnaires.open_now(session, now)
    added = 0
    for questionnaire in opened:
        push = Push(
            key=f"questionnaire:{questionnaire.id}",
            conversation="questionnaire",
            params={"questionnaire": questionnaire.id},
            topic=Topic.SURVEYS,
            setting_id=questionnaire.setting_id,
            due_at=now,
            priority=Priority.BULK,
            expires_at=questionnaire.closes_at,
        )
        added += await fan(writer, push, partial(recipients, questionnaire.audience, Topic.SURVEYS, today(now)), now)
    return added
