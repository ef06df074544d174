"""Signing: a parent types their full name, and nothing else counts as one; what is not alike to the name on record is
asked about."""

from __future__ import annotations

from typing import Any
from unicodedata import category

from rapidfuzz import fuzz

from bot.answers import normalise
from bot.consonants import consonants
from bot.conversation import Answer, Fits, Reader, Unclear
from bot.courtesies import GRATITUDE, GREETINGS
from bot.turn import Turn
from bot.understanding import words_of
from locales import SOURCE, W_, catalogue
from nursery.likeness import words

NO_NAMES = W_("YES, NO, SIGN, SIGNED, AGREE, AGREED, I AGREE, I SIGN, READ, DONE, CLEAR, NOT CLEAR, MY NAME")
"""What people type where a name is asked for, and what no one is called."""

SHORTEST, LONGEST = 2, 80
WORDS = 5
"""Words of the longest name."""
ALIKE = 80
"""Of 100: two ways to write a name, such as Łukasz and Lukasz."""


def name_reader(turn: Turn) -> Reader:
    """Reads {"name", "inbound"}, or {"key"} of a choice. A word that starts a conversation, a courtesy or a number
    raises Unclear: nobody signs by accident."""

    def read(answer: Answer) -> dict[str, Any]:
        if answer.choice:
            return {"key": answer.choice}
        name = " ".join(
            "".join(sign for sign in answer.text if category(sign) not in ("So", "Sk") and sign != "\ufe0f").split()
        )
        if not _is_name(turn, name):
            text = turn.gettext("To sign, please type your full name as you write it. BACK goes back, MENU leaves.")
            raise Unclear(text)
        return {"name": name, "inbound": answer.inbound_id}

    return read


def name_on_record(turn: Turn) -> Fits:
    """Whether words have one of the guardian's own names in them, in whichever letters, and little else."""
    known = words(turn.guardian.name)

    def fits(text: str) -> bool:
        said = words(text)
        return len(said) <= WORDS and any(_are_alike(one, other) for one in said for other in known)

    return fits


def _are_alike(one: str, other: str) -> bool:
    """As they are written; or, in other letters, as they sound, but for a last letter that may stay silent."""
    if one.isascii() == other.isascii() or fuzz.ratio(one, other) >= ALIKE:
        return fuzz.ratio(one, other) >= ALIKE
    heard = consonants(one).removesuffix("h")
    return heard != "" and heard == consonants(other).removesuffix("h")


def _is_name(turn: Turn, name: str) -> bool:
    if len(name) > LONGEST or sum(sign.isalpha() for sign in name) < SHORTEST or any(sign.isdigit() for sign in name):
        return False
    if "?" in name or "؟" in name:
        return False
    return normalise(name) not in _other_words(turn)


def _other_words(turn: Turn) -> set[str]:
    """Words with a meaning of their own, in the parent's language and in English."""
    languages = {turn.language, SOURCE}
    taken = {word for one in turn.conversations.values() for tag in languages for word in words_of(one, tag)}
    for tag in languages:
        for listed in (NO_NAMES, GRATITUDE, GREETINGS):
            taken |= {normalise(word) for word in catalogue(tag).words(listed)}
    return taken
