"""A pause: no messages until a day the parent names, as for a holiday or a hard time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from bot.conversation import Answer, Choice, Dialogue, Turn, Unclear, ask, say
from handlers.days import read_day
from locales import W_
from nursery import preferences

WEEKS = {"one": timedelta(days=7), "two": timedelta(days=14)}


def pause(turn: Turn) -> Dialogue:
    """Asks until when; said again during a pause, it ends it."""
    if preferences.is_paused(turn.guardian, turn.today):
        preferences.end_pause(turn.session, turn.guardian)
        return say(turn.gettext("The pause is over. You will get messages from us again."))
    text = turn.gettext("Until which day shall we send you nothing, that day included? Send a day or a date.")
    until = date.fromisoformat((yield from ask("until", text, read=_reader(turn), choices=_choices(turn))))
    preferences.pause(turn.session, turn.guardian, until)
    text = turn.gettext(
        "We send you nothing until %(day)s. You can still ask us anything, and if it is urgent, staff will ring you. "
        "To end the pause, text PAUSE."
    )
    return say(turn.say(text, day=turn.day(until)))


def _choices(turn: Turn) -> tuple[Choice, ...]:
    one = Choice("one", turn.gettext("For one week"), turn.catalogue.words(W_("ONE WEEK, A WEEK, WEEK")))
    return one, Choice("two", turn.gettext("For two weeks"), turn.catalogue.words(W_("TWO WEEKS, 2 WEEKS")))


def _reader(turn: Turn) -> Callable[[Answer], str]:
    def read(answer: Answer) -> str:
        if answer.choice:
            return (turn.today + WEEKS[answer.choice]).isoformat()
        found = read_day(answer.text, turn.language, turn.today)
        if found is None:
            example = turn.today + timedelta(days=21)
            text = turn.gettext("I need a day from today on, such as %(date)s. BACK goes back, MENU leaves.")
            raise Unclear(turn.say(text, date=f"{example.day}/{example.month}"))
        return found.isoformat()

    return read
