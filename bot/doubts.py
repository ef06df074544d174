"""A word of a conversation as the answer to a question that takes free words: which was meant is asked, once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.conversation import Answer, Choice, Question, Turn

DOUBT = "?"
"""The name under which a doubt stands behind the answers so far; no question of a conversation has it."""
ANSWER, LEAVE = "answer", "leave"


def doubt(value: Any, said: Answer, named: str) -> dict[str, Any] | None:
    """What is kept of words that were read as free words (`value`) and start the conversation `named`; None where the
    question reads more than words, such as a day, or a photo came with them."""
    free = isinstance(value, Mapping) and value.get("text") == said.text.strip() and not said.media
    return {"said": said.text.strip(), "inbound": said.inbound_id, "named": named} if free else None


def words_of(kept: Mapping[str, Any]) -> Answer:
    """The words as they came."""
    return Answer(kept["said"], inbound_id=kept["inbound"])


def which(turn: Turn, kept: Mapping[str, Any]) -> Question:
    """Asks whether the words are the answer, or lead to the conversation that they start."""
    known = turn.conversations[kept["named"]]
    label = known.label or known.more
    place = turn.gettext(label) if label else str(kept["said"]).upper()
    text = turn.say(turn.gettext('Is "%(words)s" your answer?'), words=kept["said"])
    leave = turn.say(turn.gettext("No, go to: %(place)s"), place=place)
    yes = Choice(ANSWER, turn.gettext("Yes, that is my answer"), (turn.gettext("Yes"),))
    return Question(DOUBT, text, (yes, Choice(LEAVE, leave, (turn.gettext("No"),))))
