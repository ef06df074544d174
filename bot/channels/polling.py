"""Fetching instead of being told: one long poll after another, for as long as the process lives."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from bot.channels import SendError, Throttled
from bot.messages import Reading

log = structlog.get_logger()

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0

Update = dict[str, Any]


async def poll(
    fetch: Callable[[int], Awaitable[list[Update]]],
    read: Callable[[Update], Reading],
    take: Callable[[Reading], Awaitable[None]],
) -> None:
    """Hands on updates for ever. One is given up only after `take` has returned, so that none dies with the process."""
    offset, pause = 0, FIRST_PAUSE
    while True:
        try:
            for update in await fetch(offset):
                await take(read(update))
                offset = update["update_id"] + 1
            pause = FIRST_PAUSE
        except Exception as error:  # the door: nobody else takes the polling up again
            await asyncio.sleep(_wait(error, pause))
            pause = min(pause * 2, LONGEST_PAUSE)


def _wait(error: Exception, pause: float) -> float:
    """Seconds to wait after a failure, which is logged."""
    reason = error.reason if isinstance(error, SendError) else ""
    log.warning("poll failed", error=type(error).__name__, reason=reason)
    return max(pause, error.retry_after) if isinstance(error, Throttled) else pause
