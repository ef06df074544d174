"""Asks parents for what they have offered, and thanks them when it has happened."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlmodel import Session

from bot.database import Writer, reading
from bot.outbox import Priority, Push, push_one
from nursery import offers
from nursery.contacts import best_contact
from nursery.guardians import Topic
from nursery.offers import Offer, OfferAsk
from nursery.settings import Setting
from nursery.tasks import raise_task


async def run(writer: Writer, now: datetime) -> int:
    """Puts new questions and thanks in the outbox; returns how many rows that is, tasks for those out of reach
    included."""
    with reading(writer.engine) as session:
        asks = [one.id or 0 for one in offers.unasked(session)]
        done = [one.id or 0 for one in offers.unthanked(session)]
    added = sum([await writer.do(partial(_ask, number=number, now=now)) for number in asks])
    return added + sum([await writer.do(partial(_thank, number=number, now=now)) for number in done])


def _ask(session: Session, *, number: int, now: datetime) -> bool:
    asked = session.get_one(OfferAsk, number)
    if asked.told_at is not None:
        return False
    asked.told_at = now
    session.add(asked)
    return _tell(session, asked, "offer_asked", now)


def _thank(session: Session, *, number: int, now: datetime) -> bool:
    asked = session.get_one(OfferAsk, number)
    if asked.thanks_told_at is not None:
        return False
    asked.thanks_told_at = now
    session.add(asked)
    return _tell(session, asked, "offer_thanked", now)


def _tell(session: Session, asked: OfferAsk, conversation: str, now: datetime) -> bool:
    kept = session.get_one(Offer, asked.offer_id)
    contact, key = best_contact(session, kept.guardian_id), f"{conversation}:{asked.id}"
    if contact is None:
        return raise_task(
            session,
            key,
            "offer to talk about",
            now=now,
            setting_id=kept.setting_id,
            guardian_id=kept.guardian_id,
            about=f"offer {kept.id}",
        )
    push = Push(
        key=key,
        conversation=conversation,
        params={"ask": asked.id},
        topic=Topic.EVENTS,
        setting_id=kept.setting_id,
        due_at=session.get_one(Setting, kept.setting_id).polite(now),
        priority=Priority.NOTICE,
    )
    return push_one(session, push, contact, now)
