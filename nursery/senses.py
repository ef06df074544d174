"""Senses: what the words of a message may mean, by the same names in every language, as hints for a learned judge."""

from __future__ import annotations

import tomllib
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from nursery.folding import TWICE, fold, sounds
from nursery.likeness import KNOWN

FILE = Path(__file__).parent / "content" / "senses.toml"
SMALL = "_"
"""The sense of small words: they show a language and mean nothing."""
NEAR = 4
"""Words within which one sense follows another."""
FIRST = 2
"""Letters by which stems are found."""

ALONE = 3
"""How much more a sense counts than a pair of them: of pairs there are many more, and fewer mean anything."""

FOLLOWED, TOGETHER = 0x9E3779B1, 0x85EBCA6B
"""Odd numbers by which two senses become the number of one pair."""


@dataclass(slots=True)
class Lexicon:
    """One language's words: whole, by their beginnings, by their ends, by what they hold."""

    by_sound: bool = False
    whole: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    starts: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    ends: list[tuple[str, str]] = field(default_factory=list)
    parts: list[tuple[str, str]] = field(default_factory=list)

    def add(self, entry: str, sense: str) -> None:
        word = self.heard(TWICE.sub(r"\1", fold(entry.strip("*"))))
        match entry.startswith("*"), entry.endswith("*"):
            case False, False:
                self.whole[word].append(sense)
            case False, True:
                self.starts[word[:FIRST]].append((word, sense))
            case True, False:
                self.ends.append((word, sense))
            case _:
                self.parts.append((word, sense))

    def heard(self, word: str) -> str:
        return sounds(word) if self.by_sound else word

    def senses(self, word: str) -> tuple[str, ...]:
        heard = self.heard(word)
        found = list(self.whole.get(heard, ()))
        found += [sense for stem, sense in self.starts.get(heard[:FIRST], ()) if heard.startswith(stem)]
        found += [sense for end, sense in self.ends if heard.endswith(end)]
        found += [sense for part, sense in self.parts if part in heard]
        return tuple(dict.fromkeys(found))


def hints(said: list[str]) -> list[int]:
    """The senses of a message's words, which follows which closely, and which are in it together, as numbers.

    Words look alike across languages ("dar" is "but" and "fear"), so the language that knows most of the message's
    words is asked first, then English, then the others.
    """
    senses = _chosen([_languages(word) for word in said])
    found = [sense for word in senses for sense in word]
    together = sorted(set(found))
    found *= ALONE
    for place, word in enumerate(senses):
        near = [sense for later in senses[place + 1 : place + 1 + NEAR] for sense in later] if word else ()
        for sense in word:
            first = sense * FOLLOWED
            found += [first + other for other in near]
    for place, sense in enumerate(together):
        first = sense * TOGETHER
        found += [first + other for other in together[place + 1 :]]
    return found


def _chosen(known: list[dict[str, tuple[int, ...]]]) -> list[tuple[int, ...]]:
    """Of each word its senses in one language."""
    counted: dict[str, int] = {"en_GB": 0}
    for word in known:
        for language in word:
            counted[language] = counted.get(language, 0) + 1
    order = sorted(counted, key=counted.__getitem__, reverse=True)
    best = order[0]
    return [word[best] if best in word else _first(word, order) for word in known]


def _first(word: dict[str, tuple[int, ...]], order: list[str]) -> tuple[int, ...]:
    for language in order if word else ():
        if language in word:
            return word[language]
    return ()


@lru_cache(KNOWN)
def _languages(word: str) -> dict[str, tuple[int, ...]]:
    """What a word may mean in each language that knows it."""
    heard = {language: lexicon.senses(word) for language, lexicon in _lexicons().items()}
    return {
        language: tuple(zlib.crc32(sense.encode()) for sense in senses if sense != SMALL)
        for language, senses in heard.items()
        if senses
    }


@cache
def _lexicons() -> dict[str, Lexicon]:
    found = {}
    for language, section in tomllib.loads(FILE.read_text("utf-8")).items():
        lexicon = found[language] = Lexicon(by_sound=language.endswith("_Latn"))
        for sense, listed in section.items():
            for entry in listed.split(","):
                lexicon.add(entry.strip(), sense)
    return found
