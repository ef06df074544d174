"""The database: one engine, and the one writer that commits many turns at once."""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

import orjson
from sqlalchemy import Connection, Engine, Executable, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import UOWTransaction
from sqlmodel import Session

from bot.points import point
from bot.statements import Prepared, driver

T = TypeVar("T")
Turn = Callable[[Session], T]

BATCH = 64
"""Turns that share one commit: beyond this the wait of the first outgrows the fsync it saves."""

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
    the same notice again for every one of many rows."""
    records: list[object] = []

    def hold(_: Session, record: object) -> None:
        records.append(record)

    event.listen(session, "loaded_as_persistent", hold)
    try:
        yield
    finally:
        event.remove(session, "loaded_as_persistent", hold)


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


class _Waiting(Generic[T]):
    __slots__ = ("error", "future", "loop", "result", "turn")

    def __init__(self, turn: Turn[T], loop: asyncio.AbstractEventLoop) -> None:
        self.turn, self.loop = turn, loop
        self.future: asyncio.Future[T] = loop.create_future()
        self.result: T
        self.error: BaseException | None = None

    def settle(self) -> None:
        if not self.future.cancelled():
            if self.error is None:
                self.future.set_result(self.result)
            else:
                self.future.set_exception(self.error)


class Writer:
    """One thread through which everything is written.

    The turns that wait are taken together into one transaction: many turns, one fsync. If one raises, the batch is
    undone and run again a turn at a time, so that only the guilty one fails; a turn must therefore be deterministic
    and touch nothing but its session. Turns run in the order in which they were handed in.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._queue: queue.SimpleQueue[_Waiting[Any] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    async def do(self, turn: Turn[T]) -> T:
        """Runs the turn and returns what it returned, after the commit. Raises what it raised."""
        waiting = _Waiting(turn, asyncio.get_running_loop())
        self._queue.put(waiting)
        return await waiting.future

    async def close(self) -> None:
        """Finishes what waits, then stops the thread."""
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    def _work(self) -> None:
        while (first := self._queue.get()) is not None:
            batch = [first]
            stopping = False
            while len(batch) < BATCH and not self._queue.empty():
                following = self._queue.get()
                if following is None:
                    stopping = True
                    break
                batch.append(following)
            self._commit(batch)
            _settle(batch)
            if stopping:
                return

    def _commit(self, batch: list[_Waiting[Any]]) -> None:
        try:
            self._run(batch)
        except Exception as error:
            if len(batch) == 1:
                batch[0].error = error
                return
            for waiting in batch:
                self._commit([waiting])

    def _run(self, batch: list[_Waiting[Any]]) -> None:
        with transaction(self.engine) as session:
            session.info["later"] = {}
            for waiting in batch:
                forget_writes(session)
                waiting.result = waiting.turn(session)
                session.flush()
            catch_up(session)
            point("before commit")
        point("after commit")


def _settle(batch: list[_Waiting[Any]]) -> None:
    loops: dict[asyncio.AbstractEventLoop, list[_Waiting[Any]]] = {}
    for waiting in batch:
        loops.setdefault(waiting.loop, []).append(waiting)
    for loop, ours in loops.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle_here, ours)


def _settle_here(batch: list[_Waiting[Any]]) -> None:
    for waiting in batch:
        waiting.settle()
