"""Families from the office's list: settings, rooms, children, guardians and the ties between them, from CSV rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from sqlmodel import Session, SQLModel, col, select

from locales.sentences import D_
from nursery import beginnings, pegs, settling
from nursery.contacts import Contact, SharedPhone, contact_at, contacts_of
from nursery.family_rows import FamilyRow, RowRefused, read_row
from nursery.guardians import Guardian, Guardianship
from nursery.holds import hold_newcomer
from nursery.people import Child, Staff, staff_named
from nursery.settings import Room, Setting, room_named, setting_named, today
from nursery.settling import Settling
from nursery.shared_phones import propose
from nursery.tasks import raise_task

FRESH = timedelta(days=14)
"""A first day so long ago begins nothing any more: the fortnight is over."""

Record = TypeVar("Record", bound=SQLModel)


@dataclass(slots=True)
class Imported:
    """What became of a list: rows taken, of those how many changed anything, and those refused by line."""

    taken: int = 0
    changed: int = 0
    refused: list[tuple[int, RowRefused]] = field(default_factory=list)


def import_families(
    session: Session, rows: Iterable[Mapping[str, str]], now: datetime, *, test_numbers: bool = False
) -> Imported:
    """Takes the rows that can be taken and names the others by line (the header is line 1). Twice changes nothing.

    A row in the office's list is the staff's confirmation of the tie it states.
    """
    result, importing = Imported(), _Import(session, now)
    for line, row in enumerate(rows, start=2):
        try:
            with session.begin_nested():
                changed = importing.take(read_row(row, test_numbers))
        except RowRefused as refusal:
            result.refused.append((line, refusal))
            continue
        result.taken += 1
        result.changed += changed
    importing.give_pegs()
    return result


class _Import:
    """One import: what it adds or changes is counted, so that a second run can be seen to change nothing."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now, self.changes = session, now, 0
        self.seen: set[int] = set()

    def take(self, row: FamilyRow) -> bool:
        """Takes a row; says whether it changed anything."""
        before = self.changes
        setting = setting_named(self.session, row.setting) or self._add(Setting(name=row.setting))
        child = self._child(row, setting)
        guardian = self._guardian(row, child)
        self._tie(child, guardian, row)
        self._start(child, guardian, row)
        return self.changes > before

    def _add(self, record: Record) -> Record:
        self.session.add(record)
        self.session.flush()
        self.changes += 1
        return record

    def _set(self, record: SQLModel, name: str, value: object) -> None:
        if getattr(record, name) != value:
            setattr(record, name, value)
            self.session.add(record)
            self.changes += 1

    def _child(self, row: FamilyRow, setting: Setting) -> Child:
        known = select(Child).where(Child.setting_id == setting.id, Child.name == row.child, Child.born == row.born)
        child = self.session.exec(known).first()
        if child is None:
            child = self._add(Child(setting_id=setting.id or 0, name=row.child, born=row.born))
        if row.room:
            room = room_named(self.session, setting, row.room)
            room = room or self._add(Room(setting_id=setting.id or 0, name=row.room))
            self._set(child, "room_id", room.id)
        if row.key_person:
            staff = staff_named(self.session, setting.id or 0, row.key_person)
            staff = staff or self._add(Staff(setting_id=setting.id or 0, name=row.key_person))
            self._set(child, "key_person_id", staff.id)
        self._peg(child, row)
        return child

    def _peg(self, child: Child, row: FamilyRow) -> None:
        """The picture that is asked for; who asks for none is given one when all have been seen."""
        self.seen.add(child.id or 0)
        if not row.picture:
            return
        try:
            self.changes += pegs.choose(self.session, child, row.picture)
        except pegs.PegRefused as refusal:
            raise RowRefused(D_("picture: %(why)s"), why=refusal) from None

    def give_pegs(self) -> None:
        """To the children of the list who have no picture, or in their new room the same as another."""
        for number in sorted(self.seen):
            child = self.session.get(Child, number)
            if child is not None:
                pegs.give(self.session, child)

    def _start(self, child: Child, guardian: Guardian, row: FamilyRow) -> None:
        """A first day begins the settling-in log and the guardian's first weeks; not one that is long past, and not one
        that has begun already: staff may have moved it by hand."""
        day = today(self.now)
        if row.starts is None or row.starts < day - FRESH:
            return
        if self.session.get(Settling, child.id) is None:
            settling.begin(self.session, child, row.starts)
            self.changes += 1
        self.changes += beginnings.begin_on(self.session, guardian, child.setting_id, row.starts)

    def _guardian(self, row: FamilyRow, child: Child) -> Guardian:
        """The guardian known by this number, or by name at this child, or a new one. A number that is another's already
        is not taken from them, and not used for this one until staff confirm that they share the phone."""
        contact = contact_at(self.session, "sms", row.phone) if row.phone else None
        guardian = self._known_by(contact, row.guardian) or self._known_at(child, row.guardian)
        guardian = guardian or self._add(Guardian(name=row.guardian, language=row.language, channel=row.channel))
        if row.phone and contact is None:
            self._number(guardian, row, child)
        elif contact is not None and contact.guardian_id is None:
            self._set(contact, "guardian_id", guardian.id)
        elif contact is not None and contact.guardian_id != guardian.id:
            self.changes += propose(self.session, contact, guardian, self.now, child.setting_id)
        return guardian

    def _number(self, guardian: Guardian, row: FamilyRow, child: Child) -> None:
        """A first number is taken. Another one is for staff to confirm: the list may be the older of the two."""
        if all(one.channel != "sms" for one in contacts_of(self.session, guardian.id or 0)):
            preferred = row.channel == "sms"
            self._add(Contact(channel="sms", address=row.phone, guardian_id=guardian.id, preferred=preferred))
            return
        self.changes += raise_task(
            self.session,
            f"number:{guardian.id}:{row.phone}",
            "another number in the office's list: has it changed?",
            now=self.now,
            setting_id=child.setting_id,
            guardian_id=guardian.id,
            about=f"coatpeg guardian number {guardian.id} {row.phone}",
        )

    def _known_by(self, contact: Contact | None, name: str) -> Guardian | None:
        """The guardian of that name at this address: whose it is, or another of those who share it."""
        if contact is None:
            return None
        shared = select(SharedPhone.guardian_id).where(SharedPhone.contact_id == contact.id)
        known = select(Guardian).where(
            (col(Guardian.id) == contact.guardian_id) | col(Guardian.id).in_(shared), Guardian.name == name
        )
        return self.session.exec(known).first()

    def _known_at(self, child: Child, name: str) -> Guardian | None:
        known = (
            select(Guardian)
            .join(Guardianship, col(Guardianship.guardian_id) == col(Guardian.id))
            .join(Child, col(Child.id) == col(Guardianship.child_id))
            .where(Guardian.name == name, Child.setting_id == child.setting_id)
        )
        return self.session.exec(known).first()

    def _tie(self, child: Child, guardian: Guardian, row: FamilyRow) -> None:
        """The tie as the office states it. What staff have since limited by hand (dates, orders) is not touched."""
        known = select(Guardianship).where(Guardianship.guardian_id == guardian.id, Guardianship.child_id == child.id)
        if self.session.exec(known).first() is not None:
            return
        self._add(
            Guardianship(
                guardian_id=guardian.id or 0,
                child_id=child.id or 0,
                relationship=row.relationship,
                parental_responsibility=row.responsibility,
                may_receive=row.may_receive,
                confirmed_at=self.now if row.may_receive else None,
            )
        )
        hold_newcomer(self.session, guardian.id or 0, child.id or 0, self.now)
