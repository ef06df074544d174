"""The learned judge of safeguarding: what sounds like telling of harm, where nobody thought of the phrase.

`python -m nursery.judge` teaches it anew from content/safeguarding_examples.toml, half a minute; the same examples
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

BUCKETS = 2**18
EPOCHS = 20
HINTED = 1
"""How much a hint counts: at the three of others, of the 349 messages of an author it had not learned from, it alone
missed twice as many at as many false alarms."""
LIKELY = 0.65
"""From here it is an alarm. A miss is far worse than an alarm too many, so rather low than high: learned by folds, with
the phrases beside it, it missed 5 in a hundred of the 349 of one author and raised 3; from 0.75, 7 and 1."""
STAFF = 0.3
"""From here it may be about one of us, even where it sounds more like something else: it must go round them."""
CLEAR = 0.3
"""How much more it must sound like another kind than the one a phrase tells of, for the phrase to be mistaken in that:
"shouts in front of the kids" tells of whoever writes, and of a child."""

INNOCENT = "innocent"
LETTERS = re.compile(r"[^\W\d_]{2}")


def harm(text: str) -> float:
    """How much a message sounds like telling of harm, 0 to 1. A guess."""
    return _model(HARM).scores(text)["harm"] if LETTERS.search(fold(text)) else 0.0


def kind(text: str, told: str | None = None) -> str:
    """What a message that tells of harm is most likely about: child, self or staff; `told` is what a phrase of it says.

    What either takes for staff is staff.
    """
    scores = _model(KIND).scores(text)
    if told == "staff" or scores["staff"] >= STAFF:
        return "staff"
    likely = max(scores, key=scores.__getitem__)
    return told if told and scores[likely] - scores[told] < CLEAR else likely


@cache
def _model(file: Path) -> Model:
    return load(file, hints, HINTED)


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
    train(judged, BUCKETS, EPOCHS, hints, hinted=HINTED).save(HARM, lesson())
    train(harmful, BUCKETS // 4, EPOCHS, hints, hinted=HINTED).save(KIND, lesson())


if __name__ == "__main__":
    teach()
