"""A long list, a page at a time: more choices than eight are lost on a small screen, and every line costs."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any

from bot.answers import normalise
from bot.conversation import Answer, Choice, Question, Reader, Unclear, ask
from bot.turn import Turn
from locales import W_

LONGEST = 8
"""Choices of one page, the one for the next page included."""

MORE = "more"


def choose_of(
    turn: Turn,
    name: str,
    text: str,
    choices: Sequence[Choice],
    *,
    always: tuple[Choice, ...] = (),
    longest: int = LONGEST,
    again: str = "",
) -> Generator[Question, Any, str]:
    """Asks for one of any number of choices; returns its key. On every page the words of one of another page are an
    answer too, and `always` are offered. `again` is the question of the later pages, where it is shorter."""
    left, room = tuple(choices), longest - len(always)
    read = any_of((*choices, *always))
    more = Choice(MORE, turn.gettext("More"), turn.catalogue.words(W_("OTHER, ELSE, OTHERS")))
    asked = name
    while len(left) > room:
        shown, left = left[: room - 1], left[room - 1 :]
        chosen: str = yield from ask(asked, text, read=read, choices=(*shown, more, *always))
        if chosen != MORE:
            return chosen
        asked, text = f"{name}:{len(left)}", again or text
    chosen = yield from ask(asked, text, read=read, choices=(*left, *always))
    return chosen


def any_of(choices: Sequence[Choice]) -> Reader:
    """Reads a choice, or the words of one that stands further on."""

    def read(answer: Answer) -> str:
        said = normalise(answer.text)
        words = {normalise(word): one.key for one in reversed(choices) for word in (*one.words, one.label)}
        found = answer.choice or words.get(said)
        if not found:
            raise Unclear
        return found

    return read
