"""A child away: why, and until when."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import date
from typing import Any

from babel.dates import get_day_names

from bot.answers import bare_number
from bot.brought import PICTURE
from bot.conversation import Answer, Choice, Dialogue, Question, Say, Turn, Unclear, ask, choose, say
from handlers.asking import called, no_child, which_children
from handlers.spans import read_span, span_of
from locales import W_
from nursery import attendance, day_changes
from nursery.attendance import Absence, Reason
from nursery.day_changes import Change, Told
from nursery.inbox import pass_to_staff
from nursery.opening import next_open_day
from nursery.people import Child

ANOTHER_DAY = "another"
CHANGE, COMING, MORE = "change", "coming", "more"


def absent(turn: Turn) -> Dialogue:
    """Takes down that a child, or several, are away. The other guardian is not told."""
    none = no_child(turn)
    if none is not None:
        return none
    children = yield from which_children(turn)
    known = _standing(turn, children)
    what = MORE if not known else (yield from choose("standing", _what(turn, children, known), _ways(turn, children)))
    if what == COMING:
        return _coming(turn, children, known)
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
            attendance.change(turn.session, known[child.id], away, _next(turn))
        else:
            attendance.tell_away(turn.session, away)
    # of what was told here: what the other guardian told is not this one's to read
    return say(*(_noted(turn, child, told) for child in children), *_illness(turn, children, told))


def _standing(turn: Turn, children: list[Child]) -> dict[int | None, Absence]:
    """What this guardian has told that is not over, by child, of several the next. What the other has told is not this
    one's to read, and not to take back."""
    told = attendance.standing(turn.session, turn.speaker.guardian_id or 0, turn.today)
    going_on = [one for one in told if one.last_day >= _next(turn)]
    mine = {child.id for child in children}
    return {one.child_id: one for one in reversed(going_on) if one.child_id in mine}


def _next(turn: Turn) -> date:
    return attendance.next_session(turn.session, turn.setting, turn.now)


def _what(turn: Turn, children: list[Child], known: dict[int | None, Absence]) -> str:
    if len(children) > 1:
        return turn.gettext("You have told us of days when they are away. What shall I do?")
    name, told = called(turn, children[0], turn.children()), known[children[0].id]
    if told.first_day == told.last_day:
        text = turn.gettext("You have told us that %(child)s is away on %(last)s. What shall I do?")
        return turn.say(text, child=name, last=turn.day(told.last_day))
    text = turn.gettext("You have told us that %(child)s is away from %(first)s until %(last)s. What shall I do?")
    return turn.say(text, child=name, first=turn.day(told.first_day), last=turn.day(told.last_day))


def _ways(turn: Turn, children: list[Child]) -> tuple[Choice, ...]:
    one, several = turn.gettext("%(child)s is coming after all"), turn.gettext("They are coming after all")
    return (
        Choice(CHANGE, turn.gettext("Change it"), turn.catalogue.words(W_("CHANGE"))),
        Choice(COMING, _about(turn, one, several, children), turn.catalogue.words(W_("COMING, COMING AFTER ALL"))),
        Choice(MORE, turn.gettext("Add other days")),
    )


def _coming(turn: Turn, children: list[Child], known: dict[int | None, Absence]) -> Say:
    """The absence is taken back, which stays on record as a change of the day; staff, who count on it, have a task."""
    for child in children:
        if child.id in known:
            was = known[child.id]
            at = Told(f"{was.first_day} - {was.last_day}", turn.said.inbound_id)
            attendance.take_back(turn.session, was, _next(turn))
            day_changes.tell(turn.session, turn.setting, child, turn.guardian, Change.COMING, at=at, now=turn.now)
    one = turn.gettext("Thank you. I have told staff that %(child)s is coming after all.")
    several = turn.gettext("Thank you. I have told staff that they are coming after all.")
    return say(turn.say(one, child=called(turn, children[0], turn.children())) if len(children) == 1 else several)


def _days(turn: Turn, children: list[Child]) -> Generator[Question, Any, tuple[date, date]]:
    """The first and the last day. Where only the last is told it is from the next day of nursery on."""
    first = _next(turn)
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
