"""Reading a day as a parent writes it: "Friday", "do piątku", "27/11", "27 Nov", "tomorrow"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache

from babel.dates import get_day_names, get_month_names

from bot.answers import normalise
from locales import SOURCE, W_, catalogue

FARTHEST = timedelta(days=180)
"""A day further off than this was meant otherwise."""

TODAY = W_("TODAY, ONLY TODAY, JUST TODAY")
TOMORROW = W_("TOMORROW, TMRW, TOMOROW")

NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\s?[./-]\s?(\d{1,2})(?:\s?[./-]\s?(\d{4}|\d{2}))?(?!\d)")
ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
DAY_NUMBER = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d)")
BARE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")


def read_day(text: str, language: str, today: date) -> date | None:
    """The day that is meant, today or later; None when there is none to read. Days are written before months, as in
    England; a year left out is the one in which the day comes next."""
    said = _folded(text)
    if said in _words(TODAY, language):
        return today
    if said in _words(TOMORROW, language):
        return today + timedelta(days=1)
    found = _by_numbers(said, today) or _by_month(said, language, today) or _by_weekday(said, language, today)
    return found if found is not None and today <= found <= today + FARTHEST else None


def _by_numbers(said: str, today: date) -> date | None:
    if iso := ISO.search(said):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    if match := NUMBERS.search(said):
        return _coming(int(match[1]), int(match[2]), match[3] or "", today)
    if bare := BARE.fullmatch(said):
        return _coming_day(int(bare[1]), today)
    return None


def _by_month(said: str, language: str, today: date) -> date | None:
    number = DAY_NUMBER.search(said)
    month = _named(said, _months(language), loosely=False)
    return _coming(int(number[1]), month, "", today) if number and month else None


def _by_weekday(said: str, language: str, today: date) -> date | None:
    weekday = _named(said, _weekdays(language), loosely=True)
    return None if weekday is None else today + timedelta(days=(weekday - today.weekday()) % 7)


def _coming(day: int, month: int, year: str, today: date) -> date | None:
    if year:
        return _date(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    this = _date(today.year, month, day)
    return this if this is not None and this >= today else _date(today.year + 1, month, day)


def _coming_day(day: int, today: date) -> date | None:
    this = _date(today.year, today.month, day)
    if this is not None and this >= today:
        return this
    return _date(today.year + today.month // 12, today.month % 12 + 1, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _named(said: str, names: dict[str, int], *, loosely: bool) -> int | None:
    """What the last of the words names; loosely, but for an ending of one or two letters ("piątku" is "piątek")."""
    for word in reversed(re.findall(r"[^\W\d_]+", said)):
        if word in names:
            return names[word]
        stems = [number for name, number in names.items() if loosely and _same_stem(word, name)]
        if stems:
            return stems[0]
    return None


def _same_stem(word: str, name: str) -> bool:
    stem = max(4, len(name) - 2)
    return len(word) <= len(name) + 2 and word[:stem] == name[:stem]


@cache
def _weekdays(language: str) -> dict[str, int]:
    return dict(
        _all_names(get_day_names(width, locale=tag) for width in ("wide", "abbreviated") for tag in (language, SOURCE))
    )


@cache
def _months(language: str) -> dict[str, int]:
    return dict(
        _all_names(
            get_month_names(width, context, tag)
            for width in ("wide", "abbreviated")
            for context in ("format", "stand-alone")
            for tag in (language, SOURCE)
        )
    )


def _all_names(lists: Iterable[object]) -> Iterator[tuple[str, int]]:
    for names in lists:
        for number, name in dict(names).items():  # type: ignore[call-overload]
            folded = _folded(str(name))
            yield folded, number
            yield folded.split()[-1], number


@cache
def _words(words: str, language: str) -> frozenset[str]:
    return frozenset(_folded(word) for tag in (language, SOURCE) for word in catalogue(tag).words(words))


def _folded(text: str) -> str:
    """Normalised, and without accents: phones are often set to a keyboard that has none."""
    apart = unicodedata.normalize("NFKD", normalise(text)).replace("ł", "l")
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
