"""Phrases of two parts in either order, such as "what is PSED" and "PSED what is": known by their parts, since every
opener before and behind every subject would be tens of thousands, 12 MB and half a second of each start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """Openers, and what may be asked for with one: each subject's words and its id. All as normalised."""

    openers: frozenset[str]
    subjects: Mapping[str, str]

    def subject(self, said: str) -> str | None:
        """The id of what a normalised message asks for, or None when it is no such phrase."""
        return self.among(halves(said))

    def among(self, parted: Iterable[tuple[str, str]]) -> str | None:
        """The same of the ways to part a message."""
        for left, right in parted:
            if left in self.openers and right in self.subjects:
                return self.subjects[right]
            if right in self.openers and left in self.subjects:
                return self.subjects[left]
        return None


def halves(said: str) -> Iterable[tuple[str, str]]:
    """Every way to part a message between two words."""
    place = said.find(" ")
    while place > 0:
        yield said[:place], said[place + 1 :]
        place = said.find(" ", place + 1)
