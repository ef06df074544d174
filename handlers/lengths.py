"""Reading a length of time as a parent writes it: "for 3 weeks", "dwa tygodnie", "ek hafta"; and "only"."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from handlers.day_words import any_of, folded, listed
from locales import SOURCE

WEEK, MONTH = 7, 30


@dataclass(frozen=True, slots=True)
class Words:
    """What a language and English call lengths."""

    numbers: dict[str, int]
    days: dict[str, int]
    """How many days a unit, or a whole length, is."""
    lengths: re.Pattern[str]
    """A number or its name before a unit, or a length in a word."""
    only: re.Pattern[str]


def without_length(text: str, language: str) -> tuple[str, timedelta] | None:
    """What is left of the text without the length of time in it, and how long that is; None when it has none."""
    said, words = folded(text), _words(language)
    found = words.lengths.search(said)
    if found is None:
        return None
    number, name, unit, whole = found.groups()
    days = words.days[whole] if whole else words.days[unit] * (int(number) if number else words.numbers[name])
    return f"{said[: found.start()]} {said[found.end() :]}", timedelta(days=days)


def is_only(text: str, language: str) -> bool:
    """Whether that day is meant and no other: "Thursday only", "tylko w czwartek"."""
    return _words(language).only.search(folded(text)) is not None


@cache
def _words(language: str) -> Words:
    numbers: dict[str, int] = {}
    units: dict[str, int] = {}
    whole: dict[str, int] = {}
    only: list[str] = []
    for own in (_file()[tag] for tag in (SOURCE, language)):
        numbers |= {word: number for number, line in enumerate(own["numbers"], 1) for word in listed(line)}
        units |= dict.fromkeys(listed(own["days"]), 1) | dict.fromkeys(listed(own["weeks"]), WEEK)
        units |= dict.fromkeys(listed(own["months"]), MONTH)
        whole |= {word: int(days) for days, line in own["lengths"].items() for word in listed(line)}
        only += listed(own["only"])
    counted = rf"(?:(?<!\d)(\d{{1,2}})\s?|{any_of(numbers)}\s){any_of(units)}"
    lengths = re.compile(rf"{counted}|{any_of(whole)}")
    return Words(numbers, units | whole, lengths, re.compile(any_of(only)))


@cache
def _file() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
