"""A thread of conversations with one contact during one message: which are open, what each asks, and what is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot import opened as store
from bot.advance import advance
from bot.asked import is_theirs
from bot.brought import carrying, settle
from bot.conversation import Answer, Goto, Question, Say, Withheld
from bot.doubts import DOUBT, which
from bot.house import House
from bot.opened import Opened
from bot.replies import Spoken
from bot.segments import in_short
from bot.statements import loaded
from bot.turn import Speaker, Stranger, Turn
from bot.unheard import goes_on, pass_on
from locales import N_
from nursery.contacts import contacts_of
from nursery.guardians import Guardian
from nursery.translations import Wanted

CLOSED = N_("That question is closed. Text MENU to see what you can do.")

JUST = timedelta(hours=1)
"""How long ago a parent has surely read what is asked again by SMS."""

MAX_HOPS = 5
"""Conversations one message may be led through; more is a circle."""


class Circle(Exception):
    """Conversations lead to one another without end."""


class Thread:
    """What is open, the one asked last first. `spoken` is what to say, `outcome` what the message was taken for."""

    def __init__(
        self, session: Session, speaker: Speaker, opened: list[Opened], house: House, now: datetime, said: Answer
    ) -> None:
        self.session, self.speaker, self.house, self.now, self.said = session, speaker, house, now, said
        known = [one for one in opened if one.expires_at > now and one.conversation in house.conversations]
        here = (speaker.guardian_id, *speaker.sharing)
        known = [one for one in known if one.writer in (None, *here) and is_theirs(session, one.params, here, now)]
        self.opened = sorted(known, key=lambda one: (one.asked_at, one.id or 0), reverse=True)
        if speaker.sharing and self.current and self.current.answers and self.current.asked_at > now - JUST:
            self.speaker = replace(speaker, language=self._language(self.current.writer))
        self.spoken: list[Spoken] = []
        self.outcome = ""
        self.writer: int | None = None
        """Who of those on a shared phone has said it, once that is known."""
        self.wanted: list[Wanted] = []
        """Translations of staff's words that were not there for an answer, which does not wait: the next has them."""
        self.alarmed = False
        """Whether it tells of harm: the lead has it, and what to do now has been said."""
        self.urgent = False
        """Whether it tells of somebody hurt or ill: what nothing takes of it is passed to a person unasked."""
        self.kept_media = False
        """Whether what came with the message was taken with it as an answer."""
        self._hops = 0

    @property
    def current(self) -> Opened | None:
        """The conversation whose question the parent sees last."""
        return self.opened[0] if self.opened else None

    def new(self, name: str, params: Mapping[str, Any]) -> Opened:
        """A conversation at its beginning, not kept yet."""
        return Opened(name, self.now, self.now + self.house.conversations[name].lasts, dict(params))

    def turn(self, params: Mapping[str, Any] | None = None) -> Turn:
        turn = Turn(
            self.session,
            self.speaker,
            self.now,
            params=params or {},
            said=self.said,
            key=self.house.key,
            site=self.house.site,
            conversations=self.house.conversations,
            translates=self.house.translates,
        )
        turn.own_words.wanted = self.wanted
        return turn

    def speak(self, text: str, photo: int | None = None, writer: int | None = None) -> None:
        self.spoken.append(Spoken(text, self._language(writer), photo=photo, writer=writer))

    def _language(self, writer: int | None) -> str:
        """What is spoken with whoever of a shared phone that is; while nobody has said who, with who is in a talk
        there, else with the one whose the phone is."""
        own = loaded(self.session, Guardian, writer).language if writer is not None and self.speaker.several else ""
        return own or self.speaker.language

    def take(self, one: Opened) -> None:
        """The message was taken as an answer in this conversation: it is whoever's that is with."""
        self.writer = one.writer

    def begin(self, name: str, params: Mapping[str, Any] | None = None) -> None:
        """Starts a conversation afresh, or goes on with it where words were just said in it that nobody has. Raises
        Circle when conversations lead to one another without end."""
        self._hops += 1
        if self._hops > MAX_HOPS:
            raise Circle(name)
        self.outcome = self.outcome or name
        for one in [one for one in self.opened if one.conversation == name]:
            if params is None and not self.speaker.sharing and goes_on(self.session, self.house, one, self.now):
                self.opened.remove(one)
                return self.run(one)
            pass_on(self.session, self.house, one)
            self.close(one)
        known = {**self._named(name), **(params or {})}
        self.run(self.new(name, carrying(self.house, name, self.said, known)))

    def _named(self, name: str) -> dict[str, str]:
        """What a phrase said beside the conversation's name, such as STOP IDEAS, is kept while it asks who writes."""
        known = self.house.conversations[name]
        return {"said": self.said.text} if known.phrases is not None and known.personal and self.said.text else {}

    def step(self, one: Opened) -> Question | Say:
        """The conversation's next question or its end. One that is not for this person, or no more, ends there."""
        turn = self.turn(one.params)
        try:
            step = advance(self.house.conversations[one.conversation], turn, one.answers)
            if isinstance(step, Question) and DOUBT in one.answers:
                return which(turn, one.answers[DOUBT], step)
            return step
        except Stranger:
            return Say(then=Goto(self.house.join))
        except Withheld as withheld:
            return Say((self.turn().gettext(CLOSED),), outcome=str(withheld) or "withheld")

    def run(self, one: Opened) -> None:
        """Carries a conversation to its next question or its end, and says so."""
        step = self.step(one)
        if isinstance(step, Question):
            self.ask(one, step)
        else:
            self.end(one, step)

    def ask(self, one: Opened, question: Question, before: str = "") -> None:
        """Asks, perhaps with a line before, and keeps where the contact now is."""
        read = bool(before) and one.id is not None and self.speaker.channel == "sms" and one.asked_at > self.now - JUST
        one.asked_at = self.now
        one.offered = question.offered
        if one not in self.opened:
            self.opened.insert(0, one)
        store.keep(self.session, self.speaker.contact_id, one)
        asked = in_short(question.text) if read else question.text
        text = "\n\n".join(filter(None, (before, asked)))
        photo = None if before else question.photo
        known = (one.conversation, one.params, question, photo, one.writer)
        self.spoken.append(Spoken(text, self._language(one.writer), *known))

    def end(self, one: Opened, said: Say) -> None:
        """Says the end, and goes where it leads; what was open before is asked again."""
        settle(self.session, one.params, one.answers)
        self.close(one)
        self.outcome = said.outcome or self.outcome or one.conversation
        if said.speaker is not None:
            self._become(said.speaker)
        for place, text in enumerate(said.texts):
            self.speak(text, said.photo if place == 0 else None, one.writer)
        if said.then is not None:
            self.begin(said.then.conversation, said.then.params)
        elif self.spoken:
            self._resume()

    def _become(self, speaker: Speaker) -> None:
        """The contact is this speaker's from now on; who joins from a second address goes on where they were."""
        joined = speaker.guardian_id is not None and speaker.guardian_id != self.speaker.guardian_id
        self.speaker = speaker
        if not joined or speaker.guardian_id is None:
            return
        others = [one.id or 0 for one in contacts_of(self.session, speaker.guardian_id) if one.id != speaker.contact_id]
        moved = [one for one in store.take_over(self.session, speaker.contact_id, others) if one.expires_at > self.now]
        self.opened += sorted(moved, key=lambda one: (one.asked_at, one.id or 0), reverse=True)

    def close(self, one: Opened) -> None:
        store.close(self.session, one)
        if one in self.opened:
            self.opened.remove(one)

    def _resume(self) -> None:
        """What was open before is asked again, so that a bare number means what the parent sees last; what is stale is
        let go instead. Its buttons still answer it, and so does its word."""
        while self.current is not None and self.current.is_stale(self.now):
            self.close(self.current)
        if self.current is not None and self._hops <= MAX_HOPS:
            self._hops += 1
            self.run(self.current)
