"""Reading one day or two as a parent writes them: "until Friday", "24/12 - 2/1", "od 20 do 27 grudnia"."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta

from bot.answers import normalise
from handlers.days import is_ahead, read_day
from handlers.lengths import is_only, without_length
from locales import SOURCE, W_, catalogue

DASH = re.compile(
    r"\s+-\s+|\s*[\u2013\u2014]\s*|(?<=[/.]\d)-|(?<=[/.]\d\d)-|(?<=\d)-(?=\d{1,2}\s*(?:[^\W\d]|[/.]\s?\d))"
    r"|(?<=\d\.)-(?=\d)|(?<=\dst)-|(?<=\d[nr]d)-|(?<=\dth)-|\sلـ?\s?(?=\d)"
)
"""Between two days; a date such as 2026-12-20 is one. Arabic writes "to" together with the number."""
FARTHEST = timedelta(days=300)
"""A pause may be long, as after a death; but a day of last month is a slip, and not one of next year."""
WEEK = timedelta(days=6)
"""Within which a day of the week comes again."""
TO, AND = W_("TO, UNTIL, TILL"), W_("AND, PLUS")
NUMBER = re.compile(r"\D*?(\d{1,2})(?:st|nd|rd|th)?")
"""A first day without its month, as in "from 20 to 27 December"."""


def read_span(text: str, language: str, today: date) -> str:
    """The last day, or "first/last", in ISO; empty when there is no day to read, or the last comes before the first. A
    first day that is today, or over, is none."""
    days = _read(text, language, today)
    if not days or days[0] > days[-1]:
        return ""
    kept = days if days[0] > today else days[-1:]
    return "/".join(day.isoformat() for day in kept)


def span_of(kept: str) -> tuple[date | None, date]:
    """The first day, where there is one, and the last."""
    *first, last = (date.fromisoformat(day) for day in kept.split("/"))
    return (first[0] if first else None), last


def _read(text: str, language: str, today: date) -> list[date]:
    """The days before and after the first "to" that has a day on both sides; or the one day there is."""
    said = normalise(text)
    if (long := without_length(text, language)) is not None and is_ahead(text, language) <= is_ahead(long[0], language):
        begins = read_day(long[0], language, today) or today
        if long[1] > FARTHEST:
            return []
        return [begins, begins + long[1] - timedelta(days=1)]
    for cut in re.finditer(
        rf"{DASH.pattern}|\s(?:{_any(TO, language)})\s|(?<=\d)\s(?:{_any(AND, language)})\s(?=\d)", said
    ):
        last = read_day(said[cut.end() :], language, today, FARTHEST)
        first = _first_day(said[: cut.start()], last, language, today) if last else None
        if first and last and first > last:  # "from Friday to Monday"
            last = read_day(said[cut.end() :], language, first, WEEK) or last
        if first and last:
            return [first, last]
    one = read_day(text, language, today, FARTHEST)
    return [] if one is None else [one, one] if is_only(text, language) else [one]


def _any(listed: str, language: str) -> str:
    """A pattern for any of the words, in the parent's language and in English."""
    words = {normalise(word) for tag in (language, SOURCE) for word in catalogue(tag).words(listed)}
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _first_day(said: str, last: date, language: str, today: date) -> date | None:
    """A number alone is of the last day's month, or, where it is a later one, of the month before."""
    number = NUMBER.fullmatch(said)
    if number is None:
        return read_day(said, language, today, FARTHEST)
    with suppress(ValueError):
        ending = last if int(number[1]) <= last.day else last.replace(day=1) - timedelta(days=1)
        return ending.replace(day=int(number[1]))
    return None
