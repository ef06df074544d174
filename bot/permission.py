"""Permission: whether a claimed row may leave now, to whom it stands for; checked at that moment, not when queued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, func, or_
from sqlalchemy import select as core_select
from sqlmodel import Session, SQLModel, col

from bot.again import reroute, unsay
from bot.claiming import Mark
from bot.outbox import TABLE, TOLD_TOGETHER, Priority, State
from bot.phones import Address, Phones, addresses
from bot.statements import Prepared, among, loaded
from bot.turn import Speaker
from locales import SOURCE
from nursery import preferences
from nursery.contacts import ContactState, is_kept_shut
from nursery.guardians import ANY_TOPIC, TODAY, Guardian, Guardianship, allows, children_of, wants
from nursery.people import Child
from nursery.settings import Setting, at, today

HELD_FOR = timedelta(minutes=30)
"""How soon after the safeguarding lead releases a family what was held for it goes on its way."""

Row = dict[str, Any]

GUARDIAN = SQLModel.metadata.tables["guardian"]


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a row is for: an address, and whose it is."""

    contact: Address
    guardian: Guardian | None

    def speaker(self) -> Speaker:
        language = (self.guardian.language if self.guardian else None) or self.contact.language or SOURCE
        contact, guardian_id = self.contact, self.guardian.id if self.guardian else None
        return Speaker(contact.id, contact.channel, contact.address, guardian_id, language, contact.state)


def people_of(session: Session, rows: Sequence[Row]) -> dict[int, Person]:
    """Whose address each row goes to, by the number of the contact."""
    session.flush()  # the driver's own statements do not
    contacts = addresses(session, [row["contact_id"] for row in rows])
    theirs = {one.guardian_id for one in contacts if one.guardian_id is not None}
    guardians = {one.id: one for one in _guardians.records(session, Guardian, ids=list(theirs))}
    return {contact.id: Person(contact, guardians.get(contact.guardian_id)) for contact in contacts}


_guardians = Prepared(lambda dialect: core_select(GUARDIAN).where(among(GUARDIAN.c.id, "ids", dialect)))


def refused(row: Row, state: State, reason: str, due_at: datetime | None = None) -> Mark:
    """What becomes of a row that does not leave now."""
    return Mark(row["id"], row["lease"], state, reason, due_at=due_at, undo_try=True)


class Permission:
    """What the rows of one claim may do, as it stands at this moment."""

    def __init__(self, session: Session, rows: Sequence[Row], phones: Phones, now: datetime) -> None:
        self.session, self.phones, self.now = session, phones, now
        pushes = [row for row in rows if row["topic"]]
        self.permitted = self._permitted(pushes)
        self.sent_today = self._sent_today(pushes)
        self.hours = _hours(session, pushes)

    def verdict(self, row: Row, person: Person) -> Mark | None:
        """Why a row may not leave now, and what becomes of it; None when it may."""
        return self._expired(row) or self._closed(row, person) or self._push_verdict(row, person)

    def _expired(self, row: Row) -> Mark | None:
        if row["expires_at"] is not None and row["expires_at"] <= self.now:
            return refused(row, State.CANCELLED, "too late")
        return None

    def _closed(self, row: Row, person: Person) -> Mark | None:
        """An address that is shut: another of the same guardian's takes over, if there is one. Answers go to those who
        stopped, since they have just written."""
        state = person.contact.state
        if not self.phones.is_theirs(row, person.contact):
            moved = reroute(self.session, row, self.now)
            return refused(row, State.SUPPRESSED, "moved" if moved else "not their address any more")
        if state == ContactState.ACTIVE or (state == ContactState.STOPPED and row["key"].startswith("in:")):
            return None
        if row["guardian_id"] is not None and reroute(self.session, row, self.now):
            return refused(row, State.SUPPRESSED, "moved")
        if is_kept_shut(person.contact.channel, state) and row["key"].startswith("in:"):
            return None
        said_stop = is_kept_shut(person.contact.channel, state)
        return refused(row, State.SUPPRESSED, ContactState.STOPPED if said_stop else state)

    def _push_verdict(self, row: Row, person: Person) -> Mark | None:
        if not row["topic"]:
            return self._stale(row)
        if row["id"] not in self.permitted:
            return refused(row, State.SUPPRESSED, "not allowed")
        if person.guardian is not None and person.guardian.sends_held:
            if row["text"]:
                unsay(self.session, row)
            return refused(row, State.HELD, "held", self.now + HELD_FOR)
        if self.phones.is_told(row):
            return refused(row, State.SUPPRESSED, TOLD_TOGETHER)
        if row["priority"] <= Priority.REPLY:
            return None
        setting = loaded(self.session, Setting, row["setting_id"])
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
        return refused(row, State.SUPPRESSED, "not allowed")

    def _quiet(self, row: Row, setting: Setting) -> Mark | None:
        """Quiet hours; and for what can wait, the part of the day the guardian likes, unless it would come too late."""
        polite, hour = setting.polite(self.now), self.hours.get(row["guardian_id"])
        if hour and (row["priority"] >= Priority.BULK or row["topic"] & preferences.WAITS):
            good = preferences.good_moment(hour, self.now, setting)
            if row["expires_at"] is None or good < row["expires_at"]:
                return refused(row, State.HELD, "hour", good) if good > self.now else None
        return refused(row, State.HELD, "quiet hours", polite) if polite > self.now else None

    def _over_budget(self, row: Row, setting: Setting) -> Mark | None:
        """One budget a guardian and day, across children, rooms and staff; what can't wait till tomorrow goes."""
        count = self.sent_today.get(row["guardian_id"], 0)
        tomorrow = setting.tomorrow(self.now)
        if count >= setting.daily_budget and (row["expires_at"] is None or row["expires_at"] > tomorrow):
            return refused(row, State.HELD, "budget", tomorrow)
        self.sent_today[row["guardian_id"]] = count + 1
        return None

    def _permitted(self, pushes: Sequence[Row]) -> set[int]:
        """Which pushes may still go: wanted by the guardian, and allowed by a tie to the child or the setting."""
        if not pushes:
            return set()
        self.session.flush()  # the driver's own statements do not
        ids = [row["id"] for row in pushes]
        return {row[0] for row in _may_go.rows(self.session, ids=ids, today=today(self.now))}

    def _sent_today(self, pushes: Sequence[Row]) -> dict[int, int]:
        counted = {row["guardian_id"] for row in pushes if row["priority"] > Priority.REPLY}
        if not counted:
            return {}
        return dict(_told_since.rows(self.session, guardians=list(counted), midnight=at(today(self.now), time(0))))


@Prepared
def _may_go(dialect: str) -> Select[Any]:
    """Of these rows those that may still go, by what the guardian wants and a tie allows on that day."""
    topic = TABLE.c.topic
    tie = (
        core_select(col(Guardianship.id))
        .join(Child, col(Child.id) == col(Guardianship.child_id))
        .where(
            col(Guardianship.guardian_id) == TABLE.c.guardian_id,
            col(Child.setting_id) == TABLE.c.setting_id,
            or_(TABLE.c.child_id.is_(None), TABLE.c.child_id == col(Child.id)),
            allows(topic, TODAY),
        )
        .exists()
    )
    return (
        core_select(TABLE.c.id)
        .join(Guardian, col(Guardian.id) == TABLE.c.guardian_id)
        .where(among(TABLE.c.id, "ids", dialect), wants(topic, TODAY), tie)
    )


@Prepared
def _told_since(dialect: str) -> Select[Any]:
    """How much each of these guardians has been sent since midnight, answers apart."""
    return (
        core_select(TABLE.c.guardian_id, func.count())
        .where(
            among(TABLE.c.guardian_id, "guardians", dialect),
            TABLE.c.sent_at >= bindparam("midnight", type_=TABLE.c.sent_at.type),
            TABLE.c.topic != 0,
            TABLE.c.priority > int(Priority.REPLY),
        )
        .group_by(TABLE.c.guardian_id)
    )


def _hours(session: Session, pushes: Sequence[Row]) -> Mapping[int, preferences.Hour]:
    return preferences.hours_of(session, {row["guardian_id"] for row in pushes}) if pushes else {}
