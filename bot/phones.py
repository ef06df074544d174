"""Phones that several guardians share: whom a message there is for; what is for all of them goes there once in each
language they read, what is each one's own to each by name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Select, Table
from sqlalchemy import select as core_select
from sqlmodel import Session, SQLModel

from bot.asked import asked_by
from bot.outbox import TABLE, State
from bot.statements import Prepared, among, loaded
from locales import SOURCE, catalogue
from nursery.guardians import Guardian
from nursery.shared_phones import sharing

Row = dict[str, Any]

CONTACT: Table = SQLModel.metadata.tables["contact"]


class Address(NamedTuple):
    """What a send has to know of a contact: a record of each would cost as much as the rest of its looking up."""

    id: int
    channel: str
    address: str
    guardian_id: int | None
    language: str | None
    state: str
    shared: bool


def addresses(session: Session, ids: Sequence[int]) -> list[Address]:
    """Those of these contacts."""
    return [Address(*found) for found in _addresses.rows(session, ids=ids)]


@Prepared
def _addresses(dialect: str) -> Select[Any]:
    return core_select(*(CONTACT.c[name] for name in Address._fields)).where(among(CONTACT.c.id, "ids", dialect))


ForEach: TypeAlias = Callable[[Row, Sequence[int]], bool]
"""Whether a row asks or tells each of these guardians something of their own, in whatever words it begins."""

OVER = (State.CANCELLED.value, State.SUPPRESSED.value)
ARRIVED = (State.SENT.value, State.DELIVERED.value, State.UNKNOWN.value)


class Phones:
    """The addresses of one claim, and who is there besides the one whose each is; nearly always nobody."""

    def __init__(self, session: Session, contacts: Collection[Address], for_each: ForEach) -> None:
        self.session, self.for_each = session, for_each
        shared = {one.id: (one.guardian_id or 0, sharing(session, one.id)) for one in contacts if one.shared}
        self.people: dict[int, list[int]] = {phone: [mine, *more] for phone, (mine, more) in shared.items() if more}
        self.spoken = {one.id: one.language or SOURCE for one in contacts if one.shared}
        self.told: set[tuple[int, str, str]] = set()

    def is_theirs(self, row: Row, contact: Address) -> bool:
        """Whether the row's guardian is to be reached at this address: it may be another's since it was put in."""
        mine: int | None = row["guardian_id"]
        return mine in (None, contact.guardian_id) or mine in self.people.get(row["contact_id"], ())

    def guardian(self, row: Row, contact: Address) -> Guardian | None:
        """Whom the row is for, when that is not the one whose the phone is."""
        if row["guardian_id"] in (None, contact.guardian_id):
            return None
        return loaded(self.session, Guardian, row["guardian_id"])

    def is_told(self, row: Row) -> bool:
        """Whether the same has gone to this phone, in the same language, for another of those who share it."""
        people = self.people.get(row["contact_id"])
        if people is None or not row["topic"] or self.for_each(row, people):
            return False
        language = self._language(row["guardian_id"], row["contact_id"])
        if (row["contact_id"], _root(row), language) in self.told:
            return True
        return any(language == one for _, one in self._others(row, *ARRIVED))

    def tell(self, row: Row) -> None:
        """Notes that a message of this claim goes. One that is kept back keeps nothing from the others."""
        if row["contact_id"] in self.people:
            self.told.add((row["contact_id"], _root(row), row["language"]))

    def heading(self, row: Row, language: str) -> str:
        """ "For Amina: ", where it is for one of several, or for those who read this language; nothing where all read
        the same words."""
        people = self.people.get(row["contact_id"])
        if people is None:
            return ""
        also = {} if self.for_each(row, people) else dict(self._others(row))
        alike = [one for one in also if self._language(one, row["contact_id"]) == language]
        if also and len(alike) == len(also):
            return ""
        words = catalogue(language)
        names = [
            loaded(self.session, Guardian, one).name for one in people if one == row["guardian_id"] or one in alike
        ]
        return words.say(words.gettext("For %(name)s:"), name=words.comma.join(names)) + " "

    def params(self, row: Row) -> dict[str, Any]:
        """What a question there is opened with: what it was about, and whose answer it will be."""
        known = asked_by(row)
        return {**known, "writer": row["guardian_id"]} if row["contact_id"] in self.people else known

    def _language(self, guardian_id: int, contact_id: int) -> str:
        """What one of them reads there."""
        return loaded(self.session, Guardian, guardian_id).language or self.spoken[contact_id]

    def _others(self, row: Row, *states: str) -> list[tuple[int, str]]:
        """The same message's rows for the others on this phone: whom for, and in which language it was put."""
        others = [one for one in self.people[row["contact_id"]] if one != row["guardian_id"]]
        keys = [f"{_root(row)}:guardian:{one}" for one in others]
        chosen = core_select(TABLE.c.guardian_id, TABLE.c.language).where(
            TABLE.c.key.in_(keys), TABLE.c.contact_id == row["contact_id"]
        )
        chosen = chosen.where(TABLE.c.state.in_(states) if states else TABLE.c.state.not_in(OVER))
        return [(guardian_id, language) for guardian_id, language in self.session.connection().execute(chosen)]


def _root(row: Row) -> str:
    return str(row["key"]).partition(":guardian:")[0]
