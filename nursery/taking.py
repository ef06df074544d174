"""Taking a list: what it adds and changes is counted, and what looks odd beside what is here is noted."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

from sqlmodel import Session, SQLModel
from sqlmodel.sql.expression import SelectOfScalar

from locales.sentences import D_, Mark, Sentence
from nursery.oddities import alike
from nursery.people import Staff
from nursery.settings import Room, Setting, today

Record = TypeVar("Record", bound=SQLModel)
Named = TypeVar("Named", Setting, Room, Staff)


class Taking:
    """One list being taken: a second run can be seen to change nothing."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now, self.changes = session, now, 0
        self.seen: dict[int, tuple[int, str]] = {}
        """The children of the list so far: the line they stood on last, and the room they had there."""
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
