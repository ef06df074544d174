"""Forgetting: rows that go, with what hangs on them, and rows that only lose a tie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, delete, exists, false, not_, or_, update
from sqlalchemy import select as core_select
from sqlmodel import Session, SQLModel

AT_ONCE = 500
"""Rows that go in one turn: others wait for the writer meanwhile."""


def numbers_of(session: Session, table: Table, where: ColumnElement[bool], most: int = AT_ONCE) -> list[Any]:
    """The keys of the rows that are meant, lowest first. The table must have a key of one column."""
    key = _key(table)
    assert key is not None, table.name
    return list(session.connection().execute(core_select(key).where(where).order_by(key).limit(most)).scalars())


def remove(session: Session, table: Table, numbers: Sequence[Any]) -> int:
    """Deletes the rows with these keys, and with them what can't be without them; what only points at them loses the
    pointer. Returns how many rows of this table went."""
    key = _key(table)
    assert key is not None, table.name
    for column in pointers(table):
        theirs = column.in_(numbers)
        owner = column.table
        assert isinstance(owner, Table)
        if column.nullable:
            session.connection().execute(update(owner).where(theirs).values({column.name: None}))
        else:
            remove_all(session, owner, theirs)
    return int(session.connection().execute(delete(table).where(key.in_(numbers))).rowcount)


def remove_all(session: Session, table: Table, where: ColumnElement[bool]) -> int:
    """The same for all rows that are meant."""
    if _key(table) is None:
        return int(session.connection().execute(delete(table).where(where)).rowcount)
    gone = 0
    while numbers := numbers_of(session, table, where):
        gone += remove(session, table, numbers)
    return gone


def not_pointed_at(table: Table, but: Sequence[str] = ()) -> ColumnElement[bool]:
    """The condition on a row that nothing points at, in tables other than those named; nor at the row of its own table
    that it belongs to, as an edited message does to the first."""
    own = [column for column in pointers(table) if column.table is table]
    others = [column for column in pointers(table) if column.table.name not in but]
    found = (exists().where(_elsewhere(column, table) == key) for column in others for key in (_key(table), *own))
    return not_(or_(false(), *found))


def _elsewhere(column: Column[Any], table: Table) -> ColumnElement[Any]:
    """The column; of a table that points at itself, under another name."""
    return table.alias().c[column.name] if column.table is table else column


def pointers(table: Table) -> Iterator[Column[Any]]:
    """The columns of all tables that hold a key of this one."""
    for other in SQLModel.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table is table and isinstance(key.parent, Column):
                yield key.parent


def _key(table: Table) -> Column[Any] | None:
    columns = list(table.primary_key.columns)
    return columns[0] if len(columns) == 1 else None
