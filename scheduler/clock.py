"""The clock: asks each job, every so often, what is due. It owns nothing; a second clock elsewhere is harmless."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]
from sqlmodel import Session

from bot.writer import Writer
from nursery.settings import ENGLAND, today
from nursery.tasks import raise_task
from scheduler import JOBS, Job

log = structlog.get_logger()


class Clock:
    """Runs jobs on their intervals. A job decides by the moment it is given, so a late or missed tick costs nothing."""

    def __init__(
        self,
        writer: Writer,
        now: Callable[[], datetime],
        on_done: Callable[[], None],
        jobs: Sequence[Job] = JOBS,
    ) -> None:
        self.writer, self.now, self.on_done, self.jobs = writer, now, on_done, jobs
        self.ticked_at: dict[str, datetime] = {}
        """When each job last ended well, for /ready."""
        # without the limit a tick that is a second late is dropped; coalesced, those missed in a sleep are one
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler = AsyncIOScheduler(timezone=ENGLAND, job_defaults=defaults)

    def start(self) -> None:
        """Begins to tick, each job at once and then on its interval. Needs a running loop."""
        for job in self.jobs:
            seconds = job.every.total_seconds()
            self._scheduler.add_job(
                self.tick, "interval", seconds=seconds, args=[job], id=job.name, next_run_time=_soon()
            )
        self._scheduler.start()

    def stop(self) -> None:
        """Ticks no more; a job that is at work is left to the writer."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def tick(self, job: Job) -> None:
        """Runs a job now. One that fails is noted, staff are told once a day, and the clock goes on."""
        now = self.now()
        try:
            added = await job.run(self.writer, now)
        except Exception as error:  # the door: one job must not stop the others
            log.error("job failed", job=job.name, error=type(error).__name__)
            await self._tell_staff(job, now)
            return
        self.ticked_at[job.name] = now
        if added:
            log.info("job done", job=job.name, added=added)
            self.on_done()

    async def _tell_staff(self, job: Job, now: datetime) -> None:
        try:
            await self.writer.do(partial(_raise_failed, name=job.name, now=now))
        except Exception as error:  # the door: with the database away there is nobody to tell
            log.error("job failure not noted", job=job.name, error=type(error).__name__)


def _raise_failed(session: Session, *, name: str, now: datetime) -> bool:
    return raise_task(session, f"job failed:{name}:{today(now).isoformat()}", "job failed", now=now, about=name)


def _soon() -> datetime:
    return datetime.now(ENGLAND) + timedelta(milliseconds=100)
