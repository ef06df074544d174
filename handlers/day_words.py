"""What days and months are called: each language's own words, from days.toml and from Babel, and English ones."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.dates import get_day_names, get_month_names

from bot.answers import normalise
from locales import SOURCE, W_, catalogue
from nursery.folding import fold

TODAY = W_("TODAY, ONLY TODAY, JUST TODAY")
TOMORROW = W_("TOMORROW, TMRW, TOMOROW")

JOINED = "(?:لل|[لبوف])?"
"""What Arabic writes together with a name: to, for, on, and."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a language and English call days. `ahead` is so many days from today, `weeks` the end of this week or one
    later (None: a length of time, no day)."""

    weekdays: dict[str, int]
    months: dict[str, int]
    ahead: dict[str, int]
    weeks: dict[str, int | None]
    next: tuple[str, ...]
    days: re.Pattern[str]
    """Any of these but the months."""
    dated: re.Pattern[str]
    """A month with the number of its day before or after it."""


@cache
def day_words(language: str) -> Words:
    """The words of a language, and of English."""
    weekdays, months = dict(_names("days", language)), dict(_names("months", language))
    ahead: dict[str, int] = {}
    weeks: dict[str, int | None] = {}
    following: list[str] = []
    for tag in (SOURCE, language):
        own = _file().get(tag, {})
        weekdays |= {word: number for number, line in enumerate(own.get("weekdays", ())) for word in listed(line)}
        months |= {word: number for number, line in enumerate(own.get("months", ()), 1) for word in listed(line)}
        ahead |= {folded(word): 0 for word in catalogue(tag).words(TODAY)}
        ahead |= {folded(word): 1 for word in catalogue(tag).words(TOMORROW)}
        for number, key in enumerate(("today", "tomorrow", "after")):
            ahead |= dict.fromkeys(listed(own.get(key, "")), number)
        for key, count in (("week", 0), ("next_week", 1), ("length", None)):
            weeks |= dict.fromkeys(listed(own.get(key, "")), count)
        following += listed(own.get("next", ""))
    days, month = any_of((*weekdays, *ahead, *weeks)), any_of(months)
    day = r"(?<!\d)(\d{1,2})(?!\d)"
    dated = rf"{day}(?:st|nd|rd|th)?\.?\s?(?:of |de )?{month}|{month}\.?\s?{day}"
    return Words(weekdays, months, ahead, weeks, tuple(following), re.compile(days), re.compile(dated))


def any_of(names: Iterable[str]) -> str:
    """A pattern for any of the names as whole words (a number may touch it), the longest first, as its group."""
    found = "|".join(re.escape(name) for name in sorted(set(names) - {""}, key=lambda name: (-len(name), name)))
    return rf"(?<![^\W\d_]){JOINED}({found})(?![^\W\d_])"


def _names(kind: str, language: str) -> Iterator[tuple[str, int]]:
    """As Babel knows them, English first; in `days` Monday is 0, in `months` January is 1."""
    get = get_day_names if kind == "days" else get_month_names
    for tag in (SOURCE, language):
        for width in ("abbreviated", "wide"):
            for context in ("format", "stand-alone"):
                for number, name in get(width, context, tag).items():
                    yield folded(str(name)), number
                    yield folded(str(name)).split()[-1], number


@cache
def _file() -> dict[str, dict[str, list[str] | str]]:
    return tomllib.loads(Path(__file__).with_name("days.toml").read_text("utf-8"))


def listed(line: object) -> list[str]:
    """The words of a line of the file, folded."""
    return [folded(word) for word in str(line).split(",") if word.strip()]


def folded(text: str) -> str:
    """Normalised, and without accents: phones are often set to a keyboard that has none."""
    return " ".join(fold(normalise(text)).split())
