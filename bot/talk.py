"""One turn of talk with a contact: what was meant, and which conversation takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot import answers as reading
from bot.answers import chosen
from bot.conversation import Answer, Question, Say, Speaker, Unclear, advance
from bot.doubts import ANSWER, DOUBT, LEAVE, doubt, words_of
from bot.house import House
from bot.opened import Opened, close_all, keep
from bot.thread import CLOSED, Spoken, Thread
from bot.unclear import ask_again
from nursery.inbox import pass_to_staff

HIGHEST_CHOICE = 20
"""A bare number up to this was meant for a list of choices; a higher one, such as 999, is for a person to read."""


class Talk:
    """The talk with one contact during one message."""

    def __init__(
        self, session: Session, speaker: Speaker, opened: list[Opened], house: House, now: datetime, said: Answer
    ) -> None:
        self.house, self.session = house, session
        self.thread = Thread(session, speaker, opened, house, now, said)

    @property
    def spoken(self) -> list[Spoken]:
        return self.thread.spoken

    @property
    def outcome(self) -> str:
        return self.thread.outcome

    @outcome.setter
    def outcome(self, outcome: str) -> None:
        self.thread.outcome = outcome

    @property
    def speaker(self) -> Speaker:
        """Who the contact is, which what was said may have changed."""
        return self.thread.speaker

    def hear(self) -> None:
        """Understands a message of words (or a photo, or a voice note) and speaks."""
        said, current = self.thread.said.text, self.thread.current
        named = self.house.understanding.meant(said, self.speaker.language)
        welcomed = self._welcome()
        if said.startswith("/start "):
            self.thread.begin(self.house.join, {"said": said, "welcomed": welcomed})
        elif current is not None and named == self.house.back:
            self._go_back(current)
        elif named is not None and named in self.house.controls:
            self._control(named, current)
        elif current is not None:
            self._answer(current, named)
        elif named is not None and self._allowed(named):
            self.thread.begin(named)
        else:
            self._fall_back(named, welcomed=welcomed)

    def opt(self, word: str) -> None:
        """Stops or starts everything, in the middle of any conversation."""
        close_all(self.session, self.speaker.contact_id)
        self.thread.opened.clear()
        self.thread.begin(word)

    def tap(self, conversation: str, params: Mapping[str, Any], question: str, choice: str, *, pushed: bool) -> None:
        """A button of an earlier message of ours. What was pushed may be answered again at any time; a question of a
        conversation that has gone on or ended is not answered by its old buttons."""
        opened = self.thread.opened
        current = next((one for one in opened if one.conversation == conversation and one.params == params), None)
        if current is None and pushed and conversation in self.house.conversations:
            current = self.thread.new(conversation, params)
        if current is not None and question != DOUBT:
            current.answers.pop(DOUBT, None)
        step = self.thread.step(current) if current is not None else None
        if current is not None and isinstance(step, Say):
            self.thread.end(current, step)
        elif current is None or not isinstance(step, Question) or step.name != question:
            self.too_late()
        else:
            self.thread.said = Answer(choice=choice, inbound_id=self.thread.said.inbound_id)
            self._answer(current, None)

    def too_late(self) -> None:
        """A button that is no answer any more."""
        self.thread.speak(self._gettext(CLOSED))
        self.outcome = "late tap"

    def _welcome(self) -> bool:
        """Greets a known guardian at the very first message from here, before it is taken as usual."""
        welcome = self.house.conversations.get(self.house.welcome)
        if self.speaker.guardian_id is None or self.speaker.greeted or welcome is None:
            return False
        said = advance(welcome, self.thread.turn(), {})
        self.thread.speaker = replace(self.speaker, greeted=True)
        for text in said.texts if isinstance(said, Say) else ():
            self.thread.speak(text)
        return True

    def _fall_back(self, named: str | None = None, *, welcomed: bool = False) -> None:
        """What nothing took: a stranger is asked to join; words are a person's to read, whatever comes of them."""
        said = self.thread.said
        if self.speaker.guardian_id is None:
            self.thread.begin(self.house.join, {"said": said.text if named is None else ""})
            return
        known = self.house.understanding
        courtesy = "" if said.media else known.courtesy(said.text)
        close = known.close(said.text, self.speaker.language)
        chat = not close and not said.media and (welcomed or not self.spoken)  # after words of harm it is none
        number = reading.bare_number(said.text)
        stray = number is not None and number <= HIGHEST_CHOICE and not said.media
        if said.inbound_id is not None and named is None and not courtesy and not stray:
            pass_to_staff(self.session, said.inbound_id)
        params = {
            "inbound": said.inbound_id,
            "said": said.text,
            "media": list(said.media),
            "close": close,
            "courtesy": courtesy or ("idle" if chat and known.idle(said.text) else ""),
            "welcomed": welcomed,
        }
        self.thread.begin(self.house.unsure, params)

    def _allowed(self, name: str) -> bool:
        return self.speaker.guardian_id is not None or self.house.conversations[name].open_to_strangers

    def _gettext(self, message: str) -> str:
        return self.thread.turn().gettext(message)

    def _control(self, name: str, current: Opened | None) -> None:
        if name != "language" and current is not None:
            self.thread.close(current)
        self.thread.begin(name)

    def _go_back(self, current: Opened) -> None:
        self.outcome = self.house.back
        if not current.answers:
            self.thread.close(current)
            self.thread.begin(*current.params.get("before", ("menu",)))  # where it led here from, a question ago
            return
        current.answers.popitem()
        current.unclear = 0
        self.thread.run(current)

    def _answer(self, current: Opened, named: str | None) -> None:
        """Takes the message as the answer to the open question, unless it is the word of another conversation."""
        self.outcome = current.conversation
        step = self.thread.step(current)
        if isinstance(step, Say):
            self.thread.end(current, step)
            return
        if step.name == DOUBT:
            self._settle(current, step, named)
            return
        try:
            value = reading.read(step, self.thread.said, self.house.understanding.plain)
        except Unclear as unclear:
            self._not_taken(current, step, named, str(unclear))
            return
        kept = doubt(value, self.thread.said, named) if named and self._is_doubtful(current, named) else None
        current.answers[DOUBT if kept else step.name], current.unclear = kept or value, 0
        self.thread.take(current)
        self.thread.run(current)

    def _is_doubtful(self, current: Opened, named: str) -> bool:
        """Whether the message is a word, of this language or English, that starts another conversation."""
        word = self.house.understanding.word(self.thread.said.text, self.speaker.language)
        return word == named and named != current.conversation and self._allowed(named)

    def _settle(self, current: Opened, step: Question, named: str | None) -> None:
        """A word was the answer, or leads elsewhere; other words than these are the answer instead."""
        kept = current.answers.pop(DOUBT)
        picked = chosen(step, self.thread.said)
        if picked == ANSWER:
            self.thread.said = words_of(kept)
            self._answer(current, None)
        elif picked == LEAVE or (named and self._allowed(named)):
            keep(self.session, self.speaker.contact_id, current)
            self.outcome = kept["named"] if picked or not named else named
            self.thread.begin(self.outcome)
        elif reading.bare_number(self.thread.said.text) is not None:
            current.answers[DOUBT] = kept
            ask_again(self.thread, current, step)
        else:
            self._answer(current, None)

    def _not_taken(self, current: Opened, question: Question, named: str | None, help_text: str) -> None:
        """No answer to the open question: another conversation's word, or words that nothing takes."""
        leads_on = current.conversation in self.house.passing
        if named is not None and named != self.house.back and self._allowed(named):
            if leads_on:
                self.thread.close(current)
            self.outcome = named
            self.thread.begin(named)
        elif leads_on:
            self.thread.close(current)
            self._fall_back()
        elif self.house.understanding.courtesy(self.thread.said.text) and not self.thread.said.media:
            self.outcome = "courtesy"
            self.thread.ask(current, question, self._gettext("Thank you."))
        else:
            ask_again(self.thread, current, question, help_text)
