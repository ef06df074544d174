"""Events: what is on, whether a guardian comes and with whom, the reminders before, and the waiting list."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from bot.conversation import Choice, Dialogue, Goto, Question, Say, Withheld, choose, say
from bot.turn import Turn
from handlers.asking import MAYBE, NO, YES, being_sent, said_as
from handlers.calendar_link import CALENDAR, added, link, without_events
from handlers.venue import access_facts, titled
from handlers.wishes import how_many, tell_staff, wishes
from nursery import events, rsvps
from nursery.events import Event
from nursery.matters import Matter
from nursery.rsvps import Coming, Party, Rsvp


def event(turn: Turn) -> Dialogue:
    """Shows the coming events, one in detail, and takes the answer. Doing it again changes it."""
    coming = events.invited_to(turn.session, turn.guardian.id or 0, turn.now)
    if not coming:
        return (yield from without_events(turn))
    chosen = coming[0] if len(coming) == 1 else (yield from _which(turn, coming))
    rsvp = _rsvp(turn, chosen)
    details = [_details(turn, chosen)]
    if rsvp is not None:
        details.append(_standing(turn, rsvp))
    details.append(turn.gettext("Are you coming?"))
    answer = yield from choose(f"coming:{chosen.id}", "\n".join(details), (*_answers(turn), added(turn)))
    if answer == CALENDAR:
        return (yield from link(turn))
    return (yield from _answered(turn, chosen, Coming(answer)))


def event_wishes(turn: Turn) -> Dialogue:
    """Whoever is coming is on the list by now, even if this is never answered: what would help them there?"""
    shown = turn.session.get_one(Event, turn.params["event"])
    rsvp = _rsvp(turn, shown)
    if rsvp is None or _is_over(turn, shown):
        return _over(turn)
    if rsvp.answer not in (Coming.YES, Coming.WAITING):
        return say(_standing(turn, rsvp))
    return _keep(turn, shown, Coming.YES, (yield from wishes(turn, shown, turn.params["people"])))


def event_reminder(turn: Turn) -> Dialogue:
    """Before an event: reminds whoever is coming, who may still say no; asks whoever has not said; leaves the others
    alone."""
    reminded = turn.session.get_one(Event, turn.params["event"])
    rsvp = _rsvp(turn, reminded)
    answer = Coming(rsvp.answer) if rsvp else None
    if being_sent(turn):
        _check_wanted(turn, reminded, answer)
    elif _is_over(turn, reminded):
        return _over(turn)
    text = _in_short(turn, reminded) if answer == Coming.YES else _details(turn, reminded)
    if answer == Coming.YES:
        said = turn.gettext("You said that you are coming. Is that still right?")
        changed = Coming((yield from choose("still", f"{text}\n{said}", _answers(turn)[:2])))
        return _keep(turn, reminded, changed)
    asked = turn.gettext("Are you coming?")
    said_now = Coming((yield from choose("coming", f"{text}\n{asked}", _answers(turn))))
    return (yield from _answered(turn, reminded, said_now))


def event_place(turn: Turn) -> Dialogue:
    """A place has become free for someone on the waiting list, and is kept until they answer."""
    free = turn.session.get_one(Event, turn.params["event"])
    rsvp = _rsvp(turn, free)
    if being_sent(turn) and (rsvp is None or rsvp.answer != Coming.OFFERED or _is_over(turn, free)):
        raise Withheld("no longer wanted")
    if rsvp is None or _is_over(turn, free):
        return _over(turn)
    text = turn.gettext("Good news: there is a place for you now. We keep it until %(day)s at %(time)s.")
    until = rsvp.answer_by or free.starts_at
    told = turn.say(text, day=turn.day(until), time=turn.time(until))
    answer = yield from choose("coming", f"{_in_short(turn, free)}\n{told}", _answers(turn)[:2])
    return _keep(turn, free, Coming(answer))


def event_cancelled(turn: Turn) -> Dialogue:
    """Tells a guest that an event will not take place."""
    yield from ()  # it asks nothing
    gone = turn.session.get_one(Event, turn.params["event"])
    if gone.cancelled_at is None or gone.starts_at <= turn.now:
        raise Withheld("not called off")
    title = _title(turn, gone)
    known = {"title": title, "day": turn.day(gone.starts_at), "time": turn.time(gone.starts_at)}
    text = turn.gettext("We are sorry: %(title)s on %(day)s at %(time)s will not take place.")
    read = turn.read(Matter.EVENT, gone.cancel_reason, setting_id=gone.setting_id)
    reason = f"\n{read.told}" if gone.cancel_reason else ""
    return say(turn.say(text, **known) + reason)


def _which(turn: Turn, coming: list[Event]) -> Generator[Question, Any, Event]:
    choices = tuple(
        Choice(
            str(one.id),
            turn.say(f"%(title)s{turn.catalogue.comma}%(day)s", title=_title(turn, one), day=turn.day(one.starts_at)),
        )
        for one in coming
    )
    key = yield from choose(
        "event", turn.gettext("This is what is on. Which would you like to know more about?"), choices
    )
    return next(one for one in coming if str(one.id) == key)


def _answers(turn: Turn) -> tuple[Choice, Choice, Choice]:
    return (
        Choice(Coming.YES, turn.gettext("We are coming"), said_as(turn, YES)),
        Choice(Coming.NO, turn.gettext("We can't come"), said_as(turn, NO)),
        Choice(Coming.MAYBE, turn.gettext("Not sure yet"), said_as(turn, MAYBE)),
    )


def _answered(turn: Turn, chosen: Event, answer: Coming) -> Generator[Question, Any, Say]:
    if answer != Coming.YES:
        return _keep(turn, chosen, answer)
    people = 1 if chosen.capacity is None else (yield from how_many(turn, chosen.capacity))
    before = _rsvp(turn, chosen) or Rsvp(event_id=0, guardian_id=0, answer="", at=turn.now)
    known = Party(people, before.wants.split(",") if before.wants else (), before.needs, before.inbound_id)
    rsvps.respond(turn.session, chosen, turn.guardian.id or 0, answer, turn.now, known)
    kept = _rsvp(turn, chosen)
    placed = kept.people if kept else people
    told = turn.gettext("There is no room for more. You are on the list with as many as before.")
    wishing = Goto("event_wishes", {"event": chosen.id, "people": placed, "before": ("event",)})
    return Say((told,) if placed < people else (), wishing)


def _keep(turn: Turn, chosen: Event, answer: Coming, party: Party | None = None) -> Say:
    kept = rsvps.respond(turn.session, chosen, turn.guardian.id or 0, answer, turn.now, party)
    if party is not None and (party.wants or party.needs or party.inbound_id):
        tell_staff(turn, chosen, party)
    rsvp = _rsvp(turn, chosen)
    return say(_standing(turn, rsvp) if rsvp else "", outcome=kept.value)


def _standing(turn: Turn, rsvp: Rsvp) -> str:
    return {
        Coming.YES: turn.gettext("You are on the list. We look forward to seeing you."),
        Coming.NO: turn.gettext("You are down as not coming. Thank you for telling us."),
        Coming.MAYBE: turn.gettext("You are down as not sure yet. To change it, text EVENTS."),
        Coming.WAITING: turn.gettext(
            "It is full just now. You are on the waiting list, and we will tell you of a free place."
        ),
        Coming.OFFERED: turn.gettext("Good news: there is a place for you now."),
        Coming.LAPSED: turn.gettext("We did not hear from you in time, so your place is no longer kept."),
    }[Coming(rsvp.answer)]


def _rsvp(turn: Turn, shown: Event) -> Rsvp | None:
    return rsvps.rsvp_of(turn.session, shown.id or 0, turn.guardian.id or 0)


def _is_over(turn: Turn, shown: Event) -> bool:
    return shown.starts_at <= turn.now or shown.cancelled_at is not None


def _over(turn: Turn) -> Say:
    return say(turn.gettext("This event is over or will not take place. For what is on, text EVENTS."))


def _check_wanted(turn: Turn, reminded: Event, answer: Coming | None) -> None:
    if _is_over(turn, reminded):
        raise Withheld("cancelled")
    if answer in (Coming.NO, Coming.WAITING, Coming.OFFERED, Coming.LAPSED):
        raise Withheld("not coming")
    if answer is None and turn.params["when"] == "hours":
        raise Withheld("never answered")
    invited = events.invited_to(turn.session, turn.guardian.id or 0, turn.now, most=1000)
    if reminded.id not in {one.id for one in invited}:
        raise Withheld("not invited")


def _in_short(turn: Turn, shown: Event) -> str:
    """What, when and where, for who has read the rest."""
    title, day, time = (
        _title(turn, shown),
        turn.day(shown.starts_at),
        turn.time(shown.starts_at),
    )
    parts = [turn.say(turn.gettext("%(title)s: %(day)s at %(time)s."), title=title, day=day, time=time)]
    if shown.place:
        parts.append(turn.say(turn.gettext("Where: %(place)s."), place=shown.place))
    return " ".join(parts)


def _title(turn: Turn, shown: Event) -> str:
    return titled(turn, shown.title, shown.setting_id, shown.room_id)


def _details(turn: Turn, shown: Event) -> str:
    text = " ".join([_in_short(turn, shown), *access_facts(turn.catalogue, shown)])
    read = turn.read(Matter.EVENT, shown.notes, setting_id=shown.setting_id)
    return f"{text}\n{read.told}" if shown.notes else text
