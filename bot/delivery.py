"""Delivery: who sends, at what pace, when it is nudged, and what stopped it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import datetime

import structlog

from bot.channels import Channel
from bot.drain import Drain
from bot.house import House
from bot.pace import Pace
from bot.writer import Writer

log = structlog.get_logger()

SLICE = 5.0
"""Seconds after which a drain gives up its turn, so that workers shared by many senders serve them all."""

Clock = Callable[[], datetime]


class Delivery:
    """Everything that leaves. One drain runs for a sender at a time, so that its pace is exact in memory."""

    def __init__(self, writer: Writer, channels: Mapping[str, Channel], house: House, clock: Clock) -> None:
        self.writer, self.channels, self.house, self.clock = writer, channels, house, clock
        self.paces = {name: Pace(channel.limits) for name, channel in channels.items()}
        self.nudges = {name: asyncio.Event() for name in channels}
        """Set when a sender has something due."""
        self.stirs = {name: asyncio.Event() for name in channels}
        """Set when a drain that waits should look again."""
        self.stopped: dict[str, str] = {}
        """Senders that are misconfigured, and what is wrong with them."""
        self.retry_at: dict[str, float] = {}
        """When a stopped sender is tried again, on the monotonic clock: an account may have been mended meanwhile."""

    def nudge(self, sender: str) -> None:
        """Says that a sender has something due."""
        if sender in self.nudges:
            self.nudges[sender].set()
            self.stirs[sender].set()

    def revive(self) -> None:
        """Lets stopped senders try again whose wait is over."""
        for sender, at in list(self.retry_at.items()):
            if time.monotonic() >= at:
                self.stopped.pop(sender, None)
                del self.retry_at[sender]

    async def drain(self, sender: str, *, seconds: float = SLICE) -> None:
        """Sends what is due, at the sender's pace, until nothing is or the time is up."""
        if sender in self.channels and sender not in self.stopped:
            await Drain(self, sender, seconds).run()

    async def serve(self, sender: str) -> None:
        """Drains a sender whenever it is nudged, until cancelled."""
        nudge = self.nudges[sender]
        while True:
            await nudge.wait()
            nudge.clear()
            try:
                await self.drain(sender, seconds=float("inf"))
            except Exception as error:  # the door: the sweep nudges again
                log.error("drain failed", sender=sender, error=type(error).__name__)
                await asyncio.sleep(1)
