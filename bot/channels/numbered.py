"""A message as a plain text shows it: the words made economical, and the choices as numbered lines."""

from __future__ import annotations

from collections.abc import Sequence

from bot.segments import economical


def wording(text: str, choices: Sequence[str]) -> str:
    """The text, and under it "1 Yes", "2 No": numbers in the digits that every keypad has."""
    lines = [f"{number} {label}" for number, label in enumerate(choices, start=1)]
    return economical("\n".join([text, *lines]))
