"""Hearing: where in one message the sayings of harm stand, and whether an excuse near takes them back."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from nursery.folding import fold
from nursery.sayings import Book, Rule, Saying, Sequence

NEAR = 6
"""Words within which the parts of an `&` stand, in any order."""
EXCUSED = 10
"""Words within which an `unless` takes an alarm back: a fall is often told a sentence before its bruise."""
PAUSE = 2
"""Words that a sentence's end counts for: what is told in two sentences still belongs together."""

TOKEN = re.compile(r"[^\W_]+|[.!?\n؟۔]+")


class Heard:
    """One message: for each group of words the places where it stands, as the bits of a number."""

    def __init__(self, book: Book, text: str) -> None:
        self.book = book
        self.at: dict[int, int] = {}
        self.phrases: dict[int, list[tuple[int, int]]] = {}
        self._listen(text)
        self._find_phrases()
        self._forget_ordinary()

    def rules(self) -> Iterator[Rule]:
        """The rules that a saying of theirs sets off and no excuse near it takes back."""
        ends: dict[int, int] = defaultdict(int)
        for group in self.at.keys() | self.phrases.keys():
            for saying, number in self.book.by_group.get(group, ()):
                ends[number] |= self.ends(saying)
        for number, places in ends.items():
            rule = self.book.rules[number]
            marked = rule.marker is None or rule.marker in self.at
            if places and marked and self._unexcused(rule, places):
                yield rule

    def _unexcused(self, rule: Rule, ends: int) -> bool:
        for saying in rule.unless:
            ends &= ~(_spread(self.ends(saying), 2 * EXCUSED) >> EXCUSED)
        return ends != 0

    def ends(self, saying: Saying) -> int:
        """Where a saying ends; its parts may come in any order, near each other."""
        together, last = -1, 0
        for part in saying:
            ends = self._run(part)
            if not ends:
                return 0
            together &= _spread(ends, NEAR)
            last |= ends
        return together & last

    def _run(self, sequence: Sequence) -> int:
        reach = -1
        for gap, group in sequence:
            if reach > 0:
                reach = _spread(reach, gap) << 1
            ends = reach & self.at.get(group, 0)
            for length, starts in self.phrases.get(group, ()):
                ends |= (reach & starts) << (length - 1)
            if not ends:
                return 0
            reach = ends
        return reach

    def _listen(self, text: str) -> None:
        place = 0
        places: dict[str, int] = {}
        for word in TOKEN.findall(fold(text)):
            if word[0].isalnum():
                places[word] = places.get(word, 0) | 1 << place
                place += 1
            else:
                place += PAUSE
        for word, group in self.book.groups(places):
            self.at[group] = self.at.get(group, 0) | places[word]

    def _find_phrases(self) -> None:
        self.phrases = {}
        for first in list(self.at):
            for words, group in self.book.phrases.get(first, ()):
                ends = self._run(words)
                if ends:
                    length = len(words)
                    self.phrases.setdefault(group, []).append((length, ends >> (length - 1)))

    def _forget_ordinary(self) -> None:
        taken = 0
        for words in self.book.ordinary:
            first = words[0][1]
            ends = self._run(words) if first in self.at or first in self.phrases else 0  # most have none of its words
            if ends:
                taken |= _spread(ends, len(words) - 1) >> (len(words) - 1)
        if taken:
            self.at = {group: places & ~taken for group, places in self.at.items() if places & ~taken}
            self._find_phrases()


def _spread(places: int, words: int) -> int:
    """The places and as many after each."""
    for _ in range(words):
        places |= places << 1
    return places
