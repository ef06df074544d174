"""Opting out and in: whole messages that stop everything, or start it again, in every language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bot.answers import normalise
from locales import LANGUAGES, W_, catalogue

EVERYTHING = W_("ALL, EVERYTHING, MESSAGES, ALL MESSAGES, THE MESSAGES, TEXTS, ALL TEXTS")
"""May stand before or after a stop word, as in STOP ALL, without making it a sentence."""

ELSEWHERE = frozenset({"cancel", "end", "quit"})
"""Stop words that may be of something else where another word follows: "cancel all" of what was booked."""

LONGEST = 40
"""Characters of such a message."""

FEW = 3
"""Words of "stop it now": more, and it is a sentence with a stop in it."""


def whole(said: str, words: Mapping[str, str]) -> str | None:
    """The conversation that a message is a word of, said more than once or of everything: "stop stop", "STOP ALL".
    `said` is normalised and without courtesies; `words` are those of opting, each with its conversation."""
    if " " not in said or len(said) > LONGEST:
        return None
    meant = {words.get(word) for word in said.split()}
    if len(meant) == 1 and None not in meant:
        return meant.pop()
    before, after = _everything()
    if not said.startswith(before) and not said.endswith(after):
        return None
    rests = {said.removeprefix(one) for one in before} | {said.removesuffix(one) for one in after}
    return next((words[rest] for rest in rests - ELSEWHERE if rest in words), None)


def perhaps(said: str, words: Mapping[str, str]) -> str | None:
    """The same of a few words that begin or end with such a word, "stop it": only to be offered."""
    parts = said.split()
    if not 1 < len(parts) <= FEW:
        return None
    return next((words[part] for part in (parts[0], parts[-1]) if part in words and part not in ELSEWHERE), None)


@cache
def _everything() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """In all languages, with a space: as they stand before a stop word, and after it."""
    found = {normalise(word) for tag in LANGUAGES for word in catalogue(tag).words(EVERYTHING)}
    return tuple(f"{one} " for one in found), tuple(f" {one}" for one in found)
