"""The house: every conversation under its name, with the words that start it in every language."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation import Conversation
from bot.talk import House
from bot.understanding import learn

OPTING = ("stop", "start")
"""The conversations of opt-out and opt-in words, which are taken before anything else."""


def build_house(conversations: Sequence[Conversation], *, key: bytes = b"") -> House:
    """The house of these conversations; `key` signs invitation codes. Raises Clash when two claim one word."""
    return House({one.name: one for one in conversations}, learn(conversations, OPTING), key)
