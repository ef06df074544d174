"""What the engine calls things, as staff read it: tasks, states, reasons, and what a message was taken for."""

from __future__ import annotations

from console.kinds import TASKS
from console.pages import words
from handlers import CONVERSATIONS
from locales import N_

STATES = {
    "due": N_("Waiting to go"),
    "sending": N_("On its way"),
    "sent": N_("Sent"),
    "delivered": N_("Delivered"),
    "failed": N_("Not delivered"),
    "held": N_("Held until later"),
    "unknown": N_("Perhaps sent"),
    "cancelled": N_("Taken back"),
    "suppressed": N_("Not sent"),
}

REASONS = {
    "blocked": N_("they have blocked the bot"),
    "broken": N_("it could not be written"),
    "budget": N_("enough for one day"),
    "closed": N_("the number or chat does not work"),
    "misconfigured": N_("the provider refuses our account"),
    "moved": N_("sent to their other address"),
    "not allowed": N_("they may not be told of this"),
    "quiet hours": N_("it is quiet hours"),
    "stopped": N_("they said stop"),
    "throttled": N_("the provider asked us to wait"),
    "translating": N_("it is being translated"),
    "too late": N_("it came too late to be of use"),
    "unreachable": N_("the provider did not answer; it is tried again"),
}

OUTCOMES = {
    "back": N_("Back"),
    "broken": N_("Not answered: something went wrong"),
    "restricted": N_("For the safeguarding lead alone"),
    "code refused": N_("A code that was refused"),
    "correction": N_("A correction"),
    "courtesy": N_("Thanks or a greeting"),
    "help": N_("Answered by the provider"),
    "join": N_("Asked for a code"),
    "joined": N_("Joined"),
    "late tap": N_("A button of a closed question"),
    "menu": N_("Menu"),
    "passed on": N_("Passed to you"),
    "second tap": N_("A button pressed twice"),
    "start": N_("Messages on again"),
    "stop": N_("Stop: no more messages"),
    "unclear": N_("Not understood, asked again"),
    "unknown tap": N_("A button of another phone"),
    "unsure": N_("Not understood, choices offered"),
    "wrong code": N_("A wrong code"),
}


def task(kind: str) -> str:
    return _said(TASKS, kind)


def state(name: str) -> str:
    return _said(STATES, name)


def reason(name: str) -> str:
    return _said(REASONS, name) if name else ""


def outcome(name: str) -> str:
    """What a message was taken for: a conversation's label, or what became of it."""
    labels = {one.name: one.label or one.more for one in CONVERSATIONS if one.label or one.more}
    return words().gettext(labels[name]) if name in labels else _said(OUTCOMES, name)


def _said(table: dict[str, str], name: str) -> str:
    return words().gettext(table[name]) if name in table else name.replace("_", " ")
