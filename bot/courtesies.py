"""Courtesies: a message that is polite, or laughs, and no more; it has a short answer and staff are not troubled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from unicodedata import category

from bot.answers import normalise
from locales import W_

THANKING = W_("THANKS")
"""It begins a compliment where there is nothing that it could thank for."""

COURTESIES = W_("PLEASE, THANKS, THANK YOU, SORRY")
"""May stand before or after a stop word without making it a sentence."""

GREETINGS = W_("HELLO, HI, HEY, GOOD MORNING, GOOD AFTERNOON, GOOD EVENING, 👋")
GRATITUDE = W_(
    "OK, OKAY, K, GREAT, FINE, THANKS, THANK YOU, MANY THANKS, OK THANKS, OK THANK YOU, 👍, 🙏, 😊, 🙂, ❤, 👌"
)
"""Courtesies that ask for nothing: they have a short answer, and staff are not troubled with them."""

MARKS = re.compile(r"[^\w\s\u200c]+")
LAUGHTER = re.compile(r"a?(?:ha){2,}h?|(?:he){2,}h?|(?:hi){2,}|h{3,}|lo+l|xd+|ه{3,}|(?:ہا?){2,}")
KISS = re.compile(r"x+")
"""How English parents end a text: "thank you xx"."""

PHRASE = 5
"""Words of the longest courtesy that is looked for among others."""

TROUBLED = frozenset("😡😠🤬👿😢😭😟😞😔😕🙁☹😣😖😫😩😰😨😱😥😓😪🥺😿🤒🤕🤢🤮🤧😷🥵🥶🩸💉💊🚑🏥🆘🚨⚠💔🖕👎🚫⛔❌")
"""Signs that may be all somebody says of what is wrong: for a person to read."""


def courtesy(text: str, polite: Mapping[str, str]) -> str:
    """`hello` or `thanks` when a message is only courtesies, laughter and smileys; else an empty word.

    `polite` has the courtesies as normalised, each with which of the two it is.
    """
    signs = [sign for sign in text if category(sign) == "So"]
    if not TROUBLED.isdisjoint(signs):
        return ""
    bare = "".join(" " if category(sign) in {"So", "Sk", "Me"} else sign for sign in text)
    kinds = _kinds(MARKS.sub(" ", normalise(bare)).split(), polite)
    if kinds is None:
        return ""
    kinds = kinds or {polite.get(normalise(sign), "thanks") for sign in signs}
    return "thanks" if "thanks" in kinds else "".join(kinds)


def _kinds(words: list[str], polite: Mapping[str, str]) -> set[str] | None:
    """Which courtesies the words are; None when some are none."""
    found = set()
    while words:
        ways = ((count, _kind(" ".join(words[:count]), polite)) for count in range(min(PHRASE, len(words)), 0, -1))
        count, kind = next(((count, kind) for count, kind in ways if kind), (0, ""))
        if not kind:
            return None
        found.add(kind)
        words = words[count:]
    return found


def _kind(said: str, polite: Mapping[str, str]) -> str:
    return polite.get(said, "") or ("thanks" if LAUGHTER.fullmatch(said) or KISS.fullmatch(said) else "")
