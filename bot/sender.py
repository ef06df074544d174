"""A sender: a channel of ours as it sends, with its pace, what wakes it, and what stopped it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.channels import Channel, Misconfigured, SendError, Throttled
from bot.consequences import MISCONFIGURED_WAIT
from bot.pace import Pace

log = structlog.get_logger()

Clock = Callable[[], datetime]


@dataclass(slots=True)
class Sender:
    """What of a channel outlives one drain."""

    name: str
    channel: Channel
    pace: Pace
    nudge: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when it has something due."""
    stir: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a drain that waits should look again."""
    stopped: str = ""
    """What is wrong with it, once it is misconfigured; empty while it is not."""
    retry_at: float = 0.0
    """When a stopped one is tried again, on the monotonic clock: an account may have been mended meanwhile."""

    def obey(self, error: SendError, address: str) -> None:
        """Waits as long as the provider says, with this address or with all; stops where the account is wrong."""
        if isinstance(error, Throttled):
            self.pace.pause(error.retry_after, time.monotonic(), None if error.everyone else address)
        if isinstance(error, Misconfigured):
            self.stopped = error.reason
            self.retry_at = time.monotonic() + MISCONFIGURED_WAIT.total_seconds()
            log.error("sender stopped", sender=self.name, reason=error.reason)

    def revive(self) -> None:
        """Lets one that is stopped try again, once its wait is over."""
        if self.stopped and time.monotonic() >= self.retry_at:
            self.stopped = ""
