"""BOOK: a guardian's own bookings, to change, and the times with staff that can be booked for a child."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from bot.conversation import Choice, Dialogue, Goto, Question, Say, choose, say
from bot.turn import Turn
from handlers.asking import no_child, which_child
from handlers.booked import details, kind_name, moment
from handlers.booking_times import NONE, tell_staff, to_times, told
from nursery import bookings, free_times
from nursery.appointments import Appointment, Kind
from nursery.people import Child


def book(turn: Turn) -> Dialogue:
    """Shows what is booked, to change it; else goes on to the times there are."""
    nobody = no_child(turn)
    if nobody is not None:
        return nobody
    mine = _mine(turn)
    if not mine:
        return Say(then=Goto("book_new"))
    booked = mine[0] if len(mine) == 1 else (yield from _which(turn, mine))
    child = turn.session.get_one(Child, booked.child_id)
    asked = turn.gettext("What would you like to do?")
    done = yield from choose(f"change:{booked.id}", f"{details(turn, booked, child)}\n{asked}", _changes(turn))
    return _changed(turn, booked, child, done)


def book_new(turn: Turn) -> Dialogue:
    """The child, what it is for, and on to the times; with parameters, of what is known already."""
    nobody = no_child(turn)
    if nobody is not None:
        return nobody
    known = [child for child in turn.children() if child.id == turn.params.get("child")]
    child, kind = known[0] if known else (yield from which_child(turn)), turn.params.get("kind")
    if kind:
        before = bookings.booked_for(turn.session, turn.guardian.id or 0, child.id or 0, kind, turn.now)
        return told(turn, before, child) if before else to_times(turn, child, kind)
    kinds = _kinds(turn, child)
    if len(kinds) < 2:
        return to_times(turn, child, kinds[0] if kinds else None)
    choices = (*(Choice(one, kind_name(turn, one)) for one in kinds), Choice(NONE, turn.gettext("Something else")))
    chosen = yield from choose("kind", turn.gettext("What would you like a time for?"), choices)
    return to_times(turn, child, None if chosen == NONE else chosen)


def _mine(turn: Turn) -> list[Appointment]:
    allowed = {child.id for child in turn.children()}
    mine = bookings.booked_by(turn.session, turn.guardian.id or 0, turn.now)
    return [one for one in mine if one.child_id in allowed]


def _which(turn: Turn, mine: list[Appointment]) -> Generator[Question, Any, Appointment]:
    names = {child.id: child.first_name for child in turn.children()}
    choices = tuple(Choice(str(one.id), f"{names[one.child_id]}, {moment(turn, one)}") for one in mine)
    key = yield from choose("booking", turn.gettext("You have these booked. Which one is it about?"), choices)
    return next(one for one in mine if str(one.id) == key)


def _changes(turn: Turn) -> tuple[Choice, ...]:
    return (
        Choice("move", turn.gettext("Another time")),
        Choice("give up", turn.gettext("I can't come")),
        Choice("another", turn.gettext("Book something else")),
        Choice("keep", turn.gettext("Leave it as it is")),
    )


def _changed(turn: Turn, booked: Appointment, child: Child, done: str) -> Say:
    if done == "move":
        return to_times(turn, child, booked.kind)
    if done == "another":
        return Say(then=Goto("book_new"))
    if done == "keep":
        return say(turn.gettext("That is fine. We look forward to seeing you."))
    tell_staff(turn, f"given up:{booked.id}:{turn.said.inbound_id}", "booking given up", child, booked)
    bookings.give_up(turn.session, booked, turn.now)
    return say(turn.gettext("Thank you for telling us. It is no longer booked. For another time, text BOOK."))


def _kinds(turn: Turn, child: Child) -> list[Kind]:
    """What there are free times for; a kind that this guardian has booked is changed, not booked again."""
    free = {one.kind for one in free_times.free_for(turn.session, child, turn.guardian.id or 0, turn.now)}
    booked = {one.kind for one in _mine(turn) if one.child_id == child.id}
    return [kind for kind in Kind if kind in free - booked]
