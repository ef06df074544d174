"""The first weeks: each step introduced in a sentence, to be taken now or passed over."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from bot.conversation import Choice, Dialogue, Goto, Question, Say, Withheld, choose, say
from bot.turn import Turn
from handlers.asking import YES, said_as, skip
from handlers.settings import often
from locales import W_
from nursery import preferences
from nursery.beginnings import Step
from nursery.guardians import Topic
from nursery.people import Child, key_person


def first_step(turn: Turn) -> Dialogue:
    """One step of the first weeks, as it is sent."""
    step = Step(turn.params["step"])
    if step == Step.KEY_PERSON:
        return _introduced(turn)
    if step == Step.FINDING:
        return (yield from _finding(turn))
    return (yield from _offered(turn, step))


def _offered(turn: Turn, step: Step) -> Generator[Question, Any, Say]:
    """What there is to do, now or not; it can always be done later by its word."""
    ask, later = _words(turn, step)
    now = Choice("now", turn.gettext("Yes, now"), (*turn.catalogue.words(W_("OK, SURE, NOW")), *said_as(turn, YES)))
    if (yield from choose("now", ask, (now, skip(turn)))) == "skip":
        return say(later)
    return Say(then=Goto("consent_each" if step == Step.CONSENT else step.value))


def _words(turn: Turn, step: Step) -> tuple[str, str]:
    """The offer, and what is said to who passes it over."""
    if step == Step.SETTINGS:
        ask = turn.gettext("You can choose how we write to you: language, time of day, how often. Look at it now?")
        return ask, turn.gettext("That is fine. To choose later, text SETTINGS.")
    if step == Step.CONSENT:
        ask = turn.gettext("Some things we do only if you agree, such as photos and outings. Shall we ask you now?")
        return ask, turn.gettext("That is fine. Until you agree we do not do it. To answer later, text CONSENT.")
    ask = turn.gettext("What should we know to care well for %(child)s? A few short questions, each can be skipped.")
    ask = turn.say(ask, child=_names(turn, turn.children()))
    return ask, turn.gettext("That is fine. To tell us later, text ABOUT.")


def _introduced(turn: Turn) -> Say:
    """The key person of each child, and what a key person does (EYFS: parents are told who it is, and the role)."""
    introduced: dict[str, list[Child]] = {}
    for child in turn.children():
        staff = key_person(turn.session, child)
        if staff is not None:
            introduced.setdefault(staff.name, []).append(child)
    if not introduced:
        raise Withheld("no key person")
    text = turn.gettext("The key person for %(child)s is %(staff)s.")
    said = [turn.say(text, staff=staff, child=_names(turn, mine)) for staff, mine in introduced.items()]
    role = turn.gettext(
        "A key person helps with settling in, gets to know your family and is there for you. "
        "To write to them, text ASK."
    )
    return say("\n".join((*said, role)))


def _finding(turn: Turn) -> Generator[Question, Any, Say]:
    """How the messages suit; too many or too few is acted on at once."""
    choices = (
        Choice("good", turn.gettext("They are good"), turn.catalogue.words(W_("GOOD, FINE, OK, THANKS, THANK YOU"))),
        Choice("many", turn.gettext("Too many")),
        Choice("few", turn.gettext("Too few")),
        Choice("call", turn.gettext("Please call me")),
    )
    found = yield from choose("finding", turn.gettext("How do you find our messages so far?"), choices)
    if found == "call":
        return Say(then=Goto("callme"))
    if found == "good":
        return say(turn.gettext("Thank you. To change something at any time, text SETTINGS."))
    return _changed(turn, more=found == "few")


def _changed(turn: Turn, *, more: bool) -> Say:
    chosen = None
    if turn.children(Topic.LEARNING):
        chosen = preferences.step_ideas(turn.guardian, turn.setting, more=more)
    if chosen is None and more:
        return say(turn.gettext("Thank you. There is more whenever you like: text IDEA, EVENTS or PROGRESS."))
    if chosen is None:
        return say(turn.gettext("Thank you. To stop one kind of message, text TOPICS. To pause all, text PAUSE."))
    turn.guardian.learning = chosen
    turn.session.add(turn.guardian)
    text = turn.gettext("Thank you. Ideas for home from now on: %(often)s. To change more, text SETTINGS.")
    return say(turn.say(text, often=often(turn)[chosen]))


def _names(turn: Turn, children: list[Child]) -> str:
    return ", ".join(child.first_name for child in children)
