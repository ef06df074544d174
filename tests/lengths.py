"""How many parts an SMS may have, by who spoke first; and what may be longer, with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from locales import catalogue

MOST_PUSHED = 3
"""Parts of what we send by ourselves: each costs the setting about 4 p, and an old phone shows many in pieces."""

MOST_ANSWERED = 4
"""Parts of what was asked for."""

MOST_CHOICES = 10
"""Choices of one question; a list of many has fewer a page (handlers.pages.LONGEST)."""


@dataclass(frozen=True, slots=True)
class Longer:
    """What may have more parts, and why."""

    parts: int
    why: str


STAFFS_OWN = Longer(6, "staff's own words, of any length, with the line that says they are in English")
NOTES = (
    "(This message was written in English. For help with it text CALLME.)",
    "(This answer was written in English. For help with it text CALLME.)",
    "(Translated by computer. To read it in English text ORIGINAL.)",
)
"""The lines that stand below staff's own words."""

IDEA = Longer(4, "an idea for home is three by itself, and asks one thing besides")
LONGER: Mapping[str, Longer] = {
    "learning_tip": IDEA,
    "learning_growth": IDEA,
    "daily_idea": IDEA,
    "idea_asked": IDEA,
    "event_reminder": Longer(4, "place, steps, parking, a creche and interpreters: what a parent decides by"),
    "event": Longer(6, "the same, and staff's notes"),
}
"""By the conversation that says it."""


def most(text: str, language: str, conversation: str, *, pushed: bool) -> int:
    """How many parts it may have."""
    words = catalogue(language)
    if any(words.gettext(note) in text for note in NOTES):
        return STAFFS_OWN.parts
    longer = LONGER.get(conversation)
    return longer.parts if longer is not None else MOST_PUSHED if pushed else MOST_ANSWERED
