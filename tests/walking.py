"""A walk through a conversation: each question with every answer, and each thing said, as one SMS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.advance import advance
from bot.answers import read
from bot.conversation import Answer, Choice, Question, Say, Unclear, Withheld
from bot.house import House
from bot.turn import Speaker, Stranger, Turn

WORDS = ("Anna Maria Nowak", "12:30")
"""Answers where words are asked for: a name, and a time of day."""

DEEPEST = 25


@dataclass(frozen=True, slots=True)
class Told:
    """One message of ours on the way, and the conversation that says it."""

    conversation: str
    text: str
    choices: tuple[str, ...]


@dataclass(slots=True)
class Walk:
    """The ways through the conversations for one speaker at one moment. Nothing of it is kept."""

    session: Session
    house: House
    speaker: Speaker
    now: datetime
    seen: set[tuple[str, str, str, str]] = field(default_factory=set)

    def through(self, name: str, params: Mapping[str, Any] | None = None) -> Iterator[Told]:
        """All that is said on any way through a conversation and those it leads to."""
        yield from self._step(name, params or {}, {}, 0)

    def _step(self, name: str, params: Mapping[str, Any], answers: dict[str, Any], depth: int) -> Iterator[Told]:
        saved = self.session.begin_nested()
        try:
            step = advance(self.house.conversations[name], self._turn(params), dict(answers))
        except (Withheld, Stranger):
            return saved.rollback()
        if isinstance(step, Say):
            yield from (Told(name, text, ()) for text in step.texts)
            if step.then is not None and depth < DEEPEST:
                yield from self._step(step.then.conversation, step.then.params, {}, depth + 1)
            return saved.rollback()
        saved.rollback()
        where = (name, str(params), step.name, step.text)
        if where not in self.seen:
            self.seen.add(where)
            yield Told(name, step.text, tuple(choice.label for choice in step.choices))
            for value in _answers(step):
                yield from self._step(name, params, {**answers, step.name: value}, depth + 1)

    def _turn(self, params: Mapping[str, Any]) -> Turn:
        return Turn(
            self.session,
            self.speaker,
            self.now,
            params=params,
            key=self.house.key,
            site=self.house.site,
            conversations=self.house.conversations,
        )


def _answers(question: Question) -> Iterator[Any]:
    for answer in (*map(_chosen, question.choices), *(Answer(text=words) for words in WORDS)):
        try:
            yield read(question, answer)
        except Unclear:
            continue


def _chosen(choice: Choice) -> Answer:
    return Answer(choice=choice.key)
