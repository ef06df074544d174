"""Ends what is shared with others once no consent carries it, and has staff tell them."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bot.writer import Writer
from nursery.sharing import end_unfounded


async def run(writer: Writer, now: datetime) -> int:
    """Returns how many tasks that is."""
    return await writer.do(partial(end_unfounded, now=now))
