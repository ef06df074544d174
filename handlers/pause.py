"""A pause: no messages until a day the parent names, or between two days, as for a holiday or a hard time."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

from bot.answers import normalise
from bot.conversation import Answer, Choice, Dialogue, Turn, Unclear, ask, say
from handlers.days import read_day
from locales import SOURCE, W_, catalogue
from nursery import preferences

WEEKS = {"one": timedelta(days=7), "two": timedelta(days=14)}

DASH = re.compile(
    r"\s+-\s+|\s*[\u2013\u2014]\s*|(?<=[/.]\d)-|(?<=[/.]\d\d)-|(?<=\d)-(?=\d{1,2}\s*(?:[^\W\d]|[/.]\s?\d))"
)
"""Between two days; a date such as 2026-12-20 is one."""
NUMBER = re.compile(r"\D*?(\d{1,2})(?:st|nd|rd|th)?")
"""A first day without its month, as in "from 20 to 27 December"."""


def pause(turn: Turn) -> Dialogue:
    """Asks until when; said again during a pause, or before one that is to come, it ends it."""
    if preferences.has_pause(turn.guardian, turn.today):
        preferences.end_pause(turn.session, turn.guardian)
        return say(turn.gettext("The pause is over. You will get messages from us again."))
    text = turn.gettext(
        "Until which day shall we send you nothing, that day included? Or send the first and the last day: %(example)s."
    )
    text = turn.say(
        text, example=f"{_short(turn.today + timedelta(days=21))} - {_short(turn.today + WEEKS['two'] * 2)}"
    )
    days: str = yield from ask("until", text, read=_reader(turn), choices=_choices(turn))
    first, until = _days(days)
    preferences.pause(turn.session, turn.guardian, until, first)
    return say(_told(turn, first, until))


def _told(turn: Turn, first: date | None, until: date) -> str:
    if first is None:
        text = turn.gettext(
            "We send you nothing until %(day)s. You can still ask us anything, and if it is urgent, staff will ring "
            "you. To end the pause, text PAUSE."
        )
        return turn.say(text, day=turn.day(until))
    text = turn.gettext(
        "We send you nothing from %(first)s until %(day)s. You can still ask us anything, and if it is urgent, staff "
        "will ring you. To end the pause, text PAUSE."
    )
    return turn.say(text, first=turn.day(first), day=turn.day(until))


def _choices(turn: Turn) -> tuple[Choice, ...]:
    one = Choice("one", turn.gettext("For one week"), turn.catalogue.words(W_("ONE WEEK, A WEEK, WEEK")))
    return one, Choice("two", turn.gettext("For two weeks"), turn.catalogue.words(W_("TWO WEEKS, 2 WEEKS")))


def _reader(turn: Turn) -> Callable[[Answer], str]:
    """The last day, or "first/last", in ISO."""

    def read(answer: Answer) -> str:
        if answer.choice:
            return (turn.today + WEEKS[answer.choice]).isoformat()
        days = _read(turn, answer.text)
        if not days or (len(days) == 2 and days[0] > days[1]):
            text = turn.gettext("I need a day from today on, such as %(date)s. BACK goes back, MENU leaves.")
            raise Unclear(turn.say(text, date=_short(turn.today + timedelta(days=21))))
        return "/".join(day.isoformat() for day in days if len(days) == 1 or day > turn.today or day == days[-1])

    return read


def _read(turn: Turn, text: str) -> list[date]:
    """The days before and after the first "to" that has a day on both sides; or the one day there is."""
    words = {normalise(word) for tag in (turn.language, SOURCE) for word in catalogue(tag).words(W_("TO, UNTIL, TILL"))}
    between = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    said = normalise(text)
    for cut in re.finditer(rf"{DASH.pattern}|\s(?:{between})\s", said):
        last = read_day(said[cut.end() :], turn.language, turn.today)
        first = _first_day(turn, said[: cut.start()], last) if last else None
        if first and last:
            return [first, last]
    only = read_day(text, turn.language, turn.today)
    return [only] if only else []


def _first_day(turn: Turn, said: str, last: date) -> date | None:
    """A number alone is of the last day's month, or, where it is a later one, of the month before."""
    number = NUMBER.fullmatch(said)
    if number is None:
        return read_day(said, turn.language, turn.today)
    with suppress(ValueError):
        ending = last if int(number[1]) <= last.day else last.replace(day=1) - timedelta(days=1)
        return ending.replace(day=int(number[1]))
    return None


def _days(kept: str) -> tuple[date | None, date]:
    *first, until = (date.fromisoformat(day) for day in kept.split("/"))
    return (first[0] if first else None), until


def _short(day: date) -> str:
    return f"{day.day}/{day.month}"
