"""How parents name a policy: by its name, by words of their own, or in one go, as in "policy late"."""

from __future__ import annotations

from functools import cache

from bot.answers import normalise
from bot.conversation import Choice
from bot.phrases import Phrases
from bot.turn import Turn
from bot.understanding import words_of
from locales import SOURCE, W_, catalogue
from nursery import policies

NAMES = W_("POLICY, POLICIES, RULES")


@cache
def phrases(language: str) -> Phrases:
    """ "policy late" and "late policy", for every word of every policy."""
    names = {normalise(name) for tag in (SOURCE, language) for name in catalogue(tag).words(NAMES)}
    words = {normalise(word): one for one in policies.policies() for word in _words_of(language, one)}
    return Phrases(frozenset(names), words)


def offered(turn: Turn) -> list[Choice]:
    """A line for every policy, in order."""
    names = {
        one: policies.standing(turn.session, turn.setting, one).name(turn.catalogue) for one in policies.policies()
    }
    return [Choice(one, name, _choice_words(turn, one)) for one, name in names.items()]


def _choice_words(turn: Turn, policy: str) -> tuple[str, ...]:
    """Without those that make a complaint: it must not end in reading about complaints."""
    complain = turn.conversations.get("complaint")
    taken = {word for tag in (turn.language, SOURCE) for word in words_of(complain, tag)} if complain else set()
    return tuple(word for word in _words_of(turn.language, policy) if normalise(word) not in taken)


def _words_of(language: str, policy: str) -> tuple[str, ...]:
    """What may be typed for it, in English and in the parent's language."""
    shipped = policies.policies()[policy].words
    return tuple(dict.fromkeys(word for tag in (SOURCE, language) for word in catalogue(tag).aliases(shipped)))
