"""Forgets conversations that have expired, and the messages in which a questionnaire was answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from bot.opened import forget_expired
from bot.writer import Writer
from nursery.questionnaires import forget_words

WAITS = timedelta(days=14)
"""As long as a half-answered questionnaire is kept; after that its messages would only say who said what."""


async def run(writer: Writer, now: datetime) -> int:
    """Returns 0: it adds no row."""
    await writer.do(partial(_forget, now=now))
    return 0


def _forget(session: Session, now: datetime) -> None:
    forget_expired(session, now)
    forget_words(session, "questionnaire", before=now - WAITS)
