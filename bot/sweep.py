"""The sweep: what a nudge missed or a crash left is found again by looking."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

import structlog
from sqlmodel import Session

from bot.claiming import abandon, has_work, release_held
from bot.delivery import Delivery
from bot.media import Fetcher
from bot.unknown import settle_unknown

log = structlog.get_logger()

LOOK_SECONDS = 1.0
"""How long a row put in by another process may wait unnoticed."""

TIDY_SECONDS = 10.0
"""How often held rows are released, lost leases found and unknown messages settled."""

MAX_RELEASE = 5000


class Sweep:
    """Looks after the senders of one process."""

    def __init__(self, delivery: Delivery, fetcher: Fetcher, wake: Callable[[str], Awaitable[None]]) -> None:
        self.delivery, self.fetcher, self.wake = delivery, fetcher, wake
        self._look = asyncio.Event()

    def nudge(self) -> None:
        """Says that something was put in the outbox, to be looked for at once."""
        self._look.set()

    async def recover(self, *, alone: bool) -> None:
        """At the start: what a dead process had claimed is unknown now. `alone` says that no other process sends."""
        for sender in self.delivery.channels:
            turn = partial(abandon, sender=sender, now=self.delivery.clock(), everything=alone)
            count = await self.delivery.writer.do(turn)
            if count:
                log.warning("claimed and not marked", sender=sender, rows=count)
        await self.tidy()

    async def serve(self) -> None:
        """Looks and tidies until cancelled."""
        tidied = time.monotonic()
        while True:
            try:
                await self.look()
                if time.monotonic() - tidied >= TIDY_SECONDS:
                    tidied = time.monotonic()
                    await self.tidy()
            except Exception as error:  # the door: the next round looks again
                log.error("sweep failed", error=type(error).__name__)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._look.wait(), LOOK_SECONDS)
            self._look.clear()

    async def look(self) -> None:
        now = self.delivery.clock()
        for sender in self.delivery.channels:
            if await self.delivery.writer.do(partial(has_work, sender=sender, now=now)):
                await self.wake(sender)

    async def tidy(self) -> None:
        now = self.delivery.clock()
        self.delivery.revive()
        for sender, channel in self.delivery.channels.items():
            while await self.delivery.writer.do(partial(_release, sender=sender, now=now)) == MAX_RELEASE:
                await asyncio.sleep(0)
            await self.delivery.writer.do(partial(abandon, sender=sender, now=now))
            if sender not in self.delivery.stopped:
                await settle_unknown(self.delivery.writer, channel, now)
            await self.wake(sender)
        self.fetcher.nudge()


def _release(session: Session, sender: str, now: datetime) -> int:
    return release_held(session, sender, now, at_most=MAX_RELEASE)
