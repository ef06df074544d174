"""The database: one engine, its transactions, and a session that remembers whether it wrote."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, Executable, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import UOWTransaction
from sqlmodel import Session

from bot.statements import Prepared, driver

BUSY_SECONDS = 30


def open_engine(url: str) -> Engine:
    """An engine with durable commits (`synchronous=FULL`) and foreign keys on, for SQLite or PostgreSQL."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, pool_size=8, **_JSON)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}, **_JSON)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _json(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME).decode()


_JSON: dict[str, Any] = {"json_serializer": _json, "json_deserializer": orjson.loads}
"""A third of the price of Python's own; every message keeps four columns of it."""


def _prepare_sqlite(connection: DBAPIConnection, _: object) -> None:
    assert isinstance(connection, sqlite3.Connection)
    connection.isolation_level = None  # we say BEGIN ourselves: the driver's own is deferred and deadlocks on upgrade
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """A session whose work is committed at the end, or undone if anything raises."""
    with engine.begin() as connection, _session(connection) as session:
        session.info["driver"] = connection.connection.dbapi_connection
        yield session
        session.flush()


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that only looks: it never waits for the writer."""
    with engine.connect() as connection, _session(connection.execution_options(reading=True)) as session:
        yield session


class _WatchedSession(Session):
    """A session that remembers whether it wrote, so that a conversation may be held to writing nothing early.

    SQLAlchemy's own event for statements would make every look of a conversation half as dear again.
    """

    def exec(self, *arguments: Any, **named: Any) -> Any:
        self._note(*arguments, **named)
        return super().exec(*arguments, **named)

    def execute(self, *arguments: Any, **named: Any) -> Any:
        self._note(*arguments, **named)
        return super().execute(*arguments, **named)

    def _note(self, statement: Executable, *_: Any, **__: Any) -> None:
        if statement.is_dml:
            self.info["written"] = True


def _session(connection: Connection) -> Session:
    return _WatchedSession(connection, expire_on_commit=False)


@event.listens_for(_WatchedSession, "after_flush")
def _note_flush(session: Any, _: UOWTransaction) -> None:
    session.info["written"] = True


def has_written(session: Session) -> bool:
    """Whether anything was written, or waits to be, since `forget_writes`. What goes past the session, straight to its
    connection, is noticed on SQLite, which counts changes; that is enough for a test to find it."""
    waiting = session.new or session.dirty or session.deleted
    return bool(session.info.get("written") or waiting or session.info.get("changes") != _changes(session))


def forget_writes(session: Session) -> None:
    session.info["written"], session.info["changes"] = False, _changes(session)


def _changes(session: Session) -> int:
    raw = driver(session)
    return raw.total_changes if isinstance(raw, sqlite3.Connection) else 0


@contextmanager
def held(session: Session) -> Iterator[None]:
    """What is loaded meanwhile stays loaded. A session holds its records weakly, and would read the same setting and
    the same notice again for every one of many rows. One that `loaded` has read it holds itself."""
    records = session.info["held"] = list[object]()

    def hold(_: Session, record: object) -> None:
        records.append(record)

    event.listen(session, "loaded_as_persistent", hold)
    try:
        yield
    finally:
        event.remove(session, "loaded_as_persistent", hold)
        del session.info["held"]


def write(session: Session, statement: Prepared, rows: list[dict[str, Any]]) -> None:
    """Runs a statement with these rows: where many turns share a commit, once for all of them, at their end. It is for
    what no turn looks at that may follow in the same commit."""
    later = session.info.get("later")
    if later is None:
        statement.run_many(session, rows)
    else:
        later.setdefault(statement, []).extend(rows)


def catch_up(session: Session) -> None:
    """Runs at once what `write` has kept for the end, for who must see it."""
    later = session.info.get("later") or {}
    for statement, rows in later.items():
        statement.run_many(session, rows)
    later.clear()
