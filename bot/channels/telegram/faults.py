"""What Telegram's refusals mean, and calls that wait when told to, or that may fail."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

import structlog
from telegram.error import BadRequest, ChatMigrated, Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.error import Forbidden as Refused

from bot.channels import Misconfigured, Rejected, SendError, Stopped, Throttled, Unknown
from locales.sentences import D_

log = structlog.get_logger()
os.environ.setdefault("PTB_TIMEDELTA", "true")  # its switch for waits as timedelta: without it, a warning at every 429

UNREADABLE = (ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)
"""All that an update or an answer of an unexpected shape makes the library or us raise."""

DEAD = ("chat not found", "user is deactivated")
SILENT = "voice_messages_forbidden"
"""Said of who takes no voice notes, by a choice Telegram sells; they may still be sent files."""

T = TypeVar("T")


def fault(error: TelegramError) -> SendError:
    """What a refusal means; in this order, since the library's BadRequest is one of its NetworkErrors."""
    dead = any(sign in error.message.casefold() for sign in DEAD)
    match error:
        case RetryAfter():
            return Throttled("too many requests", seconds(error), "429")
        case Refused():
            return Rejected(reason(error), "403", closes=True) if dead else Stopped("blocked", "403")
        case BadRequest():
            return Rejected(reason(error), "400", closes=dead)
        case ChatMigrated():
            return Rejected("the chat has moved", "400")
        case InvalidToken():
            return Misconfigured(D_("TELEGRAM_BOT_TOKEN: Telegram refuses this token."), "401")
        case Conflict():
            return Misconfigured(
                D_("Another program reads this bot's updates, or its webhook is set: stop one."), "409"
            )
        case NetworkError() if isinstance(error.__cause__, SendError):
            return error.__cause__
        case NetworkError() if "Too Many Requests" in error.message:
            return Throttled("too many requests", 1.0, "429")
    return Unknown("no clear answer", type(error).__name__)


def takes_no_voice_notes(error: TelegramError) -> bool:
    return isinstance(error, BadRequest) and SILENT in error.message.casefold()


def reason(error: TelegramError) -> str:
    """Telegram's words, up to where they begin to quote."""
    return re.split(r'[:"\d]', error.message)[0].strip()[:80]


def seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


async def patiently(call: Callable[[], Awaitable[T]]) -> T:
    """Its result, as often as Telegram asks to wait."""
    while True:
        try:
            return await call()
        except RetryAfter as error:
            await asyncio.sleep(seconds(error))


async def quietly(call: Awaitable[object], **ids: str) -> None:
    """What is only polite, or can be done at the next start."""
    try:
        await call
    except (TelegramError, *UNREADABLE) as error:
        log.info("not done", channel="telegram", error=type(error).__name__, **ids)
