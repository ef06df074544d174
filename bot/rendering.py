"""From a claimed row to a message: what may still be said to this guardian, and in which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlmodel import Session

from bot import opened as store
from bot.advance import WroteTooSoon, advance
from bot.busy import waits_until
from bot.claiming import RENDERED, Mark, claim, keep_rendering, mark
from bot.conversation import Question, Withheld
from bot.database import has_written, held
from bot.house import House
from bot.messages import Outgoing, Picture, VoiceNote
from bot.opened import Opened
from bot.outbox import Priority, State
from bot.permission import Permission, Person, people_of, refused
from bot.phones import Phones
from bot.pictures import Pictures
from bot.turn import Stranger, Turn
from bot.voices import Voices
from bot.wanted import PATIENCE, URGENT_PATIENCE, WAITING, want
from nursery import tasks
from nursery.guardians import differ
from nursery.settings import today
from nursery.translations import Wanted

log = structlog.get_logger()

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ready:
    """A claimed row that may go."""

    row: Row
    message: Outgoing


def prepare(
    session: Session,
    sender: str,
    count: int,
    lease: str,
    house: House,
    now: datetime,
    *,
    down_to: Priority = Priority.BULK,
) -> list[Ready]:
    """Claims due rows of a sender and renders them. What may not go is marked here and now, with its reason."""
    rows = claim(session, sender, count, lease, now, down_to=down_to)
    if not rows:
        return []
    with held(session):
        return _Batch(session, rows, house, now).ready()


class _Batch:
    """The rows of one claim, and what is known of their people at this moment."""

    def __init__(self, session: Session, rows: list[Row], house: House, now: datetime) -> None:
        self.session, self.rows, self.house, self.now = session, rows, house, now
        self.people = people_of(session, rows)
        contacts = [person.contact for person in self.people.values()]
        self.phones = Phones(session, contacts, self._is_for_each)
        self.permission = Permission(session, rows, self.phones, now)
        self.pictures = Pictures(session, house, now)
        self.voices = Voices(session, house)
        self.marks: list[Mark] = []
        self.renderings: list[Row] = []
        self.wanted: list[Wanted] = []

    def ready(self) -> list[Ready]:
        found = [self._one(row) for row in self.rows]
        mark(self.session, self.marks, self.now)
        keep_rendering(self.session, self.renderings)
        want(self.session, self.wanted, self.now)
        return [one for one in found if one is not None]

    def _one(self, row: Row) -> Ready | None:
        person = self._person(row)
        verdict = self.permission.verdict(row, person)
        if verdict is None and not row["text"]:
            verdict = self._render(row, person)
        if verdict is None and not self.voices.stands(row):
            verdict = refused(row, State.CANCELLED, "taken back")
        if verdict is not None:
            self.marks.append(verdict)
            return None
        self.phones.tell(row)
        return Ready(row, self._outgoing(row, person))

    def _person(self, row: Row) -> Person:
        """Who it is for: on a shared phone that may be another than the one whose the phone is."""
        owner = self.people[row["contact_id"]]
        return Person(owner.contact, self.phones.guardian(row, owner.contact) or owner.guardian)

    def _outgoing(self, row: Row, person: Person) -> Outgoing:
        left = None
        if row["expires_at"] is not None:
            left = max(1, int((row["expires_at"] - self.now).total_seconds()))
        picture, voice = self._attached(row)
        labels = tuple(label for _, label in row["choices"])
        return Outgoing(row["id"], person.contact.address, row["text"], row["language"], labels, left, picture, voice)

    def _attached(self, row: Row) -> tuple[Picture | None, VoiceNote | None]:
        """The photo that goes with it, if it may now, else the words go alone; or the recording that it is."""
        if row["photo_id"] is None and row["recording_id"] is None:
            return None, None
        picture = self.pictures.put(row, row["guardian_id"]) if row["photo_id"] is not None else None
        voice = self.voices.put(row) if row["recording_id"] is not None else None
        self._note(row)
        return picture, voice

    def _render(self, row: Row, person: Person) -> Mark | None:
        """Begins the push's conversation: its first question, or all it says, becomes the row's text."""
        conversation = self.house.conversations.get(row["conversation"])
        if conversation is None:
            return refused(row, State.FAILED, "unknown conversation")
        turn = Turn(
            self.session,
            person.speaker(),
            self.now,
            params=row["params"],
            site=self.house.site,
            translates=self.house.translates,
        )
        try:
            step = advance(conversation, turn, {})
            if has_written(self.session):
                raise WroteTooSoon(conversation.name)
        except (Withheld, Stranger) as withheld:
            return refused(row, State.SUPPRESSED, str(withheld) or "withheld")
        except Exception as error:  # the door: one row that can't be rendered must not stop the others
            return self._broken(row, error)
        if (until := self._translated_by(row, turn)) is not None:
            return refused(row, State.DUE, WAITING, until)
        if isinstance(step, Question):
            return self._ask(row, step, turn, conversation.lasts)
        row["recording_id"] = step.recording
        self._keep(row, "\n\n".join(step.texts), "", [], turn.language, step.photo)
        return None

    def _translated_by(self, row: Row, turn: Turn) -> datetime | None:
        """Until when a message waits for the translation of staff's words in it; None when it may go as it is."""
        self.wanted += turn.own_words.wanted
        if turn.own_words.since is None:
            return None
        patience = URGENT_PATIENCE if row["priority"] == Priority.URGENT else PATIENCE
        until = turn.own_words.since + patience
        return until if until > self.now else None

    def _ask(self, row: Row, question: Question, turn: Turn, lasts: timedelta) -> Mark | None:
        if (until := waits_until(self.session, row, self.now)) is not None:
            return refused(row, State.HELD, "talking", until)
        choices = [[choice.key, choice.label] for choice in question.choices]
        self._keep(row, question.text, question.name, choices, turn.language, question.photo)
        asked = Opened(row["conversation"], self.now, self.now + lasts, self.phones.params(row))
        asked.offered = question.offered
        store.keep(self.session, row["contact_id"], asked)
        return None

    def _keep(
        self, row: Row, text: str, question: str, choices: list[list[str]], language: str, photo: int | None
    ) -> None:
        text = self.phones.heading(row, language) + text
        row.update(text=text, question=question, choices=choices, language=language, photo_id=photo)
        self._note(row)

    def _note(self, row: Row) -> None:
        self.renderings.append({"b_id": row["id"], **{name: row[name] for name in RENDERED}})

    def _broken(self, row: Row, error: Exception) -> Mark:
        log.error("push not rendered", outbox=row["id"], error=type(error).__name__)
        tasks.raise_task(self.session, f"unrendered:{row['id']}", "broken message", now=self.now, about=row["key"])
        return refused(row, State.FAILED, "broken")

    def _is_for_each(self, row: Row, guardian_ids: Sequence[int]) -> bool:
        conversation = self.house.conversations.get(row["conversation"])
        if conversation is None or conversation.personal:
            return conversation is not None
        return conversation.of_children and differ(self.session, guardian_ids, today(self.now))
