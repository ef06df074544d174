"""One turn of talk with a contact: what was meant, and which conversation takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot import emergencies
from bot.advance import advance
from bot.answered import answer
from bot.answers import normalise
from bot.conversation import Answer, Question, Say
from bot.doubts import DOUBT
from bot.elsewhere import answer_elsewhere
from bot.house import House
from bot.opened import Opened, close_all
from bot.replies import Spoken
from bot.thread import CLOSED, Thread
from bot.turn import Speaker
from bot.unheard import is_unheard
from bot.unplaced import place, say_unheard
from bot.untaken import fall_back, is_allowed
from nursery import invitations


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

    def hear(self, *, alarmed: bool = False) -> None:
        """Understands a message of words (or a photo, or a voice note) and speaks. `alarmed`: it has been answered
        already that it tells of harm."""
        heard = self.thread.said
        said, current = heard.text, self.thread.current
        named = self.house.understanding.meant(said, self.speaker.language)
        welcomed = self._welcome()
        self.thread.alarmed = alarmed
        if named is None and emergencies.tells(said):
            emergencies.warn(self.thread)
        if said.startswith("/start ") or (current is not None and self._is_code(said)):
            self.thread.begin(self.house.join, {"said": said, "welcomed": welcomed})
        elif current is not None and named == self.house.back:
            self._go_back(current)
        elif named is not None and named in self.house.controls:
            self._control(named, current)
        elif current is not None:
            answer(self.thread, current, named)
        elif named is not None and is_allowed(self.thread, named):
            self.thread.begin(named)
        elif named is not None or not answer_elsewhere(self.thread):
            fall_back(self.thread, named, welcomed=welcomed)
        if self.thread.urgent and self.speaker.guardian_id is not None and not self._is_private(current):
            emergencies.pass_on(self.thread)  # what was taken as an answer too
        place(self.thread, heard)

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
            answer(self.thread, current, None)

    def too_late(self) -> None:
        """A button that is no answer any more."""
        self.thread.speak(self._gettext(CLOSED))
        self.outcome = "late tap"

    def _is_code(self, said: str) -> bool:
        """Whether a message is a code that was given out: it is redeemed whatever is asked at that moment."""
        code = invitations.read_code(normalise(said))
        return code is not None and invitations.find(self.session, code, self.house.key) is not None

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

    def _is_private(self, current: Opened | None) -> bool:
        return current is not None and self.house.conversations[current.conversation].private

    def _gettext(self, message: str) -> str:
        return self.thread.turn().gettext(message)

    def _control(self, name: str, current: Opened | None) -> None:
        unheard = name != "language" and current is not None and is_unheard(self.session, self.house, current)
        if name != "language" and current is not None:
            self.thread.close(current)
        self.thread.begin(name)
        if unheard:
            say_unheard(self.thread)

    def _go_back(self, current: Opened) -> None:
        self.outcome = self.house.back
        if not current.answers:
            self.thread.close(current)
            self.thread.begin(*current.params.get("before", ("menu",)))  # where it led here from, a question ago
            return
        current.answers.popitem()
        current.unclear = 0
        self.thread.run(current)
