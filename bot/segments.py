"""SMS parts: what a text costs, and the same words said in the cheaper alphabet."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from textwrap import shorten

PENCE_PER_PART = Decimal("4.0")
"""An indicative list price of one part to a UK mobile; each setting enters what its own account pays."""

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")
"""GSM 03.38: the alphabet, and the characters that cost two because an escape goes before them."""

GSM = BASIC | EXTENSION

PLAIN = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032`\u00b4", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " ")
    | dict.fromkeys("\u00ad\u200b\u2060\ufeff", "")
)
"""Quotes, dashes and spaces as typewriters have them; soft hyphens and spaces without width fall away."""

PLAINER = PLAIN | str.maketrans(
    {"\u2026": "...", "\u2022": "-"} | dict.fromkeys("\u200e\u200f\u2066\u2067\u2068\u2069", "")
)
"""And an ellipsis (three characters for one), bullets and marks of direction: worth it only where it saves."""


NAMED = 100
"""Characters of a question that it is known by."""

LONG, SHORT = 3, 70
"""Parts of a question that is long, and signs of a line that is not."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a text is sent as: `GSM-7` or `UCS-2`, how many parts, and how many units of that alphabet."""

    encoding: str
    count: int
    units: int


def economical(text: str) -> str:
    """The same words with typographic marks made plain, since one curly quote more than halves what a part holds.

    Letters are never touched: an accent belongs to a name.
    """
    plainer = text.translate(PLAINER)
    return plainer if GSM.issuperset(plainer) else text.translate(PLAIN)


def in_short(text: str) -> str:
    """What is said of a question once more to who has just read it: all of it if it is short; else its last line, which
    asks, or nothing where it is one long answer."""
    last = text.rsplit("\n", 1)[-1]
    return text if parts(economical(text)).count < LONG else last if len(last) <= SHORT else ""


def named_by(text: str) -> str:
    """What a question is known by: all of it if it is short, else its last line, cut to NAMED characters."""
    return shorten(text if len(text) <= NAMED else text.rsplit("\n", 1)[-1], NAMED, placeholder="...")


def segment(text: str) -> tuple[str, ...]:
    """The parts a text goes out as; pairs (escape and character, or surrogates) are never split."""
    gsm = GSM.issuperset(text)
    alone, joined = (160, 153) if gsm else (70, 67)
    widths = [_width(letter, gsm) for letter in text]
    if sum(widths) <= alone:
        return (text,)
    starts, room = [0], joined
    for place, width in enumerate(widths):
        if width > room:
            starts.append(place)
            room = joined
        room -= width
    return tuple(text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True))


def parts(text: str) -> Parts:
    """How many parts a text costs: 160 units alone or 153 a part in GSM-7, 70 or 67 in UCS-2."""
    gsm = GSM.issuperset(text)
    return Parts("GSM-7" if gsm else "UCS-2", len(segment(text)), sum(_width(letter, gsm) for letter in text))


def pence(parts_count: int) -> Decimal:
    """What so many parts cost in pence, at the list price."""
    return parts_count * PENCE_PER_PART


def _width(letter: str, gsm: bool) -> int:
    return 2 if (letter in EXTENSION and gsm) or letter > "\uffff" else 1
