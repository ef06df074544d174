"""Doubts about what was said: a word of a conversation where free words are asked, words that may be no answer to an
old question, a sentence where a choice is asked. What was meant is asked, once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.conversation import Answer, Choice, Question
from bot.segments import named_by
from bot.turn import Turn

DOUBT = "?"
"""The name under which a doubt stands behind the answers so far; no question of a conversation has it."""
ANSWER, LEAVE, PASS, GO_ON, ELSE = "answer", "leave", "pass", "on", "else"


def doubt(value: Any, said: Answer, named: str) -> dict[str, Any] | None:
    """What is kept of words that were read as free words (`value`) and start the conversation `named`; None where the
    question reads more than words, such as a day, or a photo came with them."""
    free = isinstance(value, Mapping) and value.get("text") == said.text.strip() and not said.media
    return {"said": said.text.strip(), "inbound": said.inbound_id, "named": named} if free else None


def aside(said: Answer, guess: str, before: Mapping[str, Any] | None, *, private: bool) -> dict[str, Any]:
    """What is kept of a message that answers no choice, with what was kept of the one `before`, if that waits too;
    `guess` is the conversation that it is clearly about, or an empty word: it is offered first, but where what is said
    is the parent's own affair."""
    words, ids = said.text.strip(), [said.inbound_id]
    if before is not None:
        words, ids = f"{before['said']}\n{words}".strip(), [*before["ids"], *ids]
    return {"said": words, "ids": ids, "named": guess, "private": private}


def unfit(said: Answer, guess: str, before: Mapping[str, Any] | None) -> dict[str, Any]:
    """What is kept of words (and what came with them) that may be no answer, with what was kept `before` of others that
    nobody has; `guess` as in `aside`."""
    words, ids, media = said.text.strip(), [said.inbound_id], list(said.media)
    if before is not None:
        words, ids = f"{before['said']}\n{words}".strip(), [*before["ids"], *ids]
        media = [*before["media"], *media]
    return {"said": words, "ids": ids, "inbound": said.inbound_id, "media": media, "named": guess, "unfit": True}


def is_aside(kept: Mapping[str, Any]) -> bool:
    """Whether what is kept stands aside from the question, or may be its answer."""
    return "ids" in kept and not is_unfit(kept)


def is_unfit(kept: Mapping[str, Any]) -> bool:
    """Whether what is kept was doubted for what it is or how late it came, not for being a word."""
    return bool(kept.get("unfit"))


def words_of(kept: Mapping[str, Any]) -> Answer:
    """The words as they came."""
    return Answer(kept["said"], media=tuple(kept.get("media", ())), inbound_id=kept["inbound"])


def which(turn: Turn, kept: Mapping[str, Any], asked: Question) -> Question:
    """Asks whether the words are the answer to what was asked, or lead to the conversation that they start; of words
    that stand aside, whether a person is to have them."""
    if is_aside(kept):
        return _for_whom(turn, kept)
    if is_unfit(kept):
        return _whether(turn, kept, asked)
    text = turn.say(turn.gettext('Is "%(words)s" your answer?'), words=kept["said"])
    leave = turn.say(turn.gettext("No, go to: %(place)s"), place=_place(turn, kept))
    yes = Choice(ANSWER, turn.gettext("Yes, that is my answer"), (turn.gettext("Yes"),))
    return Question(DOUBT, text, (yes, Choice(LEAVE, leave, (turn.gettext("No"),))))


def _whether(turn: Turn, kept: Mapping[str, Any], asked: Question) -> Question:
    text = turn.say(turn.gettext("Is that your answer to this? %(question)s"), question=named_by(asked.text))
    yes = Choice(ANSWER, turn.gettext("Yes, that is my answer"), (turn.gettext("Yes"),))
    other = Choice(ELSE, turn.gettext("No, it is something else"), (turn.gettext("No"),))
    if not kept["named"]:
        return Question(DOUBT, text, (yes, other))
    leave = turn.say(turn.gettext("No, go to: %(place)s"), place=_place(turn, kept))
    return Question(DOUBT, _cautioned(turn, kept, text), (yes, Choice(LEAVE, leave), other))


def _cautioned(turn: Turn, kept: Mapping[str, Any], text: str) -> str:
    caution = turn.conversations[kept["named"]].caution
    return f"{turn.gettext(caution)}\n{text}" if caution else text


def _for_whom(turn: Turn, kept: Mapping[str, Any]) -> Question:
    text = turn.gettext("I can't take that as an answer here. Shall I pass your words to a person?")
    yes = Choice(PASS, turn.gettext("Pass my words to a person"), (turn.gettext("Yes"),))
    on = Choice(GO_ON, turn.gettext("Go on with the question"), (turn.gettext("No"),))
    if not kept["named"]:
        return Question(DOUBT, text, (yes, on))
    place = Choice(LEAVE, turn.say(turn.gettext("Go to: %(place)s"), place=_place(turn, kept)))
    if kept.get("private", True):
        return Question(DOUBT, _cautioned(turn, kept, text), (yes, on, place))
    text = turn.gettext("Thank you. What shall I do with this?")
    return Question(DOUBT, _cautioned(turn, kept, text), (place, yes, on))


def _place(turn: Turn, kept: Mapping[str, Any]) -> str:
    known = turn.conversations[kept["named"]]
    label = known.label or known.more
    return turn.gettext(label) if label else str(kept["said"]).upper()
