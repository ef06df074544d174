"""The learned judge of safeguarding: what sounds like telling of harm, where nobody thought of the phrase.

`python -m nursery.judge` teaches it anew from content/safeguarding_examples.toml, a minute; the same examples
give the same judge.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from nursery.folding import fold
from nursery.likeness import NONE, Model, digest, load, train
from nursery.practice import apart
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
"""From here it is an alarm. A miss is far worse than an alarm too many, so rather low than high: of 5303 of one author,
nearly all hints or written to tempt, learned by folds with the phrases beside it, it missed 23 in a hundred and raised
11 (before those, and by even steps: 28 and 13); from 0.75, 29 and 8."""
STAFF = 0.3
"""From here it may be about one of us, even where it sounds more like something else: it must go round them."""
CLEAR = 0.3
"""How much more it must sound like another kind than the one a phrase tells of, for the phrase to be mistaken in that:
"shouts in front of the kids" tells of whoever writes, and of a child."""

INNOCENT = "innocent"
LETTERS = re.compile(r"[^\W\d_]{2}")
SENTENCE = re.compile(r"[^.!?\n؟۔]+")
SENTENCES = 20
"""How many of a message are judged for themselves, of its beginning and of its end: none costs more."""


def harm(text: str) -> float:
    """How much a message, or a sentence of it, sounds like telling of harm, 0 to 1. A guess."""
    return max(map(_harm, (text, *_sentences(text))))


def _harm(text: str) -> float:
    return _model(HARM).scores(text)["harm"] if LETTERS.search(fold(text)) else 0.0


def _sentences(text: str) -> list[str]:
    """Where there are several: what is told in passing is lost in a message of other things."""
    found = [one for one in SENTENCE.findall(text) if len(one.split()) > 1]
    return [] if len(found) < 2 else [*found[:SENTENCES], *found[SENTENCES:][-SENTENCES:]]


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
    """Learns both models from the examples and writes them. Of what is innocent, every sentence is."""
    told = examples()
    harmful = [(kind, text) for kind, text in told if kind != INNOCENT]
    innocent = [(NONE, one) for kind, text in told if kind == INNOCENT for one in (text, *_sentences(text))]
    judged = [("harm", text) for _, text in harmful] + innocent
    train(judged, BUCKETS, EPOCHS, hints, hinted=HINTED, practice=apart).save(HARM, lesson())
    train(harmful, BUCKETS // 4, EPOCHS, hints, hinted=HINTED).save(KIND, lesson())


if __name__ == "__main__":
    teach()
