"""Forgets conversations that have expired, and the messages in which a questionnaire was answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from bot.opened import forget_expired, said_in_expired
from bot.writer import Writer
from handlers import CONVERSATIONS
from nursery.inbox import InboundMessage, pass_to_staff
from nursery.questionnaires import forget_words

WAITS = timedelta(days=14)
"""As long as a half-answered questionnaire is kept; after that its messages would only say who said what."""

PRIVATE = [one.name for one in CONVERSATIONS if one.private]


async def run(writer: Writer, now: datetime) -> int:
    """Returns 0: it adds no row."""
    await writer.do(partial(_forget, now=now))
    return 0


def _forget(session: Session, now: datetime) -> None:
    """What a parent had said in one that was never finished is a person's to read."""
    for inbound_id in said_in_expired(session, now, PRIVATE):
        if session.get(InboundMessage, inbound_id) is not None:  # erased since, it is nobody's to read
            pass_to_staff(session, inbound_id)
    forget_expired(session, now)
    forget_words(session, "questionnaire", before=now - WAITS)
