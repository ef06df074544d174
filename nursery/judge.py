"""The learned judge of safeguarding: what sounds like telling of harm, where nobody thought of the phrase.

`python -m nursery.judge` teaches it anew from content/safeguarding_examples.toml, a minute; the same examples
give the same judge.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from nursery.contexts import run_together
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
LIKELY = 0.63
"""From here it is an alarm. A miss is far worse than an alarm too many, so it is as high as loses nothing of what was
found among the examples before innocent talk run together was taught. Of 5303 of one author, nearly all hints or
written to tempt, the judge before that, learned by folds, with the phrases beside it missed 23 in a hundred and raised
11."""
STAFF = 0.3
"""From here it may be about one of us, even where it sounds more like something else: it must go round them."""
STAFF_IN_PART = 0.5
"""The same of a part: in a long message's whole, who did it is lost as what was done is."""
CLEAR = 0.3
"""How much more it must sound like another kind than the one a phrase tells of, for the phrase to be mistaken in that:
"shouts in front of the kids" tells of whoever writes, and of a child."""

INNOCENT = "innocent"
LETTERS = re.compile(r"[^\W\d_]{2}")
SENTENCE = re.compile(r"[^.!?\n؟۔]+")
SENTENCES = 20
"""How many of a message are judged for themselves, of its beginning and of its end: none costs more."""
SPACE = re.compile(r"[\s,;،؛]+")
STRETCH = 15
"""Words of a sentence beyond which it is heard in excerpts too: half of all parents write without a full stop."""
EXCERPT, ONWARD = 10, 5
"""Words of an excerpt, and how many further on the next begins."""
BELIEVED = 0.85
"""How much less an excerpt is believed, torn from what was said around it."""
TELLING = 30
"""Words up to which an example of harm is taught: what is longer is mostly other talk, which is no harm."""
TOGETHER = 0.3
"""How many of the innocent examples are taught once more run together: what is torn from ordinary talk is no harm."""


def harm(text: str) -> float:
    """How much a message, a sentence of it or an excerpt of a long one sounds like telling of harm, 0 to 1. A guess."""
    heard = max(map(_harm, (text, *_sentences(text))))
    if heard >= LIKELY:
        return heard
    return max([heard, *(BELIEVED * _harm(excerpt) for excerpt in _excerpts(text))])


def _harm(text: str) -> float:
    return _model(HARM).scores(text)["harm"] if LETTERS.search(fold(text)) else 0.0


def _sentences(text: str) -> list[str]:
    """Where there are several: what is told in passing is lost in a message of other things."""
    found = [one for one in SENTENCE.findall(text) if len(one.split()) > 1]
    return [] if len(found) < 2 else [*found[:SENTENCES], *found[SENTENCES:][-SENTENCES:]]


def _excerpts(text: str) -> list[str]:
    """Of each sentence that goes on and on, its parts, each half in the next: harm told amid other talk is thin."""
    found: list[str] = []
    for sentence in SENTENCE.findall(text):
        said = SPACE.split(sentence.strip())
        if len(said) > STRETCH:
            starts = range(0, len(said) - EXCERPT + ONWARD, ONWARD)
            found += [" ".join(said[start : start + EXCERPT]) for start in starts]
    return [*found[:SENTENCES], *found[SENTENCES:][-SENTENCES:]]


def kind(text: str, told: str | None = None) -> str:
    """What a message that tells of harm is most likely about: child, self or staff; `told` is what a phrase of it says.

    What either takes for staff is staff, and so is a long message of which a part that tells of harm is about staff.
    """
    scores = _model(KIND).scores(text)
    if told == "staff" or scores["staff"] >= STAFF or any(map(_is_of_staff, (*_sentences(text), *_excerpts(text)))):
        return "staff"
    likely = max(scores, key=scores.__getitem__)
    return told if told and scores[likely] - scores[told] < CLEAR else likely


def _is_of_staff(part: str) -> bool:
    return _harm(part) >= LIKELY and _model(KIND).scores(part)["staff"] >= STAFF_IN_PART


@cache
def _model(file: Path) -> Model:
    return load(file, hints, HINTED)


def examples() -> list[tuple[str, str]]:
    """What it learns from: (kind, message), every language."""
    return [(kind, message) for section in _sections() for kind, messages in section.items() for message in messages]


def _sections() -> list[dict[str, list[str]]]:
    """The same language by language: the messages of each kind."""
    read = tomllib.loads(EXAMPLES.read_text("utf-8")).values()
    return [{kind: messages.strip().splitlines() for kind, messages in section.items()} for section in read]


def lesson() -> str:
    """A short name for all that the judge was taught from."""
    return digest([*examples(), ("senses", SENSES.read_text("utf-8"))])


def teach() -> None:
    """Learns both models from the examples and writes them. Of what is innocent, every sentence is."""
    told = examples()
    harmful = [(kind, text) for kind, text in told if kind != INNOCENT]
    innocent = [(NONE, one) for kind, text in told if kind == INNOCENT for one in (text, *_sentences(text))]
    judged = [("harm", text) for _, text in harmful if len(text.split()) <= TELLING] + innocent + _contexts()
    train(judged, BUCKETS, EPOCHS, hints, hinted=HINTED, practice=apart).save(HARM, lesson())
    train(harmful, BUCKETS // 4, EPOCHS, hints, hinted=HINTED).save(KIND, lesson())


def _contexts() -> list[tuple[str, str]]:
    """Innocent examples once more, as excerpts of long messages."""
    run = (text for section in _sections() for text in run_together(section[INNOCENT], TOGETHER))
    return [(NONE, excerpt) for text in run for excerpt in _excerpts(text)]


if __name__ == "__main__":
    teach()
