"""Delivery: who sends, at what pace, when it is nudged, and what stopped it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import structlog

from bot.channels import Channel
from bot.drain import Drain
from bot.house import House
from bot.pace import Pace
from bot.sender import Clock, Sender
from bot.writer import Writer

log = structlog.get_logger()

SLICE = 5.0
"""Seconds after which a drain gives up its turn, so that workers shared by many senders serve them all."""


class Delivery:
    """Everything that leaves. One drain runs for a sender at a time, so that its pace is exact in memory."""

    def __init__(self, writer: Writer, channels: Mapping[str, Channel], house: House, clock: Clock) -> None:
        self.writer, self.channels, self.house, self.clock = writer, channels, house, clock
        self.senders = {name: Sender(name, channel, Pace(channel.limits)) for name, channel in channels.items()}

    @property
    def stopped(self) -> Mapping[str, str]:
        """The senders that are misconfigured, and what is wrong with each."""
        return {name: sender.stopped for name, sender in self.senders.items() if sender.stopped}

    def nudge(self, sender: str) -> None:
        """Says that a sender has something due."""
        if sender in self.senders:
            self.senders[sender].nudge.set()
            self.senders[sender].stir.set()

    def revive(self) -> None:
        """Lets stopped senders try again whose wait is over."""
        for sender in self.senders.values():
            sender.revive()

    async def drain(self, sender: str, *, seconds: float = SLICE) -> None:
        """Sends what is due, at the sender's pace, until nothing is or the time is up."""
        known = self.senders.get(sender)
        if known is not None and not known.stopped:
            await Drain(known, self.writer, self.house, self.clock, seconds).run()

    async def serve(self, sender: str) -> None:
        """Drains a sender whenever it is nudged, until cancelled."""
        nudge = self.senders[sender].nudge
        while True:
            await nudge.wait()
            nudge.clear()
            try:
                await self.drain(sender, seconds=float("inf"))
            except Exception as error:  # the door: the sweep nudges again
                log.error("drain failed", sender=sender, error=type(error).__name__)
                await asyncio.sleep(1)
