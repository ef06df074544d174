"""A text too long for one message, as several: cut where a reader would pause."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from itertools import accumulate

from bot.channels import SendError, Unknown

PAUSES = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?…。؟۔।])\s"), re.compile(r"\s"))
"""Where to cut, best first: after a paragraph, a line, a sentence, a word."""


def utf16(letter: str) -> int:
    """How many units of UTF-16 a character is: what both providers count in."""
    return 2 if letter > "\uffff" else 1


def split(text: str, limit: int, width: Callable[[str], int] = utf16) -> list[str]:
    """The text in pieces of at most `limit`, each character counting `width`; white space at the cuts is dropped."""
    pieces, rest = [], text.strip()
    while (longest := _longest(rest, limit, width)) < len(rest):
        cut = _cut(rest, longest)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*pieces, rest]


def _longest(text: str, limit: int, width: Callable[[str], int]) -> int:
    """How many characters from the start fit."""
    if len(text) <= limit and sum(map(width, text)) <= limit:
        return len(text)
    return next((place for place, total in enumerate(accumulate(map(width, text))) if total > limit), len(text))


def _cut(text: str, longest: int) -> int:
    """The last good pause that leaves a piece at least half full, else the last space, else the very end."""
    for pause in PAUSES:
        cut = _last(pause, text, longest)
        if cut >= longest / 2:
            return cut
    return _last(PAUSES[-1], text, longest) or longest


def _last(pause: re.Pattern[str], text: str, longest: int) -> int:
    """Where the last such pause begins that still fits, or 0."""
    return max((found.start() for found in pause.finditer(text, 0, longest + 1)), default=0)


async def send_in_turn(texts: Sequence[str], send: Callable[[str, bool], Awaitable[str]], pause: float = 0.0) -> str:
    """Sends the pieces of one message, telling which is the last; returns the last one's id at the provider.

    Raises what `send` does, but Unknown once a piece has gone: the whole again would repeat it.
    """
    number = await send(texts[0], len(texts) == 1)
    for place, text in enumerate(texts[1:], start=2):
        await asyncio.sleep(pause)
        try:
            number = await send(text, place == len(texts))
        except SendError as error:
            raise Unknown("only a part was sent", error.code) from None
    return number
