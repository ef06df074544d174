"""Taking a list: what it adds and changes is counted, and what looks odd beside what is here is noted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar

from sqlmodel import Session, SQLModel, select
from sqlmodel.sql.expression import SelectOfScalar

from locales.sentences import D_, Mark, Sentence
from nursery.family_rows import RowRefused
from nursery.oddities import alike
from nursery.people import Staff
from nursery.settings import Room, Setting, setting_named, today

Record = TypeVar("Record", bound=SQLModel)
Named = TypeVar("Named", Room, Staff)


class Taking:
    """One list being taken: a second run can be seen to change nothing."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now, self.changes = session, now, 0
        self.seen: dict[int, tuple[int, str]] = {}
        """The children of the list so far: the line they stood on last, and the room they had there."""
        self.slips: dict[str, str] = {}
        """Settings that nobody has, and those they are much like."""
        self.odd: list[Sentence] = []
        """Of the row that is being taken."""

    @property
    def day(self) -> date:
        return today(self.now)

    def add(self, record: Record) -> Record:
        self.session.add(record)
        self.session.flush()
        self.changes += 1
        return record

    def look_for_slips(self, listed: Iterable[str]) -> None:
        """Of the settings a list names, row by row: those that are not here and much like one that is, or that the list
        names more often, are slips."""
        counted = Counter(" ".join(name.split()) for name in listed)
        known = set(self.session.exec(select(Setting.name)))
        for name, _ in counted.most_common():
            near = alike(name, known) if name and name not in known else ""
            if near:
                self.slips[name] = near
            else:
                known.add(name)

    def setting(self, name: str) -> Setting:
        """The setting of that name, a new one where there is none. Raises RowRefused for a slip."""
        if name in self.slips:
            raise RowRefused(
                D_("setting: %(name)s is much like %(near)s. Write it alike, or, if they are two: --new-settings"),
                name=name,
                near=self.slips[name],
            )
        return setting_named(self.session, name) or self.add(Setting(name=name))

    def new(self, record: Named, others: SelectOfScalar[str]) -> Named:
        """Adds what has a name, perhaps another's written in another way."""
        near = alike(record.name, self.session.exec(others))
        if near:
            self.note(D_("%(name)s is new here, and much like %(near)s: are they one?"), name=record.name, near=near)
        return self.add(record)

    def set(self, record: SQLModel, name: str, value: object) -> None:
        if getattr(record, name) != value:
            setattr(record, name, value)
            self.session.add(record)
            self.changes += 1

    def note(self, message: Mark, **values: object) -> None:
        """Something odd."""
        self.odd.append(Sentence(message, **values))
