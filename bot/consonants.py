"""The consonants of a word, alike in Arabic letters and in Latin ones: who writes either is understood by both."""

from __future__ import annotations

import re
from functools import lru_cache

KNOWN = 10_000
"""Words kept: parents use few words often."""
SHORTEST = 2
"""Consonants; fewer say too little."""

ARABIC = str.maketrans(
    dict(zip("بپتثٹطجگچحهھخدڈذضظزژرڑسصشغفقكلمنع", "bbttttjj$hhhxddddzzzrrss$gfqklmn3", strict=True))
    | dict.fromkeys("اويء")
)
LATIN = str.maketrans({**dict.fromkeys("aeiouyvw"), **dict(zip("gcp297586", "jkbqqhxgt", strict=True))})
"""Numbers stand for letters that Latin has not: 7 for ح, 3 for ع, 5 for خ."""

BREATHED = {"كھ": "خ", "گھ": "غ", "تھ": "ت", "دھ": "د", "ٹھ": "ت", "ڈھ": "د"}
PAIRS = {"kh": "x", "gh": "8", "sh": "$", "ch": "$", "th": "t", "dh": "d"}
BREATH, PAIR = re.compile("|".join(BREATHED)), re.compile("|".join(PAIRS))
JOINED = re.compile("^[وف]?(?:بال|لل|ال)(?=[\u0600-\u06ff]{2})|^[wfb]?[aei]l(?=[a-z0-9]{3})")
"""And, with, for, the, as Arabic writes them together with a word."""
LAST = ("h", "ه")
"""A last letter that is written or not: "7afla", "7aflah"."""
TWICE = re.compile(r"(.)\1+")


@lru_cache(KNOWN)
def consonants(word: str) -> str:
    """Of a folded word, without its article: "hatigi", "htegi" and "هتيجي" have the same. Empty when there are too few
    to tell."""
    if word.isdecimal():
        return ""
    bare = JOINED.sub("", word)
    if bare.isascii():
        found = PAIR.sub(lambda pair: PAIRS[pair[0]], bare).translate(LATIN)
    else:
        found = BREATH.sub(lambda pair: BREATHED[pair[0]], bare).translate(ARABIC)
    if word.endswith(LAST):
        found = found.removesuffix("h")
    said = TWICE.sub(r"\1", found)
    return said if len(said) >= SHORTEST else ""
