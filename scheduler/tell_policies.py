"""Tells guardians of a policy that has changed: what is new, and asks them to read and sign it."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlmodel import Session

from bot.database import reading
from bot.opened import close_about
from bot.outbox import Priority
from bot.pushes import Push
from bot.writer import Writer
from nursery import policies
from nursery.guardians import Topic
from nursery.policies import PolicyEdition
from nursery.recipients import Audience, recipients
from nursery.settings import today
from scheduler.fanning import fan

CONVERSATION = "policy_changed"


async def run(writer: Writer, now: datetime) -> int:
    """Puts the messages of new editions in the outbox; returns how many that is."""
    with reading(writer.engine) as session:
        editions = policies.untold(session, now)
    added = 0
    for edition in editions:
        to = partial(recipients, Audience(edition.setting_id), Topic.NOTICES, today(now))
        added += await fan(writer, _push(edition, now), to, now)
        await writer.do(partial(_told, edition_id=edition.id or 0, now=now))
    return added


def _push(edition: PolicyEdition, now: datetime) -> Push:
    return Push(
        key=f"policy:{edition.id}",
        conversation=CONVERSATION,
        params={"edition": edition.id},
        topic=Topic.NOTICES,
        setting_id=edition.setting_id,
        due_at=now,
        priority=Priority.NOTICE,
    )


def _told(session: Session, edition_id: int, now: datetime) -> None:
    """What was asked of the editions before is asked no more: it would be said again after the new one."""
    edition = session.get_one(PolicyEdition, edition_id)
    close_about(session, CONVERSATION, "edition", policies.before(session, edition))
    edition.told_at = edition.told_at or now
    session.add(edition)
