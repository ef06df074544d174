"""Days away that a guardian has told us of and that are not over: which is meant, and what becomes of them."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from typing import Any

from bot.conversation import Choice, Question, Say, choose, say
from bot.turn import Turn
from handlers.asking import called
from locales import W_
from nursery import attendance, day_changes
from nursery.attendance import Absence
from nursery.day_changes import Change, Told
from nursery.people import Child

CHANGE, COMING, MORE = "change", "coming", "more"
Standing = dict[int | None, Absence]
"""By child."""


def next_day(turn: Turn) -> date:
    """From which day on what is told now holds."""
    return attendance.next_session(turn.session, turn.setting, turn.now)


def standing(turn: Turn, children: list[Child]) -> list[Absence]:
    """What this guardian has told of these children that is not over, the next first. What the other has told is not
    this one's to read, and not to take back."""
    told = attendance.standing(turn.session, turn.speaker.guardian_id or 0, turn.today)
    if not told:  # nearly always; the next session costs two looks
        return []
    mine, following = {child.id for child in children}, next_day(turn)
    return [one for one in told if one.last_day >= following and one.child_id in mine]


def which_standing(turn: Turn, children: list[Child]) -> Generator[Question, Any, tuple[str, list[Child], Standing]]:
    """What is to be done, for which of these children, and what stands: MORE where nothing does. Of days told of at
    several times it is asked first which it is about. What is said of one absence, which may be over by then, is never
    taken for another."""
    told = standing(turn, children)
    spans = {f"{one.first_day}/{one.last_day}": one for one in told}
    if not spans:
        return MORE, children, {}
    about, *others = spans
    if others:
        text = turn.gettext("You have told us of more than one absence. Which is it about?")
        days = tuple(Choice(key, _days(turn, one)) for key, one in spans.items())
        about = yield from choose("which", text, (*days, Choice(MORE, turn.gettext("Add other days"))))
        if about == MORE:
            return MORE, children, {}
        told = [one for one in told if f"{one.first_day}/{one.last_day}" == about]
        children = [child for child in children if child.id in {one.child_id for one in told}]
    known: Standing = {one.child_id: one for one in told}
    what = yield from choose(f"standing:{about}", _what(turn, children, known), _ways(turn, children))
    return what, children, known


def coming(turn: Turn, children: list[Child], known: Standing) -> Say:
    """The absence is taken back, which stays on record as a change of the day; staff, who count on it, have a task."""
    for child in children:
        if child.id in known:
            was = known[child.id]
            at = Told(f"{was.first_day} - {was.last_day}", turn.said.inbound_id)
            attendance.take_back(turn.session, was, next_day(turn))
            day_changes.tell(turn.session, turn.setting, child, turn.guardian, Change.COMING, at=at, now=turn.now)
    one = turn.gettext("Thank you. I have told staff that %(child)s is coming after all.")
    several = turn.gettext("Thank you. I have told staff that they are coming after all.")
    return say(turn.say(one, child=called(turn, children[0], turn.children())) if len(children) == 1 else several)


def _days(turn: Turn, told: Absence) -> str:
    if told.first_day == told.last_day:
        return turn.day(told.last_day)
    return turn.say("%(first)s - %(last)s", first=turn.day(told.first_day), last=turn.day(told.last_day))


def _what(turn: Turn, children: list[Child], known: Standing) -> str:
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
    back = turn.say(one, child=children[0].first_name) if len(children) == 1 else several
    return (
        Choice(CHANGE, turn.gettext("Change it"), turn.catalogue.words(W_("CHANGE"))),
        Choice(COMING, back, turn.catalogue.words(W_("COMING, COMING AFTER ALL"))),
        Choice(MORE, turn.gettext("Add other days")),
    )
