"""The engine: a conversation is run again from the top at each message, with the answers so far."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.conversation import Choice, Conversation, Dialogue, Goto, Question, Say, choose
from bot.database import forget_writes, has_written
from bot.turn import Turn
from nursery.guardians import Guardian, differ


class WroteTooSoon(Exception):
    """A conversation wrote before its last answer: it would write again at every message."""


def advance(conversation: Conversation, turn: Turn, answers: dict[str, Any]) -> Question | Say:
    """Runs the conversation from the top with the answers so far: to its first open question, or its end.

    An answer that no longer fits its question (the choice is gone since a deploy) is dropped and asked again.
    Raises WroteTooSoon if anything was written by the time it asks.
    """
    turn.session.flush()  # what an earlier conversation of this message wrote is not this one's
    forget_writes(turn.session)
    dialogue = _by_writer(conversation, turn) if turn.speaker.sharing else conversation.run(turn)
    asked: set[str] = set()
    try:
        question = next(dialogue)
        while question.name in answers and _still_fits(question, answers[question.name]):
            if question.name in asked:
                raise RuntimeError(f"{conversation.name} asks {question.name} twice")
            asked.add(question.name)
            question = dialogue.send(answers[question.name])
    except StopIteration as end:
        return end.value if isinstance(end.value, Say) else Say()
    dialogue.close()
    answers.pop(question.name, None)
    if has_written(turn.session):
        raise WroteTooSoon(conversation.name)
    return question


def _by_writer(conversation: Conversation, turn: Turn) -> Dialogue:
    """The conversation on a phone that several use: where it matters who says it, that is asked first, and kept where
    it leads on."""
    here = (turn.guardian.id or 0, *turn.speaker.sharing)
    asks = conversation.personal or (conversation.of_children and differ(turn.session, here, turn.today))
    if not asks and "writer" not in turn.params:
        return (yield from conversation.run(turn))
    writer = turn.params.get("writer")
    if writer is None:
        people = [turn.session.get_one(Guardian, one) for one in here]
        choices = tuple(Choice(str(one.id), one.name) for one in people)
        writer = int((yield from choose("writer", turn.gettext("Who of you is writing?"), choices)))
    turn.speak_as(writer)
    said = yield from conversation.run(turn)
    if said.then is None:
        return said
    return replace(said, then=Goto(said.then.conversation, {**said.then.params, "writer": writer}))


def _still_fits(question: Question, value: Any) -> bool:
    return question.read is not None or any(choice.key == value for choice in question.choices)
