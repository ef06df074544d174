"""A row of one guardian in every table that can hold one, whatever tables there are: for the tests of rights."""

from __future__ import annotations

import itertools
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, Column, Table, insert
from sqlmodel import Session, SQLModel

from nursery.held import HELD, addresses, of_guardian, table_of
from tests.cast import MONDAY

COUNT = itertools.count(1)
OF_THE_CAST = ("contact", "guardianship", "shared_phone")
VALUES: dict[type, Any] = {datetime: MONDAY, date: MONDAY.date(), time: time(9), int: 1, float: 1.0, bool: False}


class Filling:
    """Rows of one guardian about one child, each of whose words hold `mark`."""

    def __init__(
        self, session: Session, guardian_id: int, child_id: int, mark: str, common: dict[str, Any] | None = None
    ) -> None:
        self.session, self.mark, self.common = session, mark, common if common is not None else {}
        self.known: dict[str, Any] = {
            "guardian": guardian_id,
            "child": child_id,
            "contact": addresses(session, guardian_id)[0],
        }
        self.known |= {"setting": 1, "staff": 1, "room": 1}

    def fill(self) -> None:
        """One row in each table of HELD, and what these need."""
        for table in SQLModel.metadata.sorted_tables:
            if table.name in {"media", *(held.table for held in HELD)} - {*OF_THE_CAST}:
                self.row(table)

    def row(self, table: Table) -> Any:
        """The key of this guardian's row in a table, made when there is none."""
        if table.name not in self.known and table.name not in self.common:
            values = {column.name: self._value(column) for column in table.c if not self._own_key(column)}
            made = self.session.connection().execute(insert(table).values(values))
            whose = self.known if self._is_theirs(table) else self.common
            whose[table.name] = made.inserted_primary_key[0] if made.inserted_primary_key else None
        return self.known.get(table.name, self.common.get(table.name))

    def _is_theirs(self, table: Table) -> bool:
        """Whether each guardian has rows of their own: a note about a child is there for both."""
        lines = {held.table for held in HELD}
        return table.name in lines or bool({key.column.table.name for key in table.foreign_keys} & lines)

    def _own_key(self, column: Column[Any]) -> bool:
        return column.primary_key and not column.foreign_keys and column.type.python_type is int

    def _value(self, column: Column[Any]) -> Any:
        for key in column.foreign_keys:
            target = key.column.table
            if target is column.table or (column.nullable and target.name not in (*self.known, "inbound_message")):
                return None
            return self.row(target)
        plain = getattr(column.type, "impl_instance", column.type)
        if isinstance(plain, JSON):
            return []
        kind = plain.python_type
        return VALUES.get(kind, b"photo" if kind is bytes else f"{self.mark} {next(COUNT)}")


def rows_of(session: Session, guardian_id: int) -> dict[str, list[tuple[Any, ...]]]:
    """All that a guardian has, as it stands in the database."""
    contacts = addresses(session, guardian_id)
    found = {}
    for held in HELD:
        table = table_of(held)
        chosen = table.select().where(of_guardian(table, guardian_id, contacts)).order_by(*table.primary_key.columns)
        found[held.table] = [tuple(row) for row in session.connection().execute(chosen)]
    return found


def whole_database(session: Session) -> str:
    """Every value of every table, to look for words in."""
    tables = SQLModel.metadata.sorted_tables
    return "\n".join(repr(tuple(row)) for table in tables for row in session.connection().execute(table.select()))
