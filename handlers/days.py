"""Reading a day as a parent writes it: "Friday", "do piątku", "27/11", "24-26 Nov", "tomorrow", "kal", "ba3d bukra"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from handlers.day_words import Words, day_words, folded

FARTHEST = timedelta(days=180)
"""A day further off than this was meant otherwise."""
FRIDAY = 4
"""The last day of a nursery's week."""

RANGE = re.compile(r"(?<![./\d])\d{1,2}\s?[-–]\s?(?=\d{1,2}\s?[./]\s?\d{1,2}(?!\d))")
"""The first day of "24-26/11", which is not asked for."""
NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\s?[./-]\s?(\d{1,2})(?:\s?[./-]\s?(\d{4}|\d{2})(?!\s?[./\d]))?(?!\d)")
ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
DAY_NUMBER = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d)")
BARE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")


def read_day(text: str, language: str, today: date, farthest: timedelta = FARTHEST) -> date | None:
    """The day that is meant, today or later, and of several the last; None when there is none to read. Days are written
    before months, as in England; a year left out is the one in which the day comes next."""
    said, words = folded(text), day_words(language)
    for found in (_by_numbers(said, today), _by_month(said, words, today), _by_name(said, words, today)):
        if found is not None and today <= found <= today + farthest:
            return found
    return None


def is_ahead(text: str, language: str) -> bool:
    """Whether a day is told by how far ahead it is: "tomorrow", "in two days"."""
    named = day_words(language).days.search(folded(text))
    return named is not None and named[1] in day_words(language).ahead


def _by_numbers(said: str, today: date) -> date | None:
    if iso := list(ISO.finditer(said)):
        return _date(int(iso[-1][1]), int(iso[-1][2]), int(iso[-1][3]))
    if found := list(NUMBERS.finditer(RANGE.sub("", said))):
        return _coming(int(found[-1][1]), int(found[-1][2]), found[-1][3] or "", today)
    if bare := BARE.fullmatch(said):
        return _coming_day(int(bare[1]), today)
    return None


def _by_month(said: str, words: Words, today: date) -> date | None:
    dated = list(words.dated.finditer(said))
    if not dated:
        return None
    day, month, other_month, other_day = dated[-1].groups()
    return _coming(int(day or other_day), words.months[month or other_month], "", today)


def _by_name(said: str, words: Words, today: date) -> date | None:
    """By the last of the days named; a word that is none of them may be one with another ending."""
    named = list(words.days.finditer(said))
    if not named:
        stem = _loosely(said, words.weekdays)
        return None if stem is None else _weekday(said, stem, today)
    name = named[-1][1]
    if name in words.ahead:
        return today + timedelta(days=words.ahead[name])
    if name in words.weeks:
        weeks = words.weeks[name]
        return None if weeks is None else _in_week(FRIDAY, weeks, today)
    before, after = said[: named[-1].start()].rstrip(), said[named[-1].end() :].lstrip()
    if words.next and (before.endswith(words.next) or after.startswith(words.next)):
        return _in_week(words.weekdays[name], 1, today)
    return _weekday(said, words.weekdays[name], today)


def _weekday(said: str, weekday: int, today: date) -> date:
    """The next such day, or one whose number is said too: "Friday 4th"."""
    for number in DAY_NUMBER.findall(said):
        numbered = _coming_day(int(number), today)
        if numbered is not None and numbered.weekday() == weekday:
            return numbered
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _in_week(weekday: int, weeks: int, today: date) -> date:
    """That day of this week or one later; at the weekend this week is the one to come."""
    monday = today + timedelta(days=-today.weekday() if today.weekday() <= FRIDAY else 7 - today.weekday())
    return monday + timedelta(weeks=weeks, days=weekday)


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


def _loosely(said: str, names: dict[str, int]) -> int | None:
    """What the last of the words names, but for an ending of one or two letters."""
    for word in reversed(re.findall(r"[^\W\d_]+", said)):
        for name, number in names.items():
            stem = max(4, len(name) - 2)
            if len(word) <= len(name) + 2 and word[:stem] == name[:stem]:
                return number
    return None
