"""The one writer: a thread through which everything is written, many turns in one commit."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from bot.database import catch_up, forget_writes, transaction
from bot.points import point

T = TypeVar("T")
Turn = Callable[[Session], T]

BATCH = 64
"""Turns that share one commit: beyond this the wait of the first outgrows the fsync it saves."""


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
