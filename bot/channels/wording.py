"""What a parent reads by SMS: the words, their choices by number, and as many bodies as it takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import bidirectional

from bot.channels.splitting import split, utf16
from bot.segments import economical, parts
from locales import FSI, PDI

LRM = "\u200e"
ISOLATED = re.compile(f"{FSI}([^{FSI}{PDI}]*){PDI}")

BODY_LIMIT = 1600
"""Characters of one message at Twilio, whatever its alphabet."""


def wording(text: str, choices: Sequence[str] = ()) -> str:
    """The very words a text goes out as: in the cheaper alphabet where it can, choices numbered below it."""
    offers = [f"{number} {label}" for number, label in enumerate(choices, start=1)]
    return economical(plain_marks("\n".join([text.strip(), *offers]).strip()))


def plain_marks(text: str) -> str:
    """Isolates as an old phone knows them: it shows U+2068 as a box, but keeps to the marks of 1993 (LRM). What runs
    right to left anyway needs none. One inside another goes first."""
    while (plainer := ISOLATED.sub(_plain, text)) != text:
        text = plainer
    return text


def _plain(found: re.Match[str]) -> str:
    return found[1] if _is_rtl(found[1]) else f"{LRM}{found[1]}{LRM}"


def _is_rtl(text: str) -> bool:
    first = next((bidirectional(sign) for sign in text if bidirectional(sign) in ("L", "R", "AL")), "L")
    return first != "L"


def bodies(text: str, choices: Sequence[str] = ()) -> list[str]:
    """One body, or several of which the last has the choices."""
    whole = wording(text, choices)
    if len(split(whole, BODY_LIMIT)) == 1:
        return [whole]
    texts, offers = split(wording(text), BODY_LIMIT), wording("", choices)
    together = f"{texts[-1]}\n{offers}"
    if offers and sum(map(utf16, together)) <= BODY_LIMIT:
        return [*texts[:-1], together]
    return [*texts, *split(offers, BODY_LIMIT)] if offers else texts


def count(texts: Sequence[str]) -> int:
    """How many parts these bodies are charged as."""
    return sum(parts(text).count for text in texts)
