"""From a claimed row to a message: what may still be said to this guardian, and in which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

import structlog
from sqlalchemy import ColumnElement, func, or_
from sqlalchemy import select as core_select
from sqlmodel import Session, col, select

from bot import opened as store
from bot.claiming import RENDERED, Mark, claim, keep_rendering, mark
from bot.conversation import Question, Speaker, Stranger, Turn, Withheld, WroteTooSoon, advance
from bot.database import has_written, held
from bot.house import House
from bot.messages import Outgoing, Picture
from bot.opened import TABLE as OPEN
from bot.opened import Opened
from bot.outbox import TABLE, Priority, State, insert_ignoring
from bot.phones import Phones
from bot.pictures import Pictures
from locales import SOURCE
from nursery import preferences, tasks
from nursery.contacts import Contact, ContactState, best_contact
from nursery.guardians import ANY_TOPIC, Guardian, Guardianship, allows, children_of, wants
from nursery.people import Child
from nursery.settings import Setting, at, today

log = structlog.get_logger()

BUSY = timedelta(minutes=5)
"""A push that asks waits while the parent is answering something else: their next "1" must not be taken for it."""

HELD_FOR = timedelta(minutes=30)
"""How soon after the safeguarding lead releases a family what was held for it goes on its way."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ready:
    """A claimed row that may go."""

    row: Row
    message: Outgoing


@dataclass(frozen=True, slots=True)
class _Person:
    contact: Contact
    guardian: Guardian | None

    def speaker(self) -> Speaker:
        language = (self.guardian.language if self.guardian else None) or self.contact.language or SOURCE
        contact, guardian_id = self.contact, self.guardian.id if self.guardian else None
        return Speaker(contact.id or 0, contact.channel, contact.address, guardian_id, language, contact.state)


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
        pushes = [row for row in rows if row["topic"]]
        self.people = self._people()
        self.phones = Phones(session, [person.contact for person in self.people.values()])
        self.permitted = self._permitted(pushes)
        self.sent_today = self._sent_today(pushes)
        self.hours = preferences.hours_of(session, {row["guardian_id"] for row in pushes}) if pushes else {}
        self.pictures = Pictures(session, house, now)
        self.marks: list[Mark] = []
        self.renderings: list[Row] = []

    def ready(self) -> list[Ready]:
        found = [self._one(row) for row in self.rows]
        mark(self.session, self.marks, self.now)
        keep_rendering(self.session, self.renderings)
        return [one for one in found if one is not None]

    def _one(self, row: Row) -> Ready | None:
        person = self._person(row)
        verdict = self._expired(row) or self._closed(row, person) or self._push_verdict(row, person)
        if verdict is None and not row["text"]:
            verdict = self._render(row, person)
        if verdict is not None:
            self.marks.append(verdict)
            return None
        self.phones.tell(row)
        return Ready(row, self._outgoing(row, person))

    def _person(self, row: Row) -> _Person:
        """Who it is for: on a shared phone that may be another than the one whose the phone is."""
        owner = self.people[row["contact_id"]]
        return _Person(owner.contact, self.phones.guardian(row, owner.contact) or owner.guardian)

    def _outgoing(self, row: Row, person: _Person) -> Outgoing:
        left = None
        if row["expires_at"] is not None:
            left = max(1, int((row["expires_at"] - self.now).total_seconds()))
        picture = self._picture(row)
        labels = tuple(label for _, label in row["choices"])
        return Outgoing(row["id"], person.contact.address, row["text"], row["language"], labels, left, picture)

    def _picture(self, row: Row) -> Picture | None:
        """The photo that goes with it, if it may now; else the words go alone."""
        if row["photo_id"] is None:
            return None
        picture = self.pictures.put(row, row["guardian_id"])
        self._note(row)
        return picture

    def _stop(self, row: Row, state: State, reason: str, due_at: datetime | None = None) -> Mark:
        return Mark(row["id"], row["lease"], state, reason, due_at=due_at, undo_try=True)

    def _expired(self, row: Row) -> Mark | None:
        if row["expires_at"] is not None and row["expires_at"] <= self.now:
            return self._stop(row, State.CANCELLED, "too late")
        return None

    def _closed(self, row: Row, person: _Person) -> Mark | None:
        """An address that is shut: another of the same guardian's takes over, if there is one. Answers go to those who
        stopped, since they have just written."""
        state = person.contact.state
        if not self.phones.is_theirs(row, person.contact):
            moved = reroute(self.session, row, self.now)
            return self._stop(row, State.SUPPRESSED, "moved" if moved else "not their address any more")
        if state == ContactState.ACTIVE or (state == ContactState.STOPPED and row["key"].startswith("in:")):
            return None
        if row["guardian_id"] is not None and state != ContactState.STOPPED and reroute(self.session, row, self.now):
            return self._stop(row, State.SUPPRESSED, "moved")
        return self._stop(row, State.SUPPRESSED, state)

    def _push_verdict(self, row: Row, person: _Person) -> Mark | None:
        if not row["topic"]:
            return self._stale(row)
        if row["id"] not in self.permitted:
            return self._stop(row, State.SUPPRESSED, "not allowed")
        if person.guardian is not None and person.guardian.sends_held:
            return self._stop(row, State.HELD, "held", self.now + HELD_FOR)
        if self.phones.is_told(row):
            return self._stop(row, State.SUPPRESSED, "told on a shared phone")
        if row["priority"] <= Priority.REPLY:
            return None
        setting = self.session.get_one(Setting, row["setting_id"])
        return self._quiet(row, setting) or self._over_budget(row, setting)

    def _stale(self, row: Row) -> Mark | None:
        """An answer that has waited since another day does not go to who may be told of no child any more; it may name
        one. What people wrote to them is checked as it is put into words."""
        if not row["key"].startswith("in:") or row["guardian_id"] is None:
            return None
        if row["created_at"] >= at(today(self.now), time(0)):
            return None
        if children_of(self.session, row["guardian_id"], ANY_TOPIC, today(self.now)):
            return None
        return self._stop(row, State.SUPPRESSED, "not allowed")

    def _quiet(self, row: Row, setting: Setting) -> Mark | None:
        """Quiet hours; and for what can wait, the part of the day the guardian likes, unless it would come too late."""
        polite, hour = setting.polite(self.now), self.hours.get(row["guardian_id"])
        if hour and (row["priority"] >= Priority.BULK or row["topic"] & preferences.WAITS):
            good = preferences.good_moment(hour, self.now, setting)
            if row["expires_at"] is None or good < row["expires_at"]:
                return self._stop(row, State.HELD, "hour", good) if good > self.now else None
        return self._stop(row, State.HELD, "quiet hours", polite) if polite > self.now else None

    def _over_budget(self, row: Row, setting: Setting) -> Mark | None:
        """One budget a guardian and day, across children, rooms and staff; what can't wait till tomorrow goes."""
        count = self.sent_today.get(row["guardian_id"], 0)
        tomorrow = setting.tomorrow(self.now)
        if count >= setting.daily_budget and (row["expires_at"] is None or row["expires_at"] > tomorrow):
            return self._stop(row, State.HELD, "budget", tomorrow)
        self.sent_today[row["guardian_id"]] = count + 1
        return None

    def _render(self, row: Row, person: _Person) -> Mark | None:
        """Begins the push's conversation: its first question, or all it says, becomes the row's text."""
        conversation = self.house.conversations.get(row["conversation"])
        if conversation is None:
            return self._stop(row, State.FAILED, "unknown conversation")
        turn = Turn(self.session, person.speaker(), self.now, params=row["params"], site=self.house.site)
        try:
            step = advance(conversation, turn, {})
            if has_written(self.session):
                raise WroteTooSoon(conversation.name)
        except (Withheld, Stranger) as withheld:
            return self._stop(row, State.SUPPRESSED, str(withheld) or "withheld")
        except Exception as error:  # the door: one row that can't be rendered must not stop the others
            return self._broken(row, error)
        if isinstance(step, Question):
            return self._ask(row, step, turn, conversation.lasts)
        self._keep(row, "\n\n".join(step.texts), "", [], turn.language, step.photo)
        return None

    def _ask(self, row: Row, question: Question, turn: Turn, lasts: timedelta) -> Mark | None:
        if row["priority"] > Priority.REPLY and self._is_talking(row["contact_id"]):
            return self._stop(row, State.HELD, "talking", self.now + BUSY)
        choices = [[choice.key, choice.label] for choice in question.choices]
        self._keep(row, question.text, question.name, choices, turn.language, question.photo)
        asked = Opened(row["conversation"], self.now, self.now + lasts, self.phones.params(row))
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
        return self._stop(row, State.FAILED, "broken")

    def _is_talking(self, contact_id: int) -> bool:
        recent = core_select(OPEN.c.id).where(OPEN.c.contact_id == contact_id, OPEN.c.asked_at > self.now - BUSY)
        return self.session.connection().execute(recent.limit(1)).first() is not None

    def _people(self) -> dict[int, _Person]:
        mine = {row["contact_id"] for row in self.rows}
        found = self.session.exec(
            select(Contact, Guardian)
            .join(Guardian, col(Contact.guardian_id) == col(Guardian.id), isouter=True)
            .where(col(Contact.id).in_(mine))
        )
        return {contact.id or 0: _Person(contact, guardian) for contact, guardian in found}

    def _permitted(self, pushes: Sequence[Row]) -> set[int]:
        """Which pushes may still go: wanted by the guardian, and allowed by a tie to the child or the setting."""
        if not pushes:
            return set()
        day, topic = today(self.now), TABLE.c.topic
        tie: ColumnElement[bool] = (
            core_select(col(Guardianship.id))
            .join(Child, col(Child.id) == col(Guardianship.child_id))
            .where(
                col(Guardianship.guardian_id) == TABLE.c.guardian_id,
                col(Child.setting_id) == TABLE.c.setting_id,
                or_(TABLE.c.child_id.is_(None), TABLE.c.child_id == col(Child.id)),
                allows(topic, day),
            )
            .exists()
        )
        chosen = (
            core_select(TABLE.c.id)
            .join(Guardian, col(Guardian.id) == TABLE.c.guardian_id)
            .where(TABLE.c.id.in_([row["id"] for row in pushes]), wants(topic, day), tie)
        )
        return set(self.session.connection().execute(chosen).scalars())

    def _sent_today(self, pushes: Sequence[Row]) -> dict[int, int]:
        counted = {row["guardian_id"] for row in pushes if row["priority"] > Priority.REPLY}
        if not counted:
            return {}
        midnight = at(today(self.now), time(0))
        told = (
            core_select(TABLE.c.guardian_id, func.count())
            .where(
                TABLE.c.guardian_id.in_(counted),
                TABLE.c.sent_at >= midnight,
                TABLE.c.topic != 0,
                TABLE.c.priority > int(Priority.REPLY),
            )
            .group_by(TABLE.c.guardian_id)
        )
        return {row[0]: row[1] for row in self.session.connection().execute(told)}


def reroute(session: Session, row: Row, now: datetime) -> bool:
    """Sends the same to the guardian's next working address. False when there is none."""
    other = best_contact(session, row["guardian_id"], but=row["contact_id"])
    if other is None:
        return False
    send_again(session, row, f"{row['key']}:via:{other.id}", now, to=other, due_at=now)
    return True


def send_again(
    session: Session, row: Row, key: str, now: datetime, *, due_at: datetime, to: Contact | None = None
) -> None:
    """Puts the same message in the outbox once more, under a key that makes a second time harmless."""
    fresh = {name: row[name] for name in ("setting_id", "guardian_id", "child_id", "topic", "priority", "expires_at")}
    fresh |= {name: row[name] for name in ("conversation", "params")}
    if not row["topic"]:
        fresh |= {name: row[name] for name in ("text", "language", "question", "choices", "photo_id")}
    values = (
        _BLANK
        | fresh
        | {
            "key": key,
            "sender": to.channel if to else row["sender"],
            "contact_id": to.id if to else row["contact_id"],
            "due_at": due_at,
            "created_at": now,
        }
    )
    session.connection().execute(insert_ignoring(session, TABLE), values)


_BLANK: Row = {
    "state": State.DUE.value,
    "reason": "",
    "question": "",
    "choices": [],
    "answered": "",
    "text": "",
    "language": SOURCE,
    "lease": "",
    "tries": 0,
    "provider_id": "",
    "error_code": "",
}
