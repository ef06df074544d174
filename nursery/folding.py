"""Texts as they are compared: case, accents, vowel signs, apostrophes and look-alike letters aside."""

from __future__ import annotations

import re
import unicodedata

TWICE = re.compile(r"(\S)\1+")
SAME = str.maketrans(
    {**dict(zip("łđøı", "ldoi", strict=True)), **dict.fromkeys("'’‘ʼ`´\u200c\u200d\u00ad\u0640")}
    | {place: None for place in range(0x300, 0xFFFF) if unicodedata.category(chr(place)) == "Mn"}
    | dict(zip("یىےکہةۃں", "يييكههه\u0646", strict=True))
)
SOUNDS = str.maketrans({**dict(zip("eyowv75", "iiuuuhk", strict=True)), "2": None, "3": "a"})


def fold(text: str) -> str:
    """A text as it is compared."""
    return unicodedata.normalize("NFKD", text.casefold()).translate(SAME)


def sounds(word: str) -> str:
    """A romanised word as it sounds, since Urdu and Arabic have no fixed spelling in Latin letters."""
    return TWICE.sub(r"\1", word.translate(SOUNDS))
