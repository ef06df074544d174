"""Who runs drain: tasks of this process, or procrastinate's workers on PostgreSQL. All that differs between them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

import structlog

from bot.claiming import has_work
from bot.delivery import Delivery

if TYPE_CHECKING:  # it is 12 MB, which a process on SQLite does not pay for: it is imported where it is used
    import procrastinate
    from procrastinate.jobs import Job

log = structlog.get_logger()

STALLED_SECONDS = 30
"""A worker whose heartbeat is older than this is dead; its drains are given to others."""

SWEEP_SECONDS = 10


class Wake(Protocol):
    """Tells whoever delivers that a sender has something due."""

    async def wake(self, sender: str) -> None: ...

    async def serve(self) -> None:
        """Delivers, until cancelled."""


class LocalWake:
    """One process: a task for each sender."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery

    async def wake(self, sender: str) -> None:
        self.delivery.nudge(sender)

    async def serve(self) -> None:
        async with asyncio.TaskGroup() as group:
            for sender in self.delivery.channels:
                group.create_task(self.delivery.serve(sender))


class SharedWake:
    """Any number of processes on PostgreSQL: a drain is a job. Its lock is the sender, so that one drain runs at a
    time; its queueing lock makes waking twice harmless."""

    def __init__(self, delivery: Delivery, url: str) -> None:
        self.delivery = delivery
        self.app = shared_app(url)
        self._drain = self.app.task(name="drain")(self._run)

    async def open(self) -> None:
        await self.app.open_async()

    async def close(self) -> None:
        await self.app.close_async()

    async def wake(self, sender: str) -> None:
        from procrastinate.exceptions import AlreadyEnqueued

        if sender in self.delivery.senders:
            self.delivery.nudge(sender)
        job = self._drain.configure(lock=f"sender:{sender}", queueing_lock=f"drain:{sender}")
        try:
            await job.defer_async(sender=sender)
        except AlreadyEnqueued:
            return

    async def serve(self) -> None:
        senders: Sequence[str] = list(self.delivery.channels)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._retry_stalled())
            group.create_task(
                self.app.run_worker_async(
                    concurrency=2 * max(1, len(senders)),
                    install_signal_handlers=False,
                    listen_notify=True,
                    fetch_job_polling_interval=1,
                    delete_jobs="always",
                    update_heartbeat_interval=5,
                    stalled_worker_timeout=STALLED_SECONDS,
                )
            )

    async def _run(self, sender: str) -> None:
        await self.delivery.drain(sender)
        now = self.delivery.clock()
        if await self.delivery.writer.do(partial(has_work, sender=sender, now=now)):
            await self.wake(sender)

    async def _retry_stalled(self) -> None:
        """Drains of dead workers, given to the living. Where a twin is queued already, the dead one is dropped instead:
        procrastinate's own retry would trip over the queueing lock and leave the sender blocked."""
        from procrastinate.exceptions import ConnectorException

        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            try:
                for job in await self.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
                    await self._retry(job)
            except ConnectorException as error:
                log.error("stalled drains not looked for", error=type(error).__name__)

    async def _retry(self, job: Job) -> None:
        from procrastinate.exceptions import ConnectorException
        from procrastinate.jobs import Status
        from psycopg.errors import UniqueViolation

        try:
            await self.app.job_manager.retry_job(job)
        except (ConnectorException, UniqueViolation):
            if job.id is not None:
                await self.app.job_manager.finish_job_by_id_async(job.id, Status.FAILED, delete_job=True)


def shared_app(url: str) -> procrastinate.App:
    """procrastinate's application on the same database; `url` is SQLAlchemy's."""
    import procrastinate

    conninfo = url.replace("postgresql+psycopg://", "postgresql://")
    return procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=conninfo))
