"""What became of a drain's requests, written while others fly: many in one commit, and none kept waiting."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from sqlmodel import Session

from bot.claiming import Mark, mark
from bot.consequences import Fate, follow
from bot.points import point
from bot.writer import Writer

FLUSH = 64
"""Marks written in one commit, at most."""

LINGER_SECONDS = 0.05
"""How long a mark may wait for others while more is on its way: a commit of one costs the processor as much as thirty
marks. A process that dies meanwhile leaves those as `unknown`, as it does what is on its way."""


class Marks:
    """The marks of one drain, and what follows from each."""

    def __init__(self, writer: Writer, sender: str, clock: Callable[[], datetime]) -> None:
        self.writer, self.sender, self.clock = writer, sender, clock
        self.ended: list[tuple[Mark, Fate]] = []
        self._writing: asyncio.Task[None] | None = None
        self._enough = asyncio.Event()

    def add(self, row: dict[str, Any], fate: Fate) -> None:
        self.ended.append((fate.mark(row), fate))
        if len(self.ended) >= FLUSH:
            self._enough.set()

    def write_soon(self) -> None:
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._linger())

    async def write(self) -> None:
        """Writes what there is, at once."""
        while self.ended:
            await self._write_some()

    async def close(self) -> None:
        """Writes the rest, after what is being written."""
        self._enough.set()
        if self._writing is not None:
            await self._writing
        await self.write()

    async def _linger(self) -> None:
        while self.ended:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LINGER_SECONDS):
                    await self._enough.wait()
            await self._write_some()

    async def _write_some(self) -> None:
        batch, self.ended = self.ended[:FLUSH], self.ended[FLUSH:]
        if len(self.ended) < FLUSH:
            self._enough.clear()
        if batch:
            point("delivery: before mark")
            await self.writer.do(partial(_settle, ended=batch, sender=self.sender, now=self.clock()))
            point("delivery: after mark")


def _settle(session: Session, ended: list[tuple[Mark, Fate]], sender: str, now: datetime) -> None:
    mark(session, [one for one, _ in ended], now)
    for one, fate in ended:
        follow(session, one.id, fate, sender, now)
