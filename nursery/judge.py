"""The learned judge of safeguarding: what sounds like telling of harm, where nobody thought of the phrase.

`python -m nursery.judge` teaches it anew from content/safeguarding_examples.toml, ten seconds; the same examples
give the same judge.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from nursery.folding import fold
from nursery.likeness import NONE, Model, digest, load, train
from nursery.senses import FILE as SENSES
from nursery.senses import hints

CONTENT = Path(__file__).parent / "content"
EXAMPLES = CONTENT / "safeguarding_examples.toml"
HARM = CONTENT / "safeguarding_harm.likeness"
KIND = CONTENT / "safeguarding_kind.likeness"

BUCKETS = 2**17
LIKELY = 0.65
"""From here it is an alarm. A miss is far worse than an alarm too many, so rather low than high: on messages it had not
learned, 0.8 found six in a hundred fewer and raised hardly fewer."""
STAFF = 0.3
"""From here it may be about one of us, even where it sounds more like something else: it must go round them."""

INNOCENT = "innocent"
LETTERS = re.compile(r"[^\W\d_]{2}")


def harm(text: str) -> float:
    """How much a message sounds like telling of harm, 0 to 1. A guess."""
    return _model(HARM).scores(text)["harm"] if LETTERS.search(fold(text)) else 0.0


def kind(text: str) -> str:
    """What a message that tells of harm is most likely about: child, self or staff."""
    scores = _model(KIND).scores(text)
    return "staff" if scores["staff"] >= STAFF else max(scores, key=scores.__getitem__)


@cache
def _model(file: Path) -> Model:
    return load(file, hints)


def examples() -> list[tuple[str, str]]:
    """What it learns from: (kind, message), every language."""
    return [
        (kind, message)
        for section in tomllib.loads(EXAMPLES.read_text("utf-8")).values()
        for kind, messages in section.items()
        for message in messages.strip().splitlines()
    ]


def lesson() -> str:
    """A short name for all that the judge was taught from."""
    return digest([*examples(), ("senses", SENSES.read_text("utf-8"))])


def teach() -> None:
    """Learns both models from the examples and writes them."""
    told = examples()
    harmful = [(kind, text) for kind, text in told if kind != INNOCENT]
    judged = [(NONE if kind == INNOCENT else "harm", text) for kind, text in told]
    train(judged, BUCKETS, hints=hints).save(HARM, lesson())
    train(harmful, BUCKETS // 2, hints=hints).save(KIND, lesson())


if __name__ == "__main__":
    teach()
