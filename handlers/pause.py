"""A pause: no messages until a day the parent names, or between two days, as for a holiday or a hard time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from bot.answers import normalise
from bot.conversation import Answer, Choice, Dialogue, Turn, Unclear, ask, say
from handlers.days import read_day
from locales import W_
from nursery import preferences

WEEKS = {"one": timedelta(days=7), "two": timedelta(days=14)}

DASH = re.compile(r"\s+-\s+|\s*[\u2013\u2014]\s*|(?<=[/.]\d)-|(?<=[/.]\d\d)-")
"""Between two days; a date such as 2026-12-20 is one."""


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
        found = [read_day(part, turn.language, turn.today) for part in _parts(turn, answer.text)]
        days = [day for day in found if day is not None]
        if not days or len(days) != len(found) or (len(days) == 2 and days[0] > days[1]):
            text = turn.gettext("I need a day from today on, such as %(date)s. BACK goes back, MENU leaves.")
            raise Unclear(turn.say(text, date=_short(turn.today + timedelta(days=21))))
        return "/".join(day.isoformat() for day in days if len(days) == 1 or day > turn.today or day == days[-1])

    return read


def _parts(turn: Turn, text: str) -> list[str]:
    """What stands before and after the first "to"; all of it, when there is none, or more than two days."""
    between = turn.catalogue.words(W_("TO, UNTIL, TILL"))
    said = normalise(text)
    words = "|".join(re.escape(normalise(word)) for word in between)
    cut = re.split(rf"{DASH.pattern}|\s(?:{words})\s", said, maxsplit=1)
    if len(cut) == 2 and all(read_day(part, turn.language, turn.today) for part in cut):
        return cut
    return [text]


def _days(kept: str) -> tuple[date | None, date]:
    *first, until = (date.fromisoformat(day) for day in kept.split("/"))
    return (first[0] if first else None), until


def _short(day: date) -> str:
    return f"{day.day}/{day.month}"
