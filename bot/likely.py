"""What a message is probably about, learned from sentences such as parents write: a guess, which is only ever offered.

The sentences are in `meanings/`, a file a language, under the conversations that they mean; `concepts.toml` says what
words are about, so that one language's sentences help in the others. `python -m bot.likely` learns them anew.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any
from zlib import crc32

from bot.consonants import consonants
from nursery.likeness import NONE, Model, digest, load, train, words

FOLDER = Path(__file__).parent / "meanings"
CONCEPTS = FOLDER / "concepts.toml"
LEARNED = FOLDER / "learned.bin"

WORTH = 0.03
"""A conversation less likely than this is not worth a parent's reading."""
BESIDE = 0.07
"""Nor is one this much less likely than the likeliest."""
IDLE = "idle"
"""The label of talk that asks and tells nothing: see you, haha, good night."""
CHATTING, SURELY = 0.5, 0.65
"""Talk is idle, so that no guess is worth an offer, when every clause of it is so likely to be and no conversation is
likelier; the higher, when that is all there is to it and nobody need be asked what it meant."""
ASKING = 0.9
"""With a question mark it must be likelier: "how are you?" is, "parking?" is not."""
STOP, INVENTED = "stop", (0.3, 0.45)
"""A stop less likely than this, or than so much of the likeliest, would be ours, not the parent's: "I want to stop her
nappies", "the bus didn't stop"."""
SHORTEST = 3
"""Letters of the shortest message that can be like another."""
CARE = 4.0
"""How much more a meaning not seen costs than one wrongly seen: a guess is only offered."""
HINTED = 1
"""How much a concept, or the consonants of a word, weigh beside a piece of a word."""
ALONE = 2
"""How much more a concept weighs than two that come together."""
CLAUSE = re.compile(r"[.,!?;:\n،؟؛۔]+")
ASKS = re.compile("[?؟]")
CLAUSES = 12
"""What is meant may be said in one clause of many."""
JOINED = re.compile("^(?:[وف])?(?:بال|لل|ال|[بلك])?(?=[\u0600-\u06ff]{3})")
"""What Arabic writes together with a word: and, with, for, the."""

Stems = dict[str, dict[str, bool]]
"""A word, or words joined by "_", the concepts it is of, and whether it is only itself and no beginning."""


def likely(text: str) -> dict[str, float]:
    """The conversations worth offering for a message, the likeliest first, with how likely each is, 0 to 1; IDLE alone
    when it is talk that asks and tells nothing."""
    parts = [part for part in {text, *CLAUSE.split(text)[:CLAUSES]} if _has_words(part)]
    found = [_model().scores(part) for part in parts]
    if not found:
        return {}
    idle = min(one.pop(IDLE, 0.0) for one in found)
    scores = {name: max(one[name] for one in found) for name in found[0]}
    best = max(scores.values())
    if idle >= max(ASKING if ASKS.search(text) else CHATTING, best):
        return {IDLE: idle}
    least = max(WORTH, BESIDE * best)
    worth = {name: score for name, score in scores.items() if score >= least}
    if worth.get(STOP, 1.0) < max(INVENTED[0], INVENTED[1] * best):
        del worth[STOP]
    return dict(sorted(worth.items(), key=lambda one: -one[1]))


def concepts(said: list[str]) -> list[str]:
    """What the folded words of a message are about."""
    text, found, at = "_".join(said), set[str](), 0
    for word in said:
        joined = JOINED.match(word)
        for start in {at, at + (joined.end() if joined else 0)}:
            found.update(_begun(text, start))
        at += len(word) + 1
    return sorted(found)


def _begun(text: str, start: int) -> Iterator[str]:
    """The concepts of the stems that stand at a place."""
    stems, lengths = _stems()
    for length in lengths.get(text[start : start + 2], ()):
        end = start + length
        whole = text[end : end + 1] in ("", "_")
        for name, exact in stems.get(text[start:end], {}).items():
            if whole or not exact:
                yield name


def examples() -> list[tuple[str, str]]:
    """Every sentence with the conversation that it means, or NONE."""
    return [
        (NONE if name == "none" else name, sentence)
        for file in sorted(FOLDER.glob("*.toml"))
        if file != CONCEPTS
        for name, sentences in _read(file).items()
        for sentence in sentences
    ]


def lesson() -> str:
    """A short name for all that is learned from, so that a test sees when what was learned is older."""
    known = [(name, f"{tag} {line}") for name, lines in _read(CONCEPTS).items() for tag, line in lines.items()]
    return digest(examples() + known)


def learn() -> Model:
    """Learns from the sentences, and from every other one with some talk about nothing before it or after; about a
    minute."""
    known = examples()
    talk = [sentence for name, sentence in known if name == IDLE]
    longer = [
        (name, f"{other} {sentence}" if place % 4 else f"{sentence} {other}")
        for place, (name, sentence) in enumerate(known)
        if place % 2 == 0
        for other in [talk[place * len(talk) // len(known)]]
    ]
    return train(known + longer, hints=_hints, care=CARE, hinted=HINTED)


def _has_words(text: str) -> bool:
    said = "".join(words(text))
    return len(said) >= SHORTEST and not said.isdecimal()


def _hints(said: list[str]) -> list[int]:
    about = concepts(said) or ["nothing"]
    alone = [f"{name} {time}" for name in about for time in range(ALONE)]
    spoken = [f"={found}" for found in dict.fromkeys(map(consonants, said)) if found]
    return [crc32(hint.encode()) for hint in (*alone, *spoken, *map("+".join, combinations(about, 2)))]


@cache
def _model() -> Model:
    return load(LEARNED, _hints, HINTED)


@cache
def _stems() -> tuple[Stems, Mapping[str, Iterable[int]]]:
    """The stems, and by two letters how long those are that begin so."""
    found: Stems = {}
    lengths = dict[str, set[int]]()
    for name, lines in _read(CONCEPTS).items():
        for entry in " ".join(lines.values()).split():
            stem = "_".join(words(entry.replace("_", " ")))
            short = "_" not in stem and len(stem) < (4 if stem.isascii() else 3)
            found.setdefault(stem, {})[name] = short or entry.endswith(".")
            for begun in {stem[:2], f"{stem}_"[:2]}:
                lengths.setdefault(begun, set()).add(len(stem))
    return found, lengths


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))


if __name__ == "__main__":
    learn().save(LEARNED, lesson())
    sys.stdout.write(f"Learned {len(examples())} sentences into {LEARNED}.\n")
