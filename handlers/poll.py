"""A meeting-time poll: which of these times could you come to, and which it has become."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import Any

from bot.conversation import Answer, Choice, Dialogue, Goto, Question, Say, Unclear, Withheld, ask, say
from bot.turn import Turn
from handlers.asking import being_sent, numbers_in
from handlers.venue import titled
from locales import W_
from nursery import meeting_times, polls
from nursery.events import Event
from nursery.polls import Poll, PollTime
from nursery.settings import Setting

NONE = "none"
"""The choice of no time, and, once one is chosen, of no further."""


def meeting_poll(turn: Turn) -> Dialogue:
    """Asks for every time that suits, or none; each button counts at once, though no other may follow. Answered again,
    the last answer counts."""
    poll = turn.session.get_one(Poll, turn.params["poll"])
    if not poll.is_open(turn.now):
        if being_sent(turn):
            raise Withheld("closed")
        return say(turn.gettext("This is decided now. For what is on, text EVENTS."))
    before: list[str] = list(turn.params.get("chosen", ()))
    left = [one for one in polls.times_of(turn.session, poll) if str(one.id) not in before]
    told = yield from _times(turn, poll, before, left)
    chosen = before + [key for key in told["keys"] if key != NONE]
    polls.answer(turn.session, poll, turn.guardian.id or 0, [int(key) for key in chosen], turn.now)
    if turn.buttons and not told["all"] and NONE not in told["keys"] and len(told["keys"]) < len(left):
        back = ("meeting_poll", dict(turn.params))
        return Say(then=Goto("meeting_poll", {"poll": poll.id, "chosen": chosen, "before": back}))
    if not chosen:
        return say(turn.gettext("Thank you for telling us. We will tell you what we decide."))
    return say(turn.gettext("Thank you. We choose the time that suits most families, and tell you."))


def meeting_time(turn: Turn) -> Dialogue:
    """What was decided; and, to whoever can't come then, what they can do instead."""
    yield from ()  # it asks nothing
    poll = turn.session.get_one(Poll, turn.params["poll"])
    event = turn.session.get(Event, poll.event_id) if poll.event_id else None
    can = meeting_times.can_come(turn.session, poll, turn.guardian.id or 0)
    if event is None or event.cancelled_at is not None or can is None:
        raise Withheld("not asked for")
    text = turn.gettext("%(title)s: %(day)s at %(time)s.")
    title = titled(turn, poll.title, poll.setting_id, poll.room_id)
    told = turn.say(text, title=title, day=turn.day(event.starts_at), time=turn.time(event.starts_at))
    if can:
        thanks = turn.gettext("Thank you for helping us choose. To say that you come, text EVENTS.")
        return say(f"{told} {thanks}")
    instead = turn.gettext("It does not suit all, and we are sorry. To talk with us at another time, text BOOK.")
    return say(f"{told} {instead}")


def _times(turn: Turn, poll: Poll, chosen: list[str], left: list[PollTime]) -> Generator[Question, Any, dict[str, Any]]:
    """The keys of several numbers at once, or of one button after the other, until there is no other."""
    none = turn.gettext("No other") if chosen else turn.gettext("None of these")
    choices = (
        *(Choice(str(one.id), _moment(turn, one)) for one in left),
        Choice(NONE, none, turn.catalogue.words(W_("NONE, NEITHER"))),
    )
    more = turn.gettext("Could you come at another of these times too?")
    read = partial(_keys, turn, [choice.key for choice in choices])
    told: dict[str, Any] = yield from ask(
        "times", more if chosen else _question(turn, poll), read=read, choices=choices
    )
    return told


def _keys(turn: Turn, keys: list[str], answer: Answer) -> dict[str, Any]:
    """The keys that a reply names, such as "1 3"; `all` when it named several at once. Raises Unclear."""
    if answer.choice:
        return {"keys": [answer.choice], "all": False}
    numbers = numbers_in(turn, answer.text)
    if not numbers or not all(1 <= one <= len(keys) for one in numbers):
        raise Unclear
    found = {keys[one - 1] for one in numbers}
    if NONE in found and len(found) > 1:
        raise Unclear
    return {"keys": sorted(found), "all": True}


def _question(turn: Turn, poll: Poll) -> str:
    setting = turn.session.get_one(Setting, poll.setting_id)
    text = turn.gettext("%(setting)s: which of these times could you come to? %(title)s.")
    several = turn.gettext("You can choose several.") if turn.buttons else turn.gettext("Several numbers: 1 2")
    return f"{turn.say(text, setting=setting.name, title=poll.title)} {several}"


def _moment(turn: Turn, one: PollTime) -> str:
    return turn.say("%(day)s %(time)s", day=turn.day(one.starts_at), time=turn.time(one.starts_at))
