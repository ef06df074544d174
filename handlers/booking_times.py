"""The times of a booking: the one that suits is taken, and where none does, staff look for another."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from bot.conversation import Answer, Choice, Dialogue, Goto, Question, Say, Withheld, ask, choose, say
from bot.conversation import words_or_media as words_of
from bot.turn import Turn
from handlers.asking import being_sent, no_child
from handlers.booked import details, kind_name, moment
from handlers.pages import choose_of
from locales import W_
from nursery import appointments, bookings, free_times
from nursery.appointments import OFFERED, SHOWN, Appointment, Kind
from nursery.inbox import pass_to_staff
from nursery.opening import working_days_after
from nursery.people import Child, Staff
from nursery.queries import owner_for
from nursery.settings import Setting
from nursery.tasks import raise_task

NONE = "none"
"""The choice that none of the times suits."""


def book_time(turn: Turn) -> Dialogue:
    """Takes one of the times that were offered. The list stays as it was shown, so that a number means what was read.

    One booking a guardian, child and kind: choosing again moves it.
    """
    child, kind = _child(turn), Kind(turn.params["kind"])
    if child is None:
        return _not_yours(turn)
    offered = appointments.named(turn.session, turn.params["offered"])
    key = yield from _choose_time(turn, child, kind, offered)
    if key == NONE:
        return Say(then=Goto("book_ask", {"child": child.id, "kind": kind}))
    chosen = next(one for one in offered if str(one.id) == key)
    before = bookings.booked_for(turn.session, turn.guardian.id or 0, child.id or 0, kind, turn.now)
    if before is not None and before.id == chosen.id:
        return told(turn, chosen, child)
    if not free_times.is_free(chosen, turn.guardian.id or 0, turn.now):
        return to_times(turn, child, kind, gone=True)
    if before is not None:
        if not bookings.move(turn.session, before, chosen.id or 0, turn.now):
            return to_times(turn, child, kind, gone=True)
        _tell_needs(turn, child, chosen)
        return told(turn, chosen, child)
    if not bookings.take(turn.session, chosen.id or 0, turn.guardian.id or 0, child.id or 0, turn.now):
        return to_times(turn, child, chosen.kind, gone=True)
    return Say(then=Goto("book_needs", {"child": child.id, "appointment": chosen.id, "before": ("book",)}))


def book_needs(turn: Turn) -> Dialogue:
    """The time is theirs by now, even if this is never answered: what do they need there?"""
    child, chosen = _child(turn), turn.session.get_one(Appointment, turn.params["appointment"])
    if child is None:
        return _not_yours(turn)
    if chosen not in bookings.booked_by(turn.session, turn.guardian.id or 0, turn.now):
        raise Withheld("no longer booked")
    needs = yield from _needs(turn)
    bookings.note_needs(turn.session, chosen, needs["interpreter"], needs["text"], needs["inbound"])
    if needs["inbound"] is not None:
        pass_to_staff(turn.session, needs["inbound"])
    _tell_needs(turn, child, chosen)
    return told(turn, chosen, child)


def _tell_needs(turn: Turn, child: Child, booked: Appointment) -> None:
    """Of a time that was moved too: what was arranged for the time before is of no use for this one."""
    if booked.interpreter or booked.inbound_id is not None:
        kind = "interpreter for a booking" if booked.interpreter else "needs for a booking"
        tell_staff(turn, f"booking needs:{booked.id}:{turn.said.inbound_id}", kind, child, booked)


def _choose_time(turn: Turn, child: Child, kind: Kind, offered: list[Appointment]) -> Generator[Question, Any, str]:
    """The times a page at a time; whom they are with is said once where it is the same for all."""
    alike = len({one.staff_id for one in offered}) == 1
    choices = [Choice(str(one.id), moment(turn, one, named=not alike)) for one in offered]
    none = Choice(NONE, turn.gettext("None of these"), turn.catalogue.words(W_("NONE, NEITHER")))
    text = turn.gettext("%(kind)s, %(child)s: which time suits you?")
    known = {"kind": kind_name(turn, kind), "child": child.first_name}
    if alike:
        text = turn.gettext("%(kind)s, %(child)s, %(staff)s: which time suits you?")
        known["staff"] = turn.session.get_one(Staff, offered[0].staff_id).name
    asked = turn.say(text, **known)
    return (
        yield from choose_of(
            turn, "time", _after(_why(turn, child), asked), choices, always=(none,), longest=SHOWN + 1, again=asked
        )
    )


def book_ask(turn: Turn) -> Dialogue:
    """No time suits, or there is none: staff find one."""
    child = _child(turn)
    if child is None:
        return _not_yours(turn)
    why, kind = _why(turn, child), turn.params.get("kind")
    if kind is None:
        choices = tuple(Choice(one, kind_name(turn, one)) for one in Kind)
        asked = turn.gettext("What would you like a time for?")
        kind, why = (yield from choose("kind", _after(why, asked), choices)), ""
    asked = turn.gettext("Which days and times would suit you? We will look for one.")
    words = yield from ask("when", _after(why, asked))
    if words["inbound"] is not None:
        pass_to_staff(turn.session, words["inbound"])
    tell_staff(turn, f"time:{turn.guardian.id}:{turn.said.inbound_id}", "asks for a time", child, about=str(kind))
    setting = turn.session.get_one(Setting, child.setting_id)
    owner = owner_for(turn.session, setting, child, turn.today)
    text = turn.gettext("Thank you. %(staff)s looks for a time and writes to you by %(day)s. Or ring %(phone)s.")
    known = {"day": turn.day(working_days_after(turn.today, 2)), "phone": setting.phone}
    return say(turn.say(text, staff=owner.name if owner else setting.name, **known))


def to_times(turn: Turn, child: Child, kind: str | None, *, gone: bool = False) -> Say:
    """On to the times there are of that kind, or, where there are none, to asking for one."""
    every = free_times.free_for(turn.session, child, turn.guardian.id or 0, turn.now)
    free = [one for one in every if one.kind == kind]
    why: dict[str, Any] = {"gone": True} if gone else {}
    if not free:
        why |= {"empty": True} if kind or not every else {}
        return Say(then=Goto("book_ask", {"child": child.id, "kind": kind, **why}))
    offered = [one.id for one in free[:OFFERED]]
    return Say(then=Goto("book_time", {"child": child.id, "kind": str(kind), "offered": offered, **why}))


def told(turn: Turn, booked: Appointment, child: Child) -> Say:
    """What is booked, said in full."""
    parts = (turn.gettext("Booked."), details(turn, booked, child), turn.gettext("To change it, text BOOK."))
    return say(" ".join(parts))


def tell_staff(
    turn: Turn, key: str, kind: str, child: Child, booked: Appointment | None = None, *, about: str = ""
) -> None:
    """A task for whom the booking is with, or else the key person."""
    setting = turn.session.get_one(Setting, child.setting_id)
    owner = owner_for(turn.session, setting, child, turn.today)
    raise_task(
        turn.session,
        key,
        kind,
        now=turn.now,
        setting_id=child.setting_id,
        staff_id=booked.staff_id if booked else owner.id if owner else None,
        guardian_id=turn.guardian.id,
        child_id=child.id,
        about=f"time {booked.id}" if booked else about,
        due_at=booked.starts_at if booked else None,
    )


def _child(turn: Turn) -> Child | None:
    return next((child for child in turn.children() if child.id == turn.params["child"]), None)


def _not_yours(turn: Turn) -> Say:
    """The right to speak about this child has been taken back since."""
    if being_sent(turn):
        raise Withheld("not allowed")
    return no_child(turn) or Say(then=Goto("menu"))


def _why(turn: Turn, child: Child) -> str:
    """What has to be said first."""
    cancelled = turn.session.get(Appointment, turn.params.get("cancelled", 0))
    if cancelled is not None:
        sorry = turn.gettext("We are sorry, we have to call this off:")
        return f"{sorry}\n{details(turn, cancelled, child)}"
    if turn.params.get("gone"):
        return turn.gettext("I am sorry, that time has just gone.")
    return turn.gettext("There is no free time on my list just now.") if turn.params.get("empty") else ""


def _after(why: str, text: str) -> str:
    return f"{why}\n{text}" if why else text


def _needs(turn: Turn) -> Generator[Question, Any, dict[str, Any]]:
    text = turn.gettext("Do you need anything there, such as an interpreter or step-free access?")
    choices = (Choice("interpreter", turn.gettext("An interpreter")), Choice("nothing", turn.gettext("Nothing needed")))
    needs: dict[str, Any] = yield from ask("needs", text, read=_read_needs, choices=choices)
    return needs


def _read_needs(answer: Answer) -> dict[str, Any]:
    if answer.choice:
        return {"interpreter": answer.choice == "interpreter", "text": "", "inbound": None}
    return {"interpreter": False, **words_of(answer)}
