"""The house: every conversation under its name, with the words that start it in every language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.conversation import Conversation
from bot.understanding import Understanding, learn

OPTING = ("stop", "start")
"""The conversations of opt-out and opt-in words, which are taken before anything else."""


@dataclass(frozen=True, slots=True)
class House:
    """The conversations, and what is understood as their words.

    `join` greets strangers, `welcome` a guardian at the first message; `unsure` takes what nothing else does;
    `thanks` takes thanks where nothing was just said to thank for;
    `controls` are taken even where free words are asked. `key` signs invitation codes; `site` is where our own
    pages are, as parents are sent there. `translates`: a server puts staff's own words into other languages.
    """

    conversations: Mapping[str, Conversation]
    understanding: Understanding
    key: bytes = b""
    site: str = ""
    translates: bool = False
    welcome: str = "welcome"
    join: str = "join"
    unsure: str = "unsure"
    back: str = "back"
    thanks: str = "thanks"
    controls: frozenset[str] = frozenset({"menu", "language"})
    passing: frozenset[str] = frozenset({"menu", "more", "unsure"})
    """Conversations that only lead on: they are not come back to when a word has led elsewhere."""


def build_house(
    conversations: Sequence[Conversation], *, key: bytes = b"", site: str = "", translates: bool = False
) -> House:
    """The house of these conversations; `key` signs invitation codes. Raises Clash when two claim one word."""
    return House({one.name: one for one in conversations}, learn(conversations, OPTING), key, site, translates)
