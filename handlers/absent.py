"""A child away: why, and until when."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import date
from typing import Any

from babel.dates import get_day_names

from bot.answers import bare_number
from bot.brought import PICTURE
from bot.conversation import Answer, Choice, Dialogue, Goto, Question, Say, Unclear, ask, choose, say
from bot.turn import Turn
from handlers.asking import called, no_child, which_children
from handlers.spans import read_span, span_of
from handlers.standing import CHANGE, COMING, coming, next_day, standing, which_standing
from locales import W_
from nursery import attendance
from nursery.attendance import Absence, Reason
from nursery.inbox import pass_to_staff
from nursery.opening import next_open_day
from nursery.people import Child

ANOTHER_DAY = "another"


def absent(turn: Turn) -> Dialogue:
    """Takes down that a child, or several, are away. The other guardian is not told."""
    none = no_child(turn)
    if none is not None:
        return none
    children = yield from which_children(turn)
    what, children, known = yield from which_standing(turn, children)
    if what == COMING:
        return coming(turn, children, known)
    one, several = turn.gettext("Why is %(child)s away?"), turn.gettext("Why are they away?")
    why = yield from choose("why", _about(turn, one, several, children), _reasons(turn))
    words: dict[str, Any] = {"text": "", "inbound": None}
    if why == Reason.OTHER:
        words = yield from ask("other", turn.gettext("What shall I tell the staff?"))
    first, last = yield from _days(turn, children)
    told = Absence(
        child_id=0,
        guardian_id=turn.guardian.id or 0,
        first_day=first,
        last_day=last,
        reason=why,
        words=words["text"],
        inbound_id=words["inbound"] if words["inbound"] is not None else turn.params.get(PICTURE),
        told_at=turn.now,
    )
    if words["inbound"] is not None:
        pass_to_staff(turn.session, words["inbound"])
    for child in children:
        away = Absence(**told.model_dump(exclude={"child_id"}), child_id=child.id or 0)
        if what == CHANGE and child.id in known:
            attendance.change(turn.session, known[child.id], away, next_day(turn))
        else:
            attendance.tell_away(turn.session, away)
    # of what was told here: what the other guardian told is not this one's to read
    return say(*(_noted(turn, child, told) for child in children), *_illness(turn, children, told))


def absent_corrected(turn: Turn) -> Dialogue:
    """Takes an edit of a message that days away were told in. Plain days are put in the place of those, as other words
    are; else it is asked what is to be done, and where nothing stands any more nothing is said."""
    yield from ()  # it asks nothing
    known = attendance.told_in(turn.session, turn.guardian.id or 0, turn.params["known"])
    children = {child.id: child for child in turn.children()}
    going_on = standing(turn, list(children.values()))
    told = [one for one in known if one in going_on]
    reworded = [one for one in told if one.reason == Reason.OTHER and one.inbound_id in turn.params["known"]]
    for one in reworded:
        one.words = turn.said.text
        turn.session.add(one)
    if reworded:
        return say(turn.gettext("Thank you. I have changed your words."))
    span = _span_said(turn, told)
    if span is None:
        return Say(then=Goto("absent")) if going_on else Say()
    changed = [_moved(turn, one, *span) for one in told]
    return say(*(_noted(turn, children[one.child_id], one) for one in changed))


def _span_said(turn: Turn, told: list[Absence]) -> tuple[date, date] | None:
    """The days that an edited answer says by itself; None where they are not plain: a digit was a choice, and "until"
    says nothing of a first day that is still to come."""
    first, digit = next_day(turn), (bare_number(turn.said.text) or 10) < 10
    span = "" if digit or not told else read_span(turn.said.text, turn.language, turn.today)
    if not span:
        return None
    begins, last = span_of(span)
    if begins is None and any(one.first_day > first for one in told):
        return None
    return begins or min(first, last), last


def _moved(turn: Turn, told: Absence, first: date, last: date) -> Absence:
    moved = Absence(**{**told.model_dump(exclude={"id"}), "first_day": first, "last_day": last, "told_at": turn.now})
    return attendance.change(turn.session, told, moved, next_day(turn))


def _days(turn: Turn, children: list[Child]) -> Generator[Question, Any, tuple[date, date]]:
    """The first and the last day. Where only the last is told it is from the next day of nursery on."""
    first = next_day(turn)
    one, several = turn.gettext("Until when is %(child)s away?"), turn.gettext("Until when are they away?")
    text = _about(turn, one, several, children)
    second = next_open_day(turn.session, turn.setting.id or 0, first)
    read = _reader(turn, second, {"first": first, "second": second})
    told: str = yield from ask("until", text, read=read, choices=_ends(turn, first, second))
    if told == ANOTHER_DAY:
        text = turn.gettext("Until which day, that day included? You can send a day of the week or a date.")
        told = yield from ask("day", text, read=_reader(turn, second, {}))
    begins, last = span_of(told)
    return begins or min(first, last), last


def _ends(turn: Turn, first: date, second: date) -> tuple[Choice, ...]:
    """The first day alone, till the next one open, or another."""
    only = turn.say(turn.gettext("%(day)s only"), day=turn.day(first))
    until = turn.say(turn.gettext("Until %(day)s"), day=turn.day(second))
    another = Choice(ANOTHER_DAY, turn.gettext("Another day"), turn.catalogue.words(W_("ANOTHER, LATER, LONGER")))
    return Choice("first", only), Choice("second", until), another


def _reader(turn: Turn, example: date, days: dict[str, date]) -> Callable[[Answer], str]:
    """Reads one of the days offered, or a day in the parent's words; raises Unclear with an example. Where days were
    offered a lone digit was meant for one of them, not for a day of the month."""

    def read(answer: Answer) -> str:
        if answer.choice:
            return days[answer.choice].isoformat() if answer.choice in days else ANOTHER_DAY
        if days and (bare_number(answer.text) or 10) < 10:
            raise Unclear(_example(turn, example))
        span = read_span(answer.text, turn.language, turn.today)
        if not span:
            raise Unclear(_example(turn, example))
        return span

    return read


def _example(turn: Turn, day: date) -> str:
    weekday = get_day_names("wide", locale=turn.language)[day.weekday()]
    text = turn.gettext("I need a day from today on, such as %(weekday)s or %(date)s. BACK goes back, MENU leaves.")
    return turn.say(text, weekday=weekday, date=f"{day.day}/{day.month}")


def _noted(turn: Turn, child: Child, told: Absence) -> str:
    days = {"child": called(turn, child, turn.children()), "last": turn.day(told.last_day)}
    if told.first_day == told.last_day:
        return turn.say(turn.gettext("Thank you. %(child)s is down as away on %(last)s."), **days)
    text = turn.gettext("Thank you. %(child)s is down as away from %(first)s until %(last)s.")
    return turn.say(text, first=turn.day(told.first_day), **days)


def _illness(turn: Turn, children: list[Child], told: Absence) -> tuple[str, ...]:
    """UKHSA: 48 hours after the last sickness or diarrhoea."""
    if told.reason != Reason.ILL:
        return ()
    one = turn.gettext(
        "We hope %(child)s is better soon. After sickness or diarrhoea, please wait until 48 hours after "
        "the last time. Staff may ring you."
    )
    several = turn.gettext(
        "We hope they are better soon. After sickness or diarrhoea, please wait until 48 hours after "
        "the last time. Staff may ring you."
    )
    return (_about(turn, one, several, children),)


def _reasons(turn: Turn) -> tuple[Choice, ...]:
    return (
        Choice(Reason.ILL, turn.gettext("Ill"), turn.catalogue.words(W_("ILL, SICK, POORLY, UNWELL, FEVER, COLD"))),
        Choice(Reason.HOLIDAY, turn.gettext("Holiday"), turn.catalogue.words(W_("HOLIDAY, HOLIDAYS, TRAVEL"))),
        Choice(
            Reason.APPOINTMENT, turn.gettext("Appointment"), turn.catalogue.words(W_("APPOINTMENT, DOCTOR, DENTIST"))
        ),
        Choice(Reason.OTHER, turn.gettext("Something else"), turn.catalogue.words(W_("OTHER, ELSE"))),
    )


def _about(turn: Turn, one: str, several: str, children: list[Child]) -> str:
    return turn.say(one, child=children[0].first_name) if len(children) == 1 else several
