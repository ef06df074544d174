"""A pause: no messages until a day the parent names, or between two days, as for a holiday or a hard time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from bot.conversation import Answer, Choice, Dialogue, Unclear, ask, say
from bot.turn import Turn
from handlers.spans import read_span, span_of
from handlers.stop import still_stopped
from locales import W_
from nursery import preferences

WEEKS = {"one": timedelta(days=7), "two": timedelta(days=14)}


def pause(turn: Turn) -> Dialogue:
    """Asks until when; said again during a pause, or before one that is to come, it ends it. Who has stopped everything
    is told how to begin again."""
    if stopped := still_stopped(turn):
        return say(*stopped)
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
    first, until = span_of(days)
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
        span = _span(turn, answer.text)
        if not span:
            text = turn.gettext("I need a day from today on, such as %(date)s. BACK goes back, MENU leaves.")
            raise Unclear(turn.say(text, date=_short(turn.today + timedelta(days=21))))
        return span

    return read


def _span(turn: Turn, said: str) -> str:
    """As it is read; where the last day would be today by its weekday, "until Monday" is a week later."""
    span = read_span(said, turn.language, turn.today)
    if span != turn.today.isoformat():
        return span
    later = read_span(said, turn.language, turn.today + timedelta(days=1))
    return later if later == (turn.today + WEEKS["one"]).isoformat() else span


def _short(day: date) -> str:
    return f"{day.day}/{day.month}"
