"""Queues notices and policies for who has asked for large print, easy words, braille or a voice note."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bot.writer import Writer
from nursery import prints


async def run(writer: Writer, now: datetime) -> int:
    """Puts them in the print queue; returns how many are new, tasks to record included."""
    return await writer.do(partial(prints.queue_all, now=now))
