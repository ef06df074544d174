"""What is always so: "grandma picks him up most days" is an answer to who is close to a child, and no request."""

from __future__ import annotations

import re
import tomllib
from functools import cache, partial
from pathlib import Path

from bot.conversation import ToldHere
from bot.turn import Turn
from handlers.day_words import any_of, folded, listed
from handlers.days import is_ahead, read_day
from locales import SOURCE

TODAYS = ("absent",)
"""Who is ill is ill today, unless a word says otherwise."""
URGENT = (*TODAYS, "late")
"""Where nobody reads the answer, so is who is late."""


def told_here(turn: Turn, *conversations: str, timed: bool = False, unread: bool = False) -> ToldHere:
    """For a question to which what these conversations of today's are about may be told as it always is; `timed`:
    times belong to the answer; `unread`: nobody on the staff reads it today."""
    return partial(_is_told, turn, conversations, timed, URGENT if unread else TODAYS)


def _is_told(
    turn: Turn, conversations: tuple[str, ...], timed: bool, todays: tuple[str, ...], guess: str, words: str
) -> bool | None:
    """Whether it is so on no one day: a word says so, or no day and no time is named."""
    if guess not in conversations:
        return None
    said, (always, now) = folded(words), _words(turn.language)
    if is_ahead(words, turn.language):
        return False
    if always.search(said) and (timed or not now.search(said)):
        return True
    timeless = timed or not (now.search(said) or any(sign.isdecimal() for sign in said))
    return guess not in todays and timeless and read_day(words, turn.language, turn.today) is None


@cache
def _words(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What says so in a language and in English, and what says the contrary."""
    own = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    lines = [own.get(tag, {}) for tag in dict.fromkeys((SOURCE, language))]
    always, now = (any_of(word for line in lines for word in listed(line.get(key, ""))) for key in ("always", "now"))
    return re.compile(always), re.compile(now)
