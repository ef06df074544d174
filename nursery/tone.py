"""The tone of what staff send home: glad or plain. What tells of harm or of a worry is for a talk (product rule 7)."""

from __future__ import annotations

from locales import SOURCE
from locales.sentences import D_, Refusal
from nursery import judge, safeguarding
from nursery.worries import worry_in

GUESSED = "likeness"
"""The reason of an alarm that only sounds like one."""

SOUNDS = 0.9
"""From here what sounds like harm is asked about. The judge learned from parents, and staff at play write otherwise: of
150 glad or plain ones it took eight for harm at its own threshold and two from here; of 37 that tell of harm and that
neither a phrase nor a word finds, 28."""


class ConcernRefused(Refusal):
    """Words that are for a talk and not for a text; the message is the sentence for staff."""


def check(*texts: str, sure: bool = False) -> None:
    """Raises ConcernRefused for words of harm always; for what only sounds like it, or like a worry, unless whoever
    writes is sure that it is none."""
    for text in texts:
        found = safeguarding.alarm(text, SOURCE)
        if found is not None and found.reason != GUESSED:
            raise _harm()
        worry = "" if sure else worry_in(text)
        if worry:
            raise ConcernRefused(
                D_(
                    'This reads like a concern ("%(words)s"). A concern never goes by text. Book a talk with the '
                    "family instead: coatpeg slots add --kind talk. If it is no concern: the same command with --sure"
                ),
                words=worry,
            )
        if found is not None and not sure and judge.harm(text) >= SOUNDS:
            raise ConcernRefused(
                D_(
                    "This may be read as telling of harm. A concern never goes by text. Book a talk with the family "
                    "instead: coatpeg slots add --kind talk. If it is no concern: the same command with --sure"
                )
            )


def check_harm(*texts: str) -> None:
    """Raises ConcernRefused for words of harm alone: what answers a parent may name a worry of theirs."""
    for text in texts:
        found = safeguarding.alarm(text, SOURCE)
        if found is not None and found.reason != GUESSED:
            raise _harm()


def _harm() -> ConcernRefused:
    return ConcernRefused(
        D_(
            "These words may tell of harm: they don't go by text. Tell the safeguarding lead now, "
            "and ring the family or book a talk: coatpeg slots add --kind talk"
        )
    )
