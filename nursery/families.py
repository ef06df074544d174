"""Families from the office's list: settings, rooms, children, guardians and the ties between them, from CSV rows."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from sqlmodel import Session, SQLModel, col, select

from locales import shipped
from nursery.contacts import Contact, contact_at
from nursery.guardians import ANY_TOPIC, Guardian, Guardianship, Topic
from nursery.people import Child, Staff, staff_named
from nursery.phones import NotAMobile, mobile
from nursery.settings import Room, Setting, room_named, setting_named

COLUMNS = (
    "setting",
    "room",
    "child",
    "child_born",
    "guardian",
    "relationship",
    "phone",
    "language",
    "channel",
    "parental_responsibility",
    "may_receive",
    "key_person",
)

Record = TypeVar("Record", bound=SQLModel)

KNOWN_TRUTHS = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}
DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y")
CHANNELS = ("sms", "telegram")


class RowRefused(ValueError):
    """A row can't be taken; the message is the reason."""


@dataclass(slots=True)
class Imported:
    """What became of a list: rows taken, of those how many changed anything, and those refused by line."""

    taken: int = 0
    changed: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, as text. Raises RowRefused when it is not such a list."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
            if missing:
                raise RowRefused(f"the first line must name the columns; missing: {', '.join(missing)}")
            return [{name: (row.get(name) or "").strip() for name in COLUMNS} for row in reader]
    except (UnicodeDecodeError, csv.Error):
        raise RowRefused("this is not a CSV file in UTF-8") from None


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
                changed = importing.take(_read(row, test_numbers))
        except RowRefused as refusal:
            result.refused.append((line, str(refusal)))
            continue
        result.taken += 1
        result.changed += changed
    return result


@dataclass(frozen=True, slots=True)
class _Row:
    setting: str
    room: str
    child: str
    born: date
    guardian: str
    relationship: str
    phone: str
    language: str
    channel: str
    responsibility: bool | None
    may_receive: int
    key_person: str


def _read(row: Mapping[str, str], test_numbers: bool) -> _Row:
    for name in ("setting", "child", "guardian"):
        if not row[name]:
            raise RowRefused(f"{name} is empty")
    language = shipped(row["language"] or "en")
    if language is None:
        raise RowRefused(f"language: {row['language']} is not one of ours")
    channel = (row["channel"] or "sms").lower()
    if channel not in CHANNELS:
        raise RowRefused(f"channel: {row['channel']} is neither sms nor telegram")
    return _Row(
        row["setting"],
        row["room"],
        " ".join(row["child"].split()),
        _day(row["child_born"]),
        " ".join(row["guardian"].split()),
        row["relationship"],
        _phone(row["phone"], channel, test_numbers),
        language,
        channel,
        KNOWN_TRUTHS.get(row["parental_responsibility"].lower()),
        _topics(row["may_receive"]),
        row["key_person"],
    )


def _phone(written: str, channel: str, test_numbers: bool) -> str:
    if not written and channel == "telegram":
        return ""
    try:
        return mobile(written, test_numbers=test_numbers)
    except NotAMobile as refusal:
        raise RowRefused(f"phone: {refusal}") from None


def _day(written: str) -> date:
    for shape in DAY_FORMATS:
        try:
            return datetime.strptime(written, shape).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise RowRefused("child_born: write the day of birth as 2023-04-30 or 30/04/2023")


def _topics(written: str) -> int:
    """`yes` or `all`, `no` or `none`, or topics by name with spaces or semicolons between."""
    words = written.lower().replace(";", " ").replace(",", " ").split()
    if not words or words in (["no"], ["none"]):
        return 0
    if words in (["yes"], ["all"], ["y"], ["true"], ["1"]):
        return int(ANY_TOPIC)
    names = {topic.name.lower(): topic for topic in Topic if topic.name}
    unknown = [word for word in words if word not in names]
    if unknown:
        raise RowRefused(f"may_receive: {unknown[0]} is not one of yes, no, {', '.join(names)}")
    return sum(names[word] for word in set(words))


class _Import:
    """One import: what it adds or changes is counted, so that a second run can be seen to change nothing."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now, self.changes = session, now, 0

    def take(self, row: _Row) -> bool:
        """Takes a row; says whether it changed anything."""
        before = self.changes
        setting = setting_named(self.session, row.setting) or self._add(Setting(name=row.setting))
        child = self._child(row, setting)
        self._tie(child, self._guardian(row, child), row)
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

    def _child(self, row: _Row, setting: Setting) -> Child:
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
        return child

    def _guardian(self, row: _Row, child: Child) -> Guardian:
        """The guardian known by this number, or by name at this child, or a new one."""
        contact = contact_at(self.session, "sms", row.phone) if row.phone else None
        guardian = self.session.get(Guardian, contact.guardian_id) if contact and contact.guardian_id else None
        if guardian is not None and guardian.name != row.guardian:
            raise RowRefused("phone: this number is another guardian's already; a shared phone is entered by hand")
        guardian = guardian or self._known_at(child, row.guardian)
        guardian = guardian or self._add(Guardian(name=row.guardian, language=row.language, channel=row.channel))
        if row.phone and contact is None:
            self._add(
                Contact(channel="sms", address=row.phone, guardian_id=guardian.id, preferred=row.channel == "sms")
            )
        elif contact is not None and contact.guardian_id is None:
            self._set(contact, "guardian_id", guardian.id)
        return guardian

    def _known_at(self, child: Child, name: str) -> Guardian | None:
        known = (
            select(Guardian)
            .join(Guardianship, col(Guardianship.guardian_id) == col(Guardian.id))
            .join(Child, col(Child.id) == col(Guardianship.child_id))
            .where(Guardian.name == name, Child.setting_id == child.setting_id)
        )
        return self.session.exec(known).first()

    def _tie(self, child: Child, guardian: Guardian, row: _Row) -> None:
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
