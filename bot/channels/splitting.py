"""A text too long for one message, as several: cut where a reader would pause."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate

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
