"""Tells everybody who was asked what a questionnaire has taught the setting: "you said, we did"."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import Select

from bot.database import reading
from bot.outbox import Priority
from bot.pushes import Push
from bot.writer import Writer
from nursery import results
from nursery.guardians import Topic
from nursery.questionnaires import Questionnaire, not_declined
from nursery.recipients import recipients
from nursery.settings import today
from scheduler.fanning import fan


async def run(writer: Writer, now: datetime) -> int:
    """Puts what was learned in the outbox; returns how many messages that is."""
    with reading(writer.engine) as session:
        told = results.told_back_since(session, now)
    added = 0
    for questionnaire in told:
        push = Push(
            key=f"questionnaire:{questionnaire.id}:learned",
            conversation="questionnaire_learned",
            params={"questionnaire": questionnaire.id},
            topic=Topic.SURVEYS,
            setting_id=questionnaire.setting_id,
            due_at=now,
            priority=Priority.BULK,
        )
        added += await fan(writer, push, partial(_asked, questionnaire, today(now)), now)
    return added


def _asked(questionnaire: Questionnaire, day: date, after: int, upto: int | None) -> Select[Any]:
    return recipients(questionnaire.audience, Topic.SURVEYS, day, after, upto).where(not_declined(questionnaire))
