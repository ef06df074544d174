"""What would help a guest to take part: several things may be chosen, one after another or "1 3" at once, or said."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from typing import Any

from bot.answers import normalise
from bot.conversation import Answer, Choice, Question, Reader, Unclear, ask, words_or_media
from bot.turn import Turn
from handlers.asking import numbers_in
from handlers.venue import language_name
from locales import SOURCE, W_, catalogue
from nursery.events import Event
from nursery.inbox import pass_to_staff
from nursery.people import manager
from nursery.rsvps import Help, Party
from nursery.tasks import raise_task

NONE = "none"
MOST_PEOPLE = 9


def how_many(turn: Turn, places: int) -> Generator[Question, Any, int]:
    """How many come, children counted; asked only where places are few. More than there are `places` in all would wait
    for ever."""
    text = turn.gettext("How many of you are coming? Please count the children too, and send a number.")
    count: int = yield from ask("people", text, read=_count(turn, places))
    return count


def wishes(turn: Turn, shown: Event, people: int) -> Generator[Question, Any, Party]:
    """What they need, until that is all."""
    wants: list[str] = []
    text = turn.gettext("Is there anything that would help you to take part? You can also say it in your own words.")
    while True:
        choices = _choices(turn, shown, wants)
        told = yield from ask(f"needs{len(wants) or ''}", text, read=_reader(turn, choices), choices=choices)
        wants += [key for key in told["keys"] if key != NONE]
        if told["text"] or told["media"] or len(told["keys"]) != 1 or NONE in told["keys"]:
            return Party(people, tuple(wants), told["text"], told["inbound"])
        text = turn.gettext("Thank you, I have noted it. Anything else?")


def tell_staff(turn: Turn, chosen: Event, party: Party) -> None:
    """A task for staff, without the parent's words; those are in the inbox, and beside the guest's name."""
    if party.inbound_id is not None:
        pass_to_staff(turn.session, party.inbound_id)
    english = turn.language == SOURCE
    language = "ask which language" if english else language_name(catalogue(SOURCE), turn.language)
    named = [f"interpreter ({language})" if one == Help.INTERPRETER else one for one in party.wants]
    staff = manager(turn.session, chosen.setting_id)
    raise_task(
        turn.session,
        f"needs:{chosen.id}:{turn.guardian.id}:{turn.said.inbound_id}",
        "needs for an event",
        now=turn.now,
        setting_id=chosen.setting_id,
        staff_id=staff.id if staff else None,
        guardian_id=turn.guardian.id,
        about=", ".join([f"event {chosen.id}", *named]),
        due_at=chosen.starts_at,
    )


def _choices(turn: Turn, shown: Event, wants: Sequence[str]) -> tuple[Choice, ...]:
    words = turn.catalogue.words
    nothing = turn.gettext("That is all") if wants else turn.gettext("Nothing, thank you")
    every = [
        Choice(NONE, nothing, words(W_("SKIP, NO, NOTHING"))),
        Choice(Help.INTERPRETER, turn.gettext("An interpreter"), words(W_("INTERPRETER, TRANSLATOR"))),
        Choice(Help.ACCESS, turn.gettext("Help with access"), words(W_("RAMP, WHEELCHAIR"))),
        Choice(Help.FOOD, turn.gettext("Food that I can eat"), words(W_("FOOD, DIET, HALAL, ALLERGY"))),
    ]
    if shown.creche is not False:
        every.insert(2, Choice(Help.CRECHE, turn.gettext("A creche place"), words(W_("CRECHE, CHILDCARE"))))
    return tuple(choice for choice in every if choice.key not in wants)


def _reader(turn: Turn, choices: tuple[Choice, ...]) -> Reader:
    """Reads one choice, several by their numbers, or words of their own."""

    def read(answer: Answer) -> dict[str, Any]:
        if answer.choice:
            return _told([answer.choice])
        numbers = numbers_in(turn, answer.text)
        if any(not 1 <= one <= len(choices) for one in numbers):
            raise Unclear
        if numbers:
            return _told([choices[one - 1].key for one in numbers])
        return {"keys": [], **words_or_media(answer)}

    return read


def _told(keys: list[str]) -> dict[str, Any]:
    return {"keys": keys, "text": "", "media": [], "inbound": None}


def _count(turn: Turn, places: int) -> Reader:
    """The one number of a reply: "2", "2 people", "there are 2 of us"."""

    def read(answer: Answer) -> int:
        numbers = re.findall(r"\d+", normalise(answer.text))
        number = int(numbers[0]) if len(numbers) == 1 else 0
        if not 1 <= number <= MOST_PEOPLE:
            text = turn.gettext(
                "I did not understand. Please send a number from 1 to %(last)s. BACK goes back, MENU leaves."
            )
            raise Unclear(turn.say(text, last=MOST_PEOPLE))
        if number > places:
            text = turn.ngettext(
                "There is %(last)s place in all. Please send 1, or go back with BACK.",
                "There are %(last)s places in all. Please send a number from 1 to %(last)s.",
                places,
            )
            raise Unclear(turn.say(text, last=places))
        return number

    return read
