"""Sayings of harm: the phrases somebody wrote for each language, what each would raise, and what excuses it."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from nursery.folding import fold, sounds

FILE = Path(__file__).parent / "content" / "safeguarding.toml"

Kind = Literal["child", "self", "staff"]
RANK: tuple[Kind, ...] = ("staff", "child", "self")
"""When several are meant: what is about staff must be routed round them, so it is never taken for anything else."""

FIRST = 3
"""Letters by which stems are found; a stem has two at least."""
SLIPS_FROM = 5
"""Letters a word needs before a slip is allowed: shorter ones turn into other words."""


Sequence = tuple[tuple[int, int], ...]
"""Groups of words in their order, each with how many other words may come before it."""

Saying = tuple[Sequence, ...]
"""Sequences that stand near each other, in any order."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """What a message may be about, the rule's one-word reason ("likeness": the judge), and the rule's language."""

    kind: Kind
    reason: str
    language: str


@dataclass(frozen=True, slots=True)
class Rule:
    """Sayings of which one is enough, unless an excusing one stands near."""

    alarm: Alarm
    says: tuple[Saying, ...]
    unless: tuple[Saying, ...]
    marker: int | None = None
    """Of a language whose words look like others': the group of words of which one must be there."""


@dataclass(slots=True)
class Vocabulary:
    """Which groups a word belongs to: whole words, and stems by their first letters."""

    whole: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    stems: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, word: str, group: int) -> None:
        if word.endswith("*"):
            self.stems[word[:-1][:FIRST]].append((word[:-1], group))
        else:
            self.whole[word].add(group)

    def groups(self, word: str) -> Iterable[int]:
        whole, stems, short = self.whole.get(word, ()), self.stems.get(word[:FIRST]), self.stems.get(word[: FIRST - 1])
        if not stems and not short:
            return whole
        longer = [group for stem, group in stems or () if word.startswith(stem)]
        return [*whole, *longer, *(group for _, group in short or ())] if len(word) >= FIRST else [*whole, *longer]


@dataclass(slots=True)
class Book:
    """Every language's rules, made ready: positions in a message are bits of one number, so its cost has a bound."""

    rules: list[Rule] = field(default_factory=list)
    by_group: dict[int, list[tuple[Saying, int]]] = field(default_factory=lambda: defaultdict(list))
    """Each saying of a rule, under the rarest group it needs: most messages never come to it."""
    ordinary: list[Sequence] = field(default_factory=list)
    written: Vocabulary = field(default_factory=Vocabulary)
    sounded: Vocabulary = field(default_factory=Vocabulary)
    joined: list[str] = field(default_factory=list)
    phrases: dict[int, list[tuple[Sequence, int]]] = field(default_factory=lambda: defaultdict(list))
    """By their first word's group: phrases of several words, and the group that each stands in."""
    size: int = 0

    def groups(self, words: Iterable[str]) -> Iterator[tuple[str, int]]:
        """The groups of words as written, as they sound, and without what Arabic joins to their front."""
        roman = [word for word in words if word.isascii()]
        for word, sound in zip(roman, sounds(" ".join(roman)).split(" ") if roman else [], strict=True):
            for group in self.sounded.groups(sound):
                yield word, group
        for word in words:
            for group in self.written.groups(word):
                yield word, group
            for bare in () if word.isascii() else self._unjoined(word):
                for group in self.written.groups(bare):
                    yield word, group

    def _unjoined(self, word: str) -> Iterator[str]:
        for front in self.joined:
            if word.startswith(front) and len(word) > len(front) + 2:
                yield word[len(front) :]


@cache
def book() -> Book:
    """Every language's sayings, read once."""
    whole = Book()
    for name, section in tomllib.loads(FILE.read_text("utf-8")).items():
        _Reader(whole, section.get("language", name), section).read(section)
    _index(whole)
    return whole


def _index(book: Book) -> None:
    asked = Counter(group for rule in book.rules for saying in rule.says for group in _groups(saying))
    for number, rule in enumerate(book.rules):
        for saying in rule.says:
            book.by_group[min(_groups(saying), key=asked.__getitem__)].append((saying, number))


def _groups(saying: Saying) -> list[int]:
    return [group for part in saying for _, group in part]


class _Reader:
    """Reads one language's part of the file into the book. Raises KeyError for a <group> nobody wrote."""

    def __init__(self, book: Book, language: str, section: Mapping[str, Any]) -> None:
        self.book, self.language = book, language
        self.by_sound = bool(section.get("by_sound"))
        self.vocabulary = book.sounded if self.by_sound else book.written
        self.lists: dict[str, str] = {}
        self.known: dict[str, int] = {}

    def read(self, section: Mapping[str, Any]) -> None:
        self.book.joined += [fold(front) for front in section.get("joined", ())]
        for name, listed in section["words"].items():
            self.lists[f"<{name}>"] = re.sub(r"<\w+>", lambda match: self.lists[match[0]], listed)
        self.book.ordinary += [part for saying in section["ordinary"] for part in self._saying(saying)]
        marker = self._group(section["only_with"]) if "only_with" in section else None
        for rule in section["rule"]:
            raised = Alarm(rule["kind"], rule["reason"], self.language)
            says, unless = self._sayings(rule["says"]), self._sayings(rule.get("unless", ()))
            self.book.rules.append(Rule(raised, says, unless, marker))

    def _sayings(self, lines: Iterable[str]) -> tuple[Saying, ...]:
        return tuple(self._saying(line) for line in lines)

    def _saying(self, line: str) -> Saying:
        return tuple(self._sequence(part.split()) for part in line.split("&"))

    def _sequence(self, words: Iterable[str]) -> Sequence:
        found, gap = [], 0
        for word in words:
            if set(word) == {"."}:
                gap = len(word)
            else:
                found.append((gap, self._group(self.lists[word] if word.startswith("<") else word)))
                gap = 0
        return tuple(found)

    def _group(self, listed: str) -> int:
        if listed in self.known:
            return self.known[listed]
        self.book.size += 1
        group = self.known[listed] = self.book.size
        for entry in listed.split(","):
            words = fold(entry).split()
            if len(words) == 1:
                for word in slips(words[0]):
                    self.vocabulary.add(self._heard(word), group)
            else:
                phrase = tuple((0, self._group(word)) for word in words)
                self.book.phrases[phrase[0][1]].append((phrase, group))
        return group

    def _heard(self, word: str) -> str:
        return sounds(word) if self.by_sound else word


def slips(word: str) -> set[str]:
    """A word marked ~ and its usual slips: a letter left out or doubled, two swapped, another vowel. Not the first."""
    bare = word.removeprefix("~")
    stem = bare.removesuffix("*")
    if bare == word or len(stem) < SLIPS_FROM:
        return {bare}
    found = {stem}
    for i in range(1, len(stem)):
        before, letter, after = stem[:i], stem[i], stem[i + 1 :]
        found |= {before + after, before + letter + letter + after, before + after[:1] + letter + after[1:]}
        if letter in "aeiou":
            found |= {before + vowel + after for vowel in "aeiou"}
    return {slip + bare[len(stem) :] for slip in found if slip}
