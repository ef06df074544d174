"""Reminds of questionnaires once, three days before they close, whoever has neither finished nor declined."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Select

from bot.database import reading
from bot.outbox import Priority
from bot.pushes import Push
from bot.writer import Writer
from nursery import questionnaires
from nursery.guardians import Topic
from nursery.questionnaires import Questionnaire
from nursery.recipients import recipients
from nursery.settings import today
from scheduler.fanning import fan

BEFORE = timedelta(days=3)


async def run(writer: Writer, now: datetime) -> int:
    """Puts the reminders that are due in the outbox; returns how many messages that is."""
    with reading(writer.engine) as session:
        ending = [one for one in questionnaires.open_now(session, now) if _is_ending(one, now)]
    added = 0
    for questionnaire in ending:
        push = Push(
            key=f"questionnaire:{questionnaire.id}:reminder",
            conversation="questionnaire_reminder",
            params={"questionnaire": questionnaire.id},
            topic=Topic.SURVEYS,
            setting_id=questionnaire.setting_id,
            due_at=now,
            priority=Priority.BULK,
            expires_at=questionnaire.closes_at,
        )
        added += await fan(writer, push, partial(_unfinished, questionnaire, today(now)), now)
    return added


def _is_ending(questionnaire: Questionnaire, now: datetime) -> bool:
    """One that was open for less than that long is not worth a second message."""
    return questionnaire.opens_at < questionnaire.closes_at - BEFORE <= now


def _unfinished(questionnaire: Questionnaire, day: date, after: int, upto: int | None) -> Select[Any]:
    to = recipients(questionnaire.audience, Topic.SURVEYS, day, after, upto)
    return to.where(questionnaires.not_done(questionnaire))
