"""Asks parents for what they have offered, and thanks them when it has happened."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlmodel import Session

from bot.database import reading
from bot.writer import Writer
from nursery import offers
from nursery.guardians import Topic
from nursery.offers import Offer, OfferAsk
from scheduler.answering import Answered, tell


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
    answered = Answered(
        key=f"{conversation}:{asked.id}",
        guardian_id=kept.guardian_id,
        setting_id=kept.setting_id,
        conversation=conversation,
        params={"ask": asked.id},
        unsent="offer to talk about",
        topic=Topic.EVENTS,
        about=f"offer {kept.id}",
    )
    return tell(session, answered, now)
