"""One turn of talk with a contact: what is open, what was meant, and what is said back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot import answers as reading
from bot import opened as store
from bot.conversation import (
    TRIES,
    Answer,
    Conversation,
    Goto,
    Question,
    Say,
    Speaker,
    Stranger,
    Turn,
    Unclear,
    Withheld,
    advance,
)
from bot.opened import Opened
from bot.understanding import Understanding
from locales import N_
from nursery.inbox import pass_to_staff

CLOSED = N_("That question is closed. Text MENU to see what you can do.")

MAX_HOPS = 5
"""Conversations one message may be led through; more is a circle."""


class Circle(Exception):
    """Conversations lead to one another without end."""


@dataclass(frozen=True, slots=True)
class House:
    """The conversations, and what is understood as their words.

    `join` greets strangers, `welcome` a guardian at the first message; `unsure` takes what nothing else does;
    `controls` are taken even where free words are asked. `key` signs invitation codes.
    """

    conversations: Mapping[str, Conversation]
    understanding: Understanding
    key: bytes = b""
    welcome: str = "welcome"
    join: str = "join"
    unsure: str = "unsure"
    back: str = "back"
    controls: frozenset[str] = frozenset({"menu", "language"})
    passing: frozenset[str] = frozenset({"menu", "unsure"})
    """Conversations that only lead on: they are not come back to when a word has led elsewhere."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message back; with `question`, the question it asks and the conversation that asks it."""

    text: str
    language: str
    conversation: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    question: Question | None = None


class Talk:
    """The talk with one contact during one message. `spoken` is what to say, `outcome` what it was taken for."""

    def __init__(
        self, session: Session, speaker: Speaker, opened: list[Opened], house: House, now: datetime, said: Answer
    ) -> None:
        self.session, self.speaker, self.house, self.now, self.said = session, speaker, house, now, said
        self.opened = [one for one in opened if one.expires_at > now and one.conversation in house.conversations]
        self.opened.sort(key=lambda one: (one.asked_at, one.id or 0), reverse=True)
        self.spoken: list[Spoken] = []
        self.outcome = ""
        self._hops = 0

    def hear(self) -> None:
        """Understands a message of words (or a photo, or a voice note) and speaks."""
        named = self.house.understanding.meant(self.said.text, self.speaker.language)
        current = self.opened[0] if self.opened else None
        welcomed = self._welcome()
        if self.said.text.startswith("/start "):
            self.begin(self.house.join, {"said": self.said.text, "welcomed": welcomed})
        elif current is not None and named == self.house.back:
            self._go_back(current)
        elif named in self.house.controls:
            self._control(str(named), current)
        elif current is not None:
            self._answer(current, named)
        elif named is not None and self._allowed(named):
            self.begin(named)
        else:
            self._fall_back(named, welcomed=welcomed)

    def begin(self, name: str, params: Mapping[str, Any] | None = None) -> None:
        """Starts a conversation afresh."""
        self._hops += 1
        if self._hops > MAX_HOPS:
            raise Circle(name)
        for one in [one for one in self.opened if one.conversation == name]:
            self._close(one)
        self.outcome = self.outcome or name
        self._run(self._new(name, params or {}))

    def tap(self, conversation: str, params: Mapping[str, Any], question: str, choice: str, *, pushed: bool) -> None:
        """A button of an earlier message of ours. What was pushed may be answered again at any time; a question of a
        conversation that has gone on or ended is not answered by its old buttons."""
        current = next((one for one in self.opened if one.conversation == conversation and one.params == params), None)
        if current is None and pushed and conversation in self.house.conversations:
            current = self._new(conversation, params)
        step = self._advance(current) if current is not None else None
        if current is not None and isinstance(step, Say):
            self._end(current, step)
        elif current is None or not isinstance(step, Question) or step.name != question:
            self._speak(self._gettext(CLOSED))
            self.outcome = "late tap"
        else:
            self.said = Answer(choice=choice, inbound_id=self.said.inbound_id)
            self._answer(current, None)

    def ask_again(self) -> None:
        """Asks the open question once more, as after a change of language."""
        if self.opened:
            self._run(self.opened[0])

    def _welcome(self) -> bool:
        """Greets a known guardian at the very first message from here, before it is taken as usual."""
        welcome = self.house.conversations.get(self.house.welcome)
        if self.speaker.guardian_id is None or self.speaker.greeted or welcome is None:
            return False
        said = advance(welcome, self._turn({}), {})
        self.speaker = replace(self.speaker, greeted=True)
        for text in said.texts if isinstance(said, Say) else ():
            self._speak(text)
        return True

    def _fall_back(self, named: str | None = None, *, welcomed: bool = False) -> None:
        """What nothing took: a stranger is asked to join; words are a person's to read, whatever comes of them."""
        if self.speaker.guardian_id is None:
            self.begin(self.house.join, {"said": self.said.text if named is None else ""})
            return
        courtesy = self.house.understanding.courtesy(self.said.text)
        if self.said.inbound_id is not None and named is None and not courtesy:
            pass_to_staff(self.session, self.said.inbound_id)
        close = self.house.understanding.close(self.said.text, self.speaker.language)
        params = {
            "inbound": self.said.inbound_id,
            "said": self.said.text,
            "close": close,
            "courtesy": courtesy,
            "welcomed": welcomed,
        }
        self.begin(self.house.unsure, params)

    def _new(self, name: str, params: Mapping[str, Any]) -> Opened:
        lasts = self.house.conversations[name].lasts
        return Opened(name, self.now, self.now + lasts, dict(params))

    def _allowed(self, name: str) -> bool:
        return self.speaker.guardian_id is not None or self.house.conversations[name].open_to_strangers

    def _gettext(self, message: str) -> str:
        return self._turn({}).gettext(message)

    def _turn(self, params: Mapping[str, Any]) -> Turn:
        return Turn(
            self.session,
            self.speaker,
            self.now,
            params=params,
            said=self.said,
            key=self.house.key,
            conversations=self.house.conversations,
        )

    def _speak(self, text: str) -> None:
        self.spoken.append(Spoken(text, self.speaker.language))

    def _advance(self, one: Opened) -> Question | Say:
        """The conversation's next question or its end. One that is not for this person, or no more, ends there."""
        try:
            return advance(self.house.conversations[one.conversation], self._turn(one.params), one.answers)
        except Stranger:
            return Say(then=Goto(self.house.join))
        except Withheld as withheld:
            return Say((self._gettext(CLOSED),), outcome=str(withheld) or "withheld")

    def _close(self, one: Opened) -> None:
        store.close(self.session, one)
        if one in self.opened:
            self.opened.remove(one)

    def _run(self, one: Opened) -> None:
        """Carries a conversation to its next question or its end, and says so."""
        step = self._advance(one)
        if isinstance(step, Question):
            self._ask(one, step)
        else:
            self._end(one, step)

    def _ask(self, one: Opened, question: Question, before: str = "") -> None:
        one.asked_at = self.now
        if one not in self.opened:
            self.opened.insert(0, one)
        store.keep(self.session, self.speaker.contact_id, one)
        text = f"{before}\n\n{question.text}" if before else question.text
        self.spoken.append(Spoken(text, self.speaker.language, one.conversation, one.params, question))

    def _end(self, one: Opened, said: Say) -> None:
        self._close(one)
        self.outcome = said.outcome or self.outcome or one.conversation
        self.speaker = said.speaker or self.speaker
        for text in said.texts:
            self._speak(text)
        if said.then is not None:
            self.begin(said.then.conversation, said.then.params)
        elif self.opened and self.spoken:
            self._resume(self.opened[0])

    def _resume(self, earlier: Opened) -> None:
        """What was open before is asked again, so that a bare number means what the parent sees last."""
        if self._hops <= MAX_HOPS:
            self._hops += 1
            self._run(earlier)

    def _control(self, name: str, current: Opened | None) -> None:
        if name != "language" and current is not None:
            self._close(current)
        self.begin(name)

    def _go_back(self, current: Opened) -> None:
        self.outcome = self.house.back
        if not current.answers:
            self._close(current)
            self.begin("menu")
            return
        current.answers.popitem()
        current.unclear = 0
        self._run(current)

    def _answer(self, current: Opened, named: str | None) -> None:
        """Takes the message as the answer to the open question, unless it is the word of another conversation."""
        self.outcome = current.conversation
        step = self._advance(current)
        if isinstance(step, Say):
            self._end(current, step)
            return
        try:
            current.answers[step.name] = reading.read(step, self.said)
        except Unclear as unclear:
            if named is not None and named != self.house.back and self._allowed(named):
                if current.conversation in self.house.passing:
                    self._close(current)
                self.begin(named)
            elif current.conversation in self.house.passing:
                self._close(current)
                self._fall_back()
            else:
                self._not_understood(current, step, str(unclear))
            return
        current.unclear = 0
        self._run(current)

    def _not_understood(self, current: Opened, question: Question, help_text: str) -> None:
        current.unclear += 1
        self.outcome = "unclear"
        if current.unclear >= TRIES and self.speaker.guardian_id is not None and self.said.inbound_id is not None:
            current.unclear = 0
            pass_to_staff(self.session, self.said.inbound_id)
            self.outcome = "passed on"
            passed = self._gettext(
                "I am sorry, I do not understand. I have passed your words to a person. You can still answer here, or text MENU."
            )
            self._ask(current, question, passed)
            return
        self._ask(current, question, help_text or self._help(question))

    def _help(self, question: Question) -> str:
        if not question.choices:
            return self._gettext("I did not understand. Please answer in a few words. BACK goes back, MENU leaves.")
        turn = self._turn({})
        return turn.say(
            self._gettext(
                "I did not understand. Please send a number from 1 to %(last)s. BACK goes back, MENU leaves."
            ),
            last=len(question.choices),
        )
