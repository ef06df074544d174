"""One drain of a sender: it claims, renders, sends and marks. The only caller of a channel's send."""

from __future__ import annotations

import asyncio
import contextlib
import heapq
import secrets
import time
from collections.abc import Coroutine
from datetime import datetime
from functools import partial
from typing import TypeVar

import structlog

from bot.channels import SendError
from bot.consequences import Fate, fate_of
from bot.house import House
from bot.marks import Marks
from bot.outbox import Priority
from bot.points import point
from bot.rendering import Ready, prepare
from bot.sender import Clock, Sender
from bot.writer import Writer

log = structlog.get_logger()

AHEAD_SECONDS = 1.0
"""How much of the pace is claimed at once: enough that the round trip costs no place, little enough to stay fair."""

MOST_AHEAD = 4
"""Times that many, at most: what is claimed is sent long before its lease is over."""

UNPACED_BATCH = 200

T = TypeVar("T")


class Drain:
    """One run of drain(sender): a heap of claimed rows, requests in flight, and marks to write."""

    def __init__(self, sender: Sender, writer: Writer, house: House, clock: Clock, seconds: float) -> None:
        self.sender, self.channel = sender, sender.channel
        self.writer, self.house, self.clock = writer, house, clock
        self.until = time.monotonic() + seconds
        self.lease = secrets.token_hex(8)
        self.waiting: list[tuple[int, datetime, int, Ready]] = []
        self.flying: set[asyncio.Task[None]] = set()
        self.marks = Marks(writer, sender.name, clock)
        self.claiming: asyncio.Task[list[Ready]] | None = None
        self.dry = False
        self.down_to = Priority.BULK

    async def run(self) -> None:
        try:
            while True:
                self._refill()
                if self.claiming is None and not self.flying and (self._stopped() or not self.waiting):
                    await self.marks.write()
                    if self.dry and (self._over() or not self.sender.nudge.is_set()):
                        return
                    continue
                await self._step()
        finally:
            await self._finish()

    def _refill(self) -> None:
        """Takes in what was claimed, and claims the next before this is used up, or at once when nudged."""
        if self.claiming is not None and self.claiming.done():
            ready = self.claiming.result()
            self.claiming = None
            self.dry = not ready and self.down_to is Priority.BULK
            for one in ready:
                heapq.heappush(self.waiting, (one.row["priority"], one.row["due_at"], one.row["id"], one))
        if self.claiming is None and self._wants_more():
            self.sender.nudge.clear()
            self.dry = False
            self.down_to = Priority.REPLY if self._has_plenty() else Priority.BULK
            self.claiming = self._task(self._claim())

    def _wants_more(self) -> bool:
        if self._over():
            self.dry = True
            return False
        if self.sender.nudge.is_set():
            return self._has_room()
        return not self.dry and not self._has_plenty()

    def _has_plenty(self) -> bool:
        """Whether there is enough at hand. Then only answers are claimed besides: were every nudge to bring more of a
        notice to all, rows would wait here until their lease is over."""
        return len(self.waiting) >= self._ahead() / 2

    def _has_room(self) -> bool:
        return len(self.waiting) < MOST_AHEAD * self._ahead()

    def _over(self) -> bool:
        """Whether nothing more is to be claimed; a nudge that comes now is the next drain's."""
        return self._stopped() or time.monotonic() > self.until

    def _stopped(self) -> bool:
        return bool(self.sender.stopped)

    def _ahead(self) -> int:
        rate = self.channel.limits.per_second
        return UNPACED_BATCH if rate is None else max(2, int(rate * AHEAD_SECONDS))

    async def _claim(self) -> list[Ready]:
        point("delivery: before claim")
        turn = partial(
            prepare,
            sender=self.sender.name,
            count=self._ahead(),
            lease=self.lease,
            house=self.house,
            now=self.clock(),
            down_to=self.down_to,
        )
        ready = await self.writer.do(turn)
        point("delivery: after claim")
        return ready

    async def _step(self) -> None:
        """Starts what may go now; else waits for whichever comes first: a place, an answer, a claim, a nudge."""
        pause = self._start_ready()
        if pause == 0.0:
            await asyncio.sleep(0)
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await self.sender.stir.wait()
        self.sender.stir.clear()

    def _task(self, work: Coroutine[object, object, T]) -> asyncio.Task[T]:
        """A task whose end stirs the drain. Waiting for 32 tasks by name would cost as much as a send's own share."""
        task = asyncio.create_task(work)
        task.add_done_callback(lambda _: self.sender.stir.set())
        return task

    def _start_ready(self) -> float | None:
        """Sends the first row that may go. Returns 0.0 when one went, else the seconds till one may, or None."""
        if not self.waiting or self._stopped() or len(self.flying) >= self.channel.limits.in_flight:
            return None
        now = time.monotonic()
        soonest: float | None = None
        aside = []
        try:
            while self.waiting:
                entry = heapq.heappop(self.waiting)
                ready = entry[3]
                wait = self.sender.pace.wait(ready.message.address, now, reply=entry[0] <= Priority.REPLY)
                if wait <= 0:
                    self._launch(ready, now)
                    return 0.0
                aside.append(entry)
                soonest = wait if soonest is None else min(soonest, wait)
                if not self.sender.pace.chat_wait(ready.message.address, now) and entry[0] > Priority.REPLY:
                    return soonest  # the sender itself has to wait: nobody behind may go either
            return soonest
        finally:
            for entry in aside:
                heapq.heappush(self.waiting, entry)

    def _launch(self, ready: Ready, now: float) -> None:
        weight = self.channel.parts(ready.message) if self.channel.limits.counts_parts else 1
        self.sender.pace.went(ready.message.address, now, reply=ready.row["priority"] <= Priority.REPLY, weight=weight)
        task = self._task(self._send(ready, now))
        self.flying.add(task)
        task.add_done_callback(self.flying.discard)

    async def _send(self, ready: Ready, went: float) -> None:
        point("delivery: before request")
        try:
            sent = await self.channel.send(ready.message)
            fate = Fate.sent(sent)
        except SendError as error:
            fate = fate_of(error, ready.row, self.clock())
            log.warning("not sent", outbox=ready.row["id"], kind=type(error).__name__, code=error.code)
            self.sender.obey(error, ready.message.address)
        except Exception as error:  # the door: a channel may raise only SendErrors, and one row must not stop the rest
            log.error("channel failed", outbox=ready.row["id"], error=type(error).__name__)
            fate = Fate.unknown(type(error).__name__)
        self.sender.pace.landed(ready.message.address, went, time.monotonic())
        point("delivery: after answer")
        self.marks.add(ready.row, fate)
        self.marks.write_soon()

    async def _finish(self) -> None:
        """Whatever ends the drain: requests in flight are waited for, and what was claimed in vain is due again."""
        if self.flying:
            await asyncio.wait(self.flying)
        if self.claiming is not None:
            for one in await self.claiming:
                heapq.heappush(self.waiting, (one.row["priority"], one.row["due_at"], one.row["id"], one))
        for *_, one in self.waiting:
            self.marks.add(one.row, Fate.again(self.clock(), undo=True))
        await self.marks.close()
