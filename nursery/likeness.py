"""Likeness: how much a message is like examples somebody wrote, by the pieces of its words.

A sparse linear model over hashed pieces of words, learned in plain Python from committed examples and kept in one
small file. It can be taught anything that examples can show; what it says is a guess, and whoever asks must treat it
as one.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import sqrt
from pathlib import Path

from nursery.folding import TWICE, fold, sounds
from nursery.practice import DAMPED, Practice, probability, together

NONE = ""
"""The label of examples that are none of the others."""
BUCKETS = 2**16
EPOCHS = 12
LONGEST, SHORTEST = 5, 2
"""Letters of a piece of a word, its ends marked."""
WORDS = 120
"""What a long message says is said in its first words and its last: no message costs more than these."""
KNOWN = 5000
"""Words whose sums are kept: parents use few words often."""

WORD = re.compile(r"[^\W_]+")
HINTED = 3
"""How much more a hint counts than a piece of a word, unless the judge says otherwise."""

BIAS = 6
"""How much a piece that every message has counts: what it is when nothing in it tells."""

Hints = Callable[[list[str]], list[int]]
"""What else is known of the words of a message, as numbers of any size: see nursery/senses.py."""


@dataclass(frozen=True, slots=True)
class Model:
    """A learned judge: for each label, what each piece of a word speaks for it (above nought) or against."""

    labels: tuple[str, ...]
    weights: tuple[memoryview, ...]
    scales: tuple[float, ...]
    hints: Hints | None = None
    hinted: int = HINTED
    sums: dict[str, tuple[int, tuple[int, ...]]] = field(default_factory=dict)

    def scores(self, text: str) -> dict[str, float]:
        """How sure it is of each label, 0 to 1, each for itself: none may be likely, and two may."""
        pieces, totals = self._weigh(words(text))
        length = sqrt(pieces + DAMPED)
        return {
            label: probability(total * scale / length)
            for label, total, scale in zip(self.labels, totals, self.scales, strict=True)
        }

    def _weigh(self, said: list[str]) -> tuple[int, list[int]]:
        mask = len(self.weights[0]) - 1
        between = list(_between(said, mask))
        hints = [hint & mask for hint in self.hints(said)] if self.hints else []
        pieces = len(between) + self.hinted * len(hints) + BIAS
        totals = [
            sum(map(one.__getitem__, between)) + self.hinted * sum(map(one.__getitem__, hints)) + BIAS * one[0]
            for one in self.weights
        ]
        for word in said:
            count, parts = self.sums.get(word) or self._learn(word, mask)
            pieces += count
            for place, part in enumerate(parts):
                totals[place] += part
        return pieces, totals

    def _learn(self, word: str, mask: int) -> tuple[int, tuple[int, ...]]:
        buckets = list(_within(word, mask))
        if len(self.sums) >= KNOWN:
            self.sums.clear()
        self.sums[word] = len(buckets), tuple(sum(map(one.__getitem__, buckets)) for one in self.weights)
        return self.sums[word]

    def save(self, file: Path, taught: str = "") -> None:
        """Writes the model; `taught` says what it was taught from (see `digest`)."""
        head = {"labels": self.labels, "scales": self.scales, "buckets": len(self.weights[0]), "taught": taught}
        packed = zlib.compress(b"".join(bytes(one) for one in self.weights), 9)
        file.write_bytes(json.dumps(head, ensure_ascii=False).encode() + b"\n" + packed)


def load(file: Path, hints: Hints | None = None, hinted: int = HINTED) -> Model:
    """The model in a file. Give it the hints it was taught with, and how much they counted."""
    line, packed = file.read_bytes().split(b"\n", 1)
    head = json.loads(line)
    size, whole = head["buckets"], memoryview(zlib.decompress(packed)).cast("b")
    weights = tuple(whole[at : at + size] for at in range(0, len(whole), size))
    return Model(tuple(head["labels"]), weights, tuple(head["scales"]), hints, hinted)


def taught(file: Path) -> str:
    """What the model in a file says it was taught from."""
    return str(json.loads(file.read_bytes().split(b"\n", 1)[0])["taught"])


def digest(examples: Iterable[tuple[str, str]]) -> str:
    """A short name for a list of examples, so that a test sees when the model is older than they are."""
    return f"{zlib.crc32(json.dumps(list(examples), ensure_ascii=False).encode()):08x}"


def train(
    examples: Iterable[tuple[str, str]],
    buckets: int = BUCKETS,
    epochs: int = EPOCHS,
    hints: Hints | None = None,
    care: float = 1.0,
    hinted: int = HINTED,
    practice: Practice = together,
) -> Model:
    """A model of (label, text) examples; label NONE is none of the others. The same examples give the same model.

    Each label is a logistic judge of its own, against all the rest. `buckets` is a power of two; `care` is how much
    more a missed example of a label counts than one wrongly taken for it; `practice` is how it learns.
    """
    known = [(label, _pieces(text, buckets - 1, hints, hinted)) for label, text in examples]
    labels = tuple(sorted({label for label, _ in known} - {NONE}))
    lines = [practice([(label == mine, pieces) for label, pieces in known], buckets, epochs, care) for mine in labels]
    scales = [max(map(abs, line)) / 127 or 1.0 for line in lines]
    weights = [
        memoryview(bytes(round(weight / scale) & 255 for weight in line)).cast("b")
        for line, scale in zip(lines, scales, strict=True)
    ]
    return Model(labels, tuple(weights), tuple(scales), hints, hinted)


def words(text: str) -> list[str]:
    """The words of a text as they are compared, repeated letters once; of a long text its beginning and end."""
    found = WORD.findall(TWICE.sub(r"\1", fold(text)))
    return found if len(found) <= WORDS else found[: WORDS // 2] + found[-WORDS // 2 :]


def _pieces(text: str, mask: int, hints: Hints | None, hinted: int = HINTED) -> list[int]:
    said = words(text)
    pieces = [piece for word in said for piece in _within(word, mask)]
    known = [hint & mask for hint in hints(said)] if hints else []
    return pieces + list(_between(said, mask)) + hinted * known + [0] * BIAS


def _within(word: str, mask: int) -> Iterator[int]:
    """The word, how it sounds, and its pieces."""
    yield _bucket("=" + word, mask)
    if word.isascii():
        yield _bucket("~" + sounds(word), mask)
    marked = f"<{word}>".encode("utf-16-le", "surrogatepass")
    end = len(marked)
    for size in range(2 * SHORTEST, 2 * LONGEST + 1, 2):
        for start in range(0, end - size + 1, 2):
            yield zlib.crc32(marked[start : start + size]) & mask


def _between(said: Sequence[str], mask: int) -> Iterator[int]:
    """Pairs of words: next to each other, and with one between."""
    for first, second in pairwise(said):
        yield _bucket(f"{first} {second}", mask)
    for first, second in zip(said, said[2:], strict=False):
        yield _bucket(f"{first}_{second}", mask)


def _bucket(piece: str, mask: int) -> int:
    return zlib.crc32(piece.encode("utf-8", "surrogatepass")) & mask
