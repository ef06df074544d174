"""Asks each guardian once a term whether the way we write to them is still right."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from itertools import product
from typing import Any

from sqlalchemy import Select
from sqlalchemy import select as core_select
from sqlmodel import col, select

from bot.database import reading
from bot.outbox import TABLE, Priority
from bot.pushes import Push
from bot.writer import Writer
from nursery import terms
from nursery.guardians import Guardian, Topic
from nursery.recipients import Audience, recipients
from nursery.settings import Setting, today
from scheduler.fanning import fan

CONVERSATION = "still_right"
AMONG = {Topic.CARE: "", Topic.LEARNING: ":ideas", Topic.NOTICES: ":notices"}
"""By topic, what the key of the question ends with. Nearly everybody is told of a child's day; who may be told less is
written to all the same."""


async def run(writer: Writer, now: datetime) -> int:
    """Puts the questions in the outbox; returns how many messages that is."""
    term = terms.term_to_ask(today(now))
    if term is None:
        return 0
    with reading(writer.engine) as session:
        settings = [number for number in session.exec(select(Setting.id).order_by(col(Setting.id))) if number]
    added = 0
    for setting_id, (topic, among) in product(settings, AMONG.items()):
        push = _push(f"term:{term}:{setting_id}{among}", term, topic, setting_id, now)
        added += await fan(writer, push, partial(_asked, push, now), now)
    return added


def _push(key: str, term: str, topic: Topic, setting_id: int, now: datetime) -> Push:
    return Push(
        key=key,
        conversation=CONVERSATION,
        params={"term": term},
        topic=topic,
        setting_id=setting_id,
        due_at=now,
        priority=Priority.BULK,
        expires_at=now + timedelta(days=7),
    )


def _asked(push: Push, now: datetime, after: int, upto: int | None) -> Select[Any]:
    """Who is to be asked and was not, through another topic or a child at another setting, a moment ago."""
    before = core_select(TABLE.c.id).where(
        TABLE.c.guardian_id == col(Guardian.id),
        TABLE.c.conversation == CONVERSATION,
        TABLE.c.key.not_like(f"{push.key}:guardian:%"),
        TABLE.c.created_at > now - timedelta(days=60),
    )
    to = recipients(Audience(push.setting_id), Topic(push.topic), today(now), after, upto)
    return to.where(terms.asked_again(now), ~before.correlate(Guardian).exists())
