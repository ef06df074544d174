"""Reading a date of birth as a parent writes it: in any order of digits we can be sure of, or with the month's name."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from babel.dates import get_month_names

from bot.answers import normalise
from locales import SOURCE

RUN = re.compile(r"(\d{2})(\d{2})(\d{4})")
PARTS = re.compile(r"\d+")
WORDS = re.compile(r"[^\W\d_]+")
SHORTEST = 3
"""Letters of a month's name that are enough, as in "14 sept 2023"."""


def read_birthday(text: str, language: str) -> date | None:
    """The day, month and year that are meant: "14/05/2023", "14.5.23", "2023-05-14", "14052023", "14 maja 2023", with
    the digits of any script. None when they are not all there. Days are written before months, as in England."""
    said = normalise(text)
    together = RUN.fullmatch(said.replace(" ", ""))
    numbers = list(together.groups()) if together else PARTS.findall(said)
    month = _month(said, language)
    if month is not None and len(numbers) == 2:
        numbers.insert(1, str(month))
    if len(numbers) != 3:
        return None
    first, middle, last = numbers
    day, year = (last, first) if len(first) == 4 else (first, last)
    return _date(year, middle, day)


def _date(year: str, month: str, day: str) -> date | None:
    if len(year) not in (2, 4):
        return None
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def _month(said: str, language: str) -> int | None:
    names = _months(language) | _months(SOURCE)
    for word in WORDS.findall(said):
        found = {number for name, number in names.items() if name == word} or {
            number for name, number in names.items() if len(word) >= SHORTEST and name.startswith(word)
        }
        if len(found) == 1:
            return found.pop()
    return None


@cache
def _months(language: str) -> dict[str, int]:
    """The names of the months as they stand alone and in a date, long and short, to their numbers."""
    return {
        normalise(name): number
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, context, locale=language).items()
    }
