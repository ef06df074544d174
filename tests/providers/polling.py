"""Updates waiting for getUpdates: held until a later offset confirms them, one poller at a time."""

import asyncio
import time
from collections import deque
from contextlib import suppress
from itertools import islice
from typing import Any

from tests.providers.failures import Fail, Refused

OTHER_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


class Polling:
    """The queue of one bot."""

    def __init__(self) -> None:
        self.waiting: deque[dict[str, Any]] = deque()
        self._news = asyncio.Event()
        self._turn = 0

    def push(self, update: dict[str, Any]) -> None:
        self.waiting.append(update)
        self._news.set()

    def interrupt(self) -> None:
        """Ends the poll under way, which answers 409."""
        self._turn += 1
        self._news.set()

    async def take(self, offset: int, limit: int, timeout: float) -> list[dict[str, Any]]:
        """Waits up to `timeout` seconds for updates. Raises Refused (409) once another poll begins."""
        self.interrupt()
        turn = self._turn
        self._confirm(offset)
        until = time.monotonic() + timeout
        while not self.waiting and (left := until - time.monotonic()) > 0:
            self._news.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), left)
            if turn != self._turn:
                raise Refused(Fail.REFUSED(status=409, text=OTHER_POLLER))
        return list(islice(self.waiting, limit))

    def _confirm(self, offset: int) -> None:
        """Forgets what came before `offset`; a negative one keeps only that many of the newest."""
        while self.waiting and (self.waiting[0]["update_id"] < offset or len(self.waiting) > -offset > 0):
            self.waiting.popleft()
