"""Events: what is on, whether a guardian comes, and the reminders before."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from bot.conversation import Choice, Dialogue, Question, Say, Turn, Withheld, choose, say
from handlers.asking import ask_or_skip, being_sent
from nursery import events
from nursery.events import Coming, Event
from nursery.notices import in_english
from nursery.tasks import raise_task


def event(turn: Turn) -> Dialogue:
    """Shows the coming events, one in detail, and takes the answer. Doing it again changes it."""
    coming = events.invited_to(turn.session, turn.guardian.id or 0, turn.now)
    if not coming:
        return say(turn.gettext("There is no event in our calendar now. We will tell you when there is one."))
    chosen = coming[0] if len(coming) == 1 else (yield from _which(turn, coming))
    rsvp = events.rsvp_of(turn.session, chosen.id or 0, turn.guardian.id or 0)
    details = [_details(turn, chosen)]
    if rsvp is not None:
        details.append(_standing(turn, Coming(rsvp.answer)))
    return (yield from _answer(turn, chosen, "\n".join(details)))


def event_reminder(turn: Turn) -> Dialogue:
    """Before an event: reminds whoever is coming, asks whoever has not said, leaves the others alone."""
    reminded = turn.session.get_one(Event, turn.params["event"])
    rsvp = events.rsvp_of(turn.session, reminded.id or 0, turn.guardian.id or 0)
    answer = Coming(rsvp.answer) if rsvp else None
    text = _details(turn, reminded)
    if being_sent(turn):
        _check_wanted(turn, reminded, answer)
        if answer == Coming.YES:
            return say(text, turn.gettext("You said that you are coming. If that has changed, text EVENTS."))
    elif reminded.starts_at <= turn.now or reminded.cancelled_at is not None:
        return say(turn.gettext("This event is over or will not take place. For what is on, text EVENTS."))
    return (yield from _answer(turn, reminded, text))


def event_place(turn: Turn) -> Dialogue:
    """A place has become free for someone on the waiting list."""
    yield from ()  # it asks nothing
    free = turn.session.get_one(Event, turn.params["event"])
    rsvp = events.rsvp_of(turn.session, free.id or 0, turn.guardian.id or 0)
    if rsvp is None or rsvp.answer != Coming.YES or free.cancelled_at is not None:
        raise Withheld("no longer wanted")
    text = turn.gettext("Good news: there is a place for you now. If you can't come, text EVENTS.")
    return say(f"{_details(turn, free)}\n{text}")


def _which(turn: Turn, coming: list[Event]) -> Generator[Question, Any, Event]:
    choices = tuple(
        Choice(str(one.id), turn.say("%(title)s, %(day)s", title=one.title, day=turn.day(one.starts_at)))
        for one in coming
    )
    key = yield from choose(
        "event", turn.gettext("This is what is on. Which would you like to know more about?"), choices
    )
    return next(one for one in coming if str(one.id) == key)


def _answer(turn: Turn, chosen: Event, text: str) -> Generator[Question, Any, Say]:
    choices = (
        Choice(Coming.YES, turn.gettext("We are coming")),
        Choice(Coming.NO, turn.gettext("We can't come")),
        Choice(Coming.MAYBE, turn.gettext("Not sure yet")),
    )
    coming = turn.gettext("Are you coming?")
    answer = Coming((yield from choose("coming", f"{text}\n{coming}", choices)))
    needs = ""
    if answer == Coming.YES:
        asked = turn.gettext(
            "Is there anything we should know, so that you can take part? An interpreter, a ramp, food?"
        )
        needs = (yield from ask_or_skip(turn, "needs", asked))["text"]
    _note_needs(turn, chosen, needs)
    kept = events.respond(turn.session, chosen, turn.guardian.id or 0, answer, turn.now, needs=needs)
    return say(_standing(turn, kept))


def _note_needs(turn: Turn, chosen: Event, needs: str) -> None:
    if needs:
        guardian_id, about = turn.guardian.id, f"event {chosen.id}"
        raise_task(
            turn.session,
            f"needs:{chosen.id}:{guardian_id}",
            "needs for an event",
            now=turn.now,
            setting_id=chosen.setting_id,
            guardian_id=guardian_id,
            about=about,
            due_at=chosen.starts_at,
        )


def _standing(turn: Turn, answer: Coming) -> str:
    return {
        Coming.YES: turn.gettext("You are on the list. We look forward to seeing you."),
        Coming.NO: turn.gettext("You are down as not coming. Thank you for telling us."),
        Coming.MAYBE: turn.gettext("You are down as not sure yet. To change it, text EVENTS."),
        Coming.WAITING: turn.gettext(
            "It is full just now. You are on the waiting list, and we will tell you of a free place."
        ),
    }[answer]


def _check_wanted(turn: Turn, reminded: Event, answer: Coming | None) -> None:
    if reminded.cancelled_at is not None:
        raise Withheld("cancelled")
    if answer in (Coming.NO, Coming.WAITING):
        raise Withheld("not coming")
    if answer is None and turn.params["when"] == "hours":
        raise Withheld("never answered")
    invited = events.invited_to(turn.session, turn.guardian.id or 0, turn.now, most=1000)
    if reminded.id not in {one.id for one in invited}:
        raise Withheld("not invited")


def _details(turn: Turn, shown: Event) -> str:
    title, day, time = shown.title, turn.day(shown.starts_at), turn.time(shown.starts_at)
    parts = [turn.say(turn.gettext("%(title)s: %(day)s at %(time)s."), title=title, day=day, time=time)]
    if shown.place:
        parts.append(turn.say(turn.gettext("Where: %(place)s."), place=shown.place))
    if shown.step_free is not None:
        parts.append(turn.gettext("There are no steps.") if shown.step_free else turn.gettext("There are steps."))
    text = " ".join(parts)
    return f"{text}\n{in_english(shown.notes, turn.catalogue)}" if shown.notes else text
