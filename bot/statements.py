"""Statements that every message runs: put into the database's words once, then handed to the driver itself.

By SQLAlchemy's own way each costs 30 to 50 microseconds, by this one 5 to 10, and a message runs six. Whatever is not
run for every message goes through SQLAlchemy. The price: no `echo` shows these, and their errors are the driver's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

import orjson
from sqlalchemy import ARRAY, ColumnElement, Dialect, Integer, Text, TypeDecorator, any_, bindparam, func
from sqlalchemy import select as core_select
from sqlalchemy.engine.interfaces import Compiled
from sqlalchemy.orm import Mapper, class_mapper
from sqlalchemy.orm.attributes import instance_state
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine
from sqlmodel import Session, SQLModel, col
from sqlmodel.sql.sqltypes import UTCDateTime

from bot.moments import Process, moments

R = TypeVar("R", bound=SQLModel)
Values = Mapping[str, Any]


class Prepared:
    """A statement of SQLAlchemy's for values known by name; `build` makes it, given the dialect's name.

    Of an INSERT, `columns` are those that values are given for.
    """

    def __init__(self, build: Callable[[str], Any], columns: Sequence[str] | None = None) -> None:
        self._build, self._columns = build, columns
        self._spoken: dict[str, _Spoken] = {}

    def rows(self, session: Session, **values: Any) -> list[tuple[Any, ...]]:
        """Runs it once; the rows it returns, as tuples of its columns."""
        spoken = self._for(session)
        found = driver(session).execute(spoken.text, spoken.bound(values)).fetchall()
        return [spoken.read(row) for row in found]

    def records(self, session: Session, kind: type[R], **values: Any) -> list[R]:
        """Runs it once; the records it returns, held by the session as if it had read them itself. The statement must
        return the columns of their table, all and in order."""
        return [_record(session, kind, row) for row in self.rows(session, **values)]

    def run(self, session: Session, **values: Any) -> None:
        """Runs it once for what it does."""
        spoken = self._for(session)
        driver(session).execute(spoken.text, spoken.bound(values))

    def count(self, session: Session, **values: Any) -> int:
        """Runs it once; how many rows it wrote."""
        spoken = self._for(session)
        return int(driver(session).execute(spoken.text, spoken.bound(values)).rowcount)

    def run_many(self, session: Session, rows: Iterable[Values]) -> None:
        """Runs it for each of these values."""
        spoken = self._for(session)
        driver(session).cursor().executemany(spoken.text, [spoken.bound(values) for values in rows])

    def _for(self, session: Session) -> _Spoken:
        assert session.bind is not None
        dialect = session.bind.dialect
        spoken = self._spoken.get(dialect.name)
        if spoken is None:
            compiled = self._build(dialect.name).compile(dialect=dialect, column_keys=self._columns)
            spoken = self._spoken[dialect.name] = _Spoken(compiled, dialect)
        return spoken


def loaded(session: Session, kind: type[R], number: int) -> R:
    """The record of that number. Raises NoResultFound where there is none."""
    known: R | None = session.identity_map.get(_identity(kind, number))
    found = [known] if known is not None else _by_number(kind).records(session, kind, number=number)
    return found[0] if found else session.get_one(kind, number)


@cache
def _by_number(kind: type[SQLModel]) -> Prepared:
    table = SQLModel.metadata.tables[str(kind.__tablename__)]
    return Prepared(lambda _: core_select(*table.c).where(table.c.id == bindparam("number")))


def _record(session: Session, kind: type[R], row: tuple[Any, ...]) -> R:
    """What SQLAlchemy's own loading comes down to, which takes 120 microseconds longer for the one row that most of
    these have; `session.add`, of a record made and detached, takes 15."""
    key = _identity(kind, row[0])
    known: R | None = session.identity_map.get(key)
    if known is not None:
        return known
    made: R = _mapper(kind).class_manager.new_instance()
    state = instance_state(made)
    state.dict.update(zip(_names(kind), row, strict=True))
    state.key, state.session_id = key, session.hash_key
    session.identity_map.add(state)
    session.info.get("held", []).append(made)
    return made


def _identity(kind: type[SQLModel], number: int) -> Any:
    return _mapper(kind).identity_key_from_primary_key((number,))


@cache
def _names(kind: type[SQLModel]) -> tuple[str, ...]:
    return tuple(_mapper(kind).columns.keys())


_mapper: Callable[[type[SQLModel]], Mapper[Any]] = cache(class_mapper)


class _Numbers(TypeDecorator[Any]):
    """Numbers as the one value that SQLite's json_each takes apart."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        return orjson.dumps(value or []).decode()


def among(column: Any, name: str, dialect: str) -> ColumnElement[bool]:
    """The condition that a column is one of the numbers given by name: they are one value, however many they are."""
    if dialect == "sqlite":
        given = func.json_each(bindparam(name, type_=_Numbers)).table_valued("value")
        return col(column).in_(core_select(given.c.value))
    return col(column) == any_(bindparam(name, type_=ARRAY(Integer)))


def driver(session: Session) -> Any:
    """The driver's own connection, in the session's transaction; `transaction()` has it to hand."""
    return session.info.get("driver") or session.connection().connection.dbapi_connection


class _Spoken:
    """A statement in one dialect: its text, and how values and columns pass between Python and the driver."""

    def __init__(self, compiled: Compiled, dialect: Dialect) -> None:
        assert isinstance(compiled, SQLCompiler)
        assert not compiled.post_compile_params, "a list of values is no value"
        self.text = str(compiled)
        self._by_place = compiled.positiontup is not None
        defaults = {column.key: _default(column) for column in compiled.insert_prefetch}
        self._binds: list[tuple[str, Process, bool, Any]] = []
        for name in compiled.positiontup or list(compiled.binds):
            bind = compiled.binds[name]
            write = _writer(bind.type, dialect)
            fixed = defaults.get(name, None if bind.required else bind.effective_value)
            self._binds.append((name, write, bind.required, write(fixed) if write else fixed))
        reads = [kind.dialect_impl(dialect).result_processor(dialect, None) for kind in _returned(compiled)]
        self._reads = [(place, read) for place, read in enumerate(reads) if read]

    def bound(self, values: Values) -> Sequence[Any] | dict[str, Any]:
        """The values as the driver wants them."""
        written = [
            fixed if not given else write(values[name]) if write else values[name]
            for name, write, given, fixed in self._binds
        ]
        return written if self._by_place else {bind[0]: one for bind, one in zip(self._binds, written, strict=True)}

    def read(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        known = list(row)
        for place, read in self._reads:
            known[place] = read(known[place])
        return tuple(known)


def _writer(kind: TypeEngine[Any], dialect: Dialect) -> Process:
    """How a value becomes the driver's."""
    if isinstance(kind, UTCDateTime):
        return moments(dialect)
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _default(column: Any) -> Any:
    """What a column not named gets in Python."""
    assert column.default.is_scalar, f"{column}: name it"
    return column.default.arg


def _returned(compiled: SQLCompiler) -> list[TypeEngine[Any]]:
    statement: Any = compiled.statement
    if statement.is_select:
        return [column.type for column in statement.selected_columns]
    return [column["type"] for column in statement.returning_column_descriptions]
