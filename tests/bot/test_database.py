"""The writer: many turns share one commit, and one bad turn costs nobody else anything."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from functools import partial

import pytest
from sqlalchemy import Engine, event, insert, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from bot.database import forget_writes, has_written, reading, transaction
from bot.writer import Writer
from nursery.tasks import Task, raise_task
from tests.cast import MONDAY


class Refusal(Exception):
    """What a turn of these tests fails with."""


class Counted:
    """How often the engine has committed and rolled back since it was last asked."""

    def __init__(self, engine: Engine) -> None:
        self.commits = self.rollbacks = 0
        event.listen(engine, "commit", lambda _: self._count("commits"))
        event.listen(engine, "rollback", lambda _: self._count("rollbacks"))

    def _count(self, name: str) -> None:
        setattr(self, name, getattr(self, name) + 1)


@pytest.fixture
async def writer(engine: Engine) -> AsyncIterator[Writer]:
    writer = Writer(engine)
    yield writer
    await writer.close()


@pytest.fixture
def counted(engine: Engine) -> Counted:
    with engine.connect():
        pass  # the first connection looks at the server, which is not ours to count
    return Counted(engine)


def note(session: Session, key: str) -> str:
    raise_task(session, key, "note", now=MONDAY)
    return key


def fail(session: Session, key: str) -> str:
    note(session, key)
    raise Refusal(key)


def kept(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return [task.key for task in session.exec(select(Task).order_by(col(Task.id)))]


class Held:
    """Keeps the writer busy, so that what is handed in meanwhile waits together."""

    def __init__(self, writer: Writer) -> None:
        self.writer, self.open = writer, threading.Event()

    async def __aenter__(self) -> None:
        begun = threading.Event()

        def turn(_: Session) -> None:
            begun.set()
            self.open.wait(10)

        self.turn = asyncio.create_task(self.writer.do(turn))
        await asyncio.to_thread(begun.wait, 10)

    async def __aexit__(self, *_: object) -> None:
        await asyncio.sleep(0)  # everybody has handed theirs in
        self.open.set()
        await self.turn


async def hand_in(writer: Writer, turns: list[Callable[[Session], str]]) -> list[str | BaseException]:
    """All at once, while the writer is busy; what came back, in order."""
    async with Held(writer):
        done = [asyncio.create_task(writer.do(turn)) for turn in turns]
    return await asyncio.gather(*done, return_exceptions=True)


async def test_many_turns_are_one_commit_and_each_has_its_own_result(writer: Writer, counted: Counted) -> None:
    keys = [f"task:{number}" for number in range(50)]
    assert await hand_in(writer, [partial(note, key=key) for key in keys]) == keys
    assert counted.commits == 2, "the turn that held the writer, and then all the others at once"


async def test_nobody_waits_for_more_than_a_batch(writer: Writer, counted: Counted) -> None:
    await hand_in(writer, [partial(note, key=f"task:{number}") for number in range(65)])
    assert counted.commits == 3


async def test_turns_run_in_the_order_they_were_handed_in(writer: Writer, engine: Engine) -> None:
    keys = [f"task:{number:03}" for number in range(150)]
    await hand_in(writer, [partial(note, key=key) for key in keys])
    assert kept(engine) == keys


@pytest.mark.parametrize("place", [0, 3, 6], ids=["first", "in the middle", "last"])
async def test_only_the_guilty_turn_fails(writer: Writer, engine: Engine, place: int) -> None:
    turns: list[Callable[[Session], str]] = [partial(note, key=f"task:{number}") for number in range(6)]
    turns.insert(place, partial(fail, key="guilty"))
    results = await hand_in(writer, turns)
    assert isinstance(results.pop(place), Refusal)
    assert results == kept(engine) == [f"task:{number}" for number in range(6)]


async def test_a_turn_the_database_refuses_fails_alone(writer: Writer, engine: Engine) -> None:
    def again(session: Session) -> str:
        session.connection().execute(
            insert(Task).values(key="task:1", kind="", about="", urgent=False, raised_at=MONDAY)
        )
        return "again"

    results = await hand_in(writer, [partial(note, key="task:1"), again, partial(note, key="task:2")])
    assert isinstance(results[1], IntegrityError)
    assert kept(engine) == ["task:1", "task:2"]


async def test_a_result_is_told_only_after_the_commit(writer: Writer, engine: Engine) -> None:
    await writer.do(partial(note, key="task:1"))
    assert kept(engine) == ["task:1"], "another connection sees it at once"


async def test_who_stops_waiting_harms_nobody(writer: Writer, engine: Engine) -> None:
    async with Held(writer):
        gone = asyncio.create_task(writer.do(partial(note, key="task:1")))
        stays = asyncio.create_task(writer.do(partial(note, key="task:2")))
        await asyncio.sleep(0)
        gone.cancel()
    assert await stays == "task:2"
    assert kept(engine) == ["task:1", "task:2"]


async def test_closing_finishes_what_waits(engine: Engine) -> None:
    writer = Writer(engine)
    async with Held(writer):
        waiting = [asyncio.create_task(writer.do(partial(note, key=f"task:{number}"))) for number in range(3)]
        await asyncio.sleep(0)
        closing = asyncio.create_task(writer.close())
    await closing
    assert await asyncio.gather(*waiting) == kept(engine)


def test_a_transaction_that_raises_leaves_nothing(engine: Engine) -> None:
    with pytest.raises(Refusal), transaction(engine) as session:
        fail(session, "task:1")
    assert kept(engine) == []


def test_reading_does_not_wait_for_the_writer(engine: Engine) -> None:
    with transaction(engine) as session:
        note(session, "task:1")
        session.flush()
        assert kept(engine) == []


def _added(session: Session) -> None:
    session.add(Task(key="task:2", kind="note", raised_at=MONDAY))


def _changed(session: Session) -> None:
    session.exec(select(Task)).one().about = "somebody"


def _deleted(session: Session) -> None:
    session.delete(session.exec(select(Task)).one())


def _flushed(session: Session) -> None:
    _added(session)
    session.flush()


def _updated(session: Session) -> None:
    session.execute(update(Task).values(about="somebody"))


def _looked(session: Session) -> None:
    session.exec(select(Task)).one()


@pytest.mark.parametrize(
    ("act", "wrote"),
    [(_added, True), (_changed, True), (_deleted, True), (_flushed, True), (_updated, True), (_looked, False)],
)
def test_a_session_knows_whether_it_wrote(engine: Engine, act: Callable[[Session], None], wrote: bool) -> None:
    with transaction(engine) as session:
        note(session, "task:1")
        session.flush()
        assert has_written(session)
        forget_writes(session)
        assert not has_written(session)
        act(session)
        assert has_written(session) is wrote


def test_on_sqlite_not_even_a_statement_past_the_session_goes_unnoticed(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        with transaction(engine) as session:
            note(session, "task:1")
            forget_writes(session)
            session.connection().execute(update(Task).values(about="somebody"))
            assert has_written(session)
