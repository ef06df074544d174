"""Takes safeguarding concerns that nobody has read in time to a second person."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bot.writer import Writer
from nursery import concerns


async def run(writer: Writer, now: datetime) -> int:
    """Escalates each such concern once; returns how many that was."""
    return await writer.do(partial(concerns.escalate, now=now))
