"""Contexts: innocent messages run together, as those write who set no full stops, for a judge to learn from."""

from __future__ import annotations

import random
from collections.abc import Iterator

from nursery.likeness import words

AROUND = 3
"""Messages that are run together."""


def run_together(told: list[str], share: float) -> Iterator[str]:
    """Messages of one language, `share` of all, several to a sentence, each script for itself. The same every time."""
    for each in ([one for one in told if _arabic(one)], [one for one in told if not _arabic(one)]):
        random.Random(1).shuffle(each)
        for place in range(0, int(len(each) * share) // AROUND * AROUND, AROUND):
            yield " ".join(" ".join(words(one)) for one in each[place : place + AROUND])


def _arabic(text: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in text)
