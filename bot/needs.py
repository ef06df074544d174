"""What a person needs, or how they are: words that are never idle talk, however it is guessed."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from nursery.likeness import words

STEMS = Path(__file__).with_name("needs.toml")


def tells_a_need(text: str) -> bool:
    """Whether some of a message begins as people tell what they need or how they are, in any language: "I am deaf"."""
    return _begins().search(f"_{'_'.join(words(text))}_") is not None


@cache
def _begins() -> re.Pattern[str]:
    """One pattern of all the beginnings; what Arabic writes together with a word may stand before it."""
    entries = " ".join(tomllib.loads(STEMS.read_text("utf-8")).values()).split()
    stems = ["_".join(words(one.replace("_", " "))) + "_" * one.endswith((".", "_")) for one in entries]
    return re.compile("_(?:[وف]?(?:بال|لل|ال|[بلك])?)(?:" + "|".join(sorted(map(re.escape, set(stems)))) + ")")
