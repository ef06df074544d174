"""A writer, and jobs run by name as of a moment, as `coatpeg run-job NAME --at ISO` does."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime

import pytest
from sqlalchemy import Engine

from bot.writer import Writer
from scheduler import job_named

RunJob = Callable[[str, datetime], Awaitable[int]]


@pytest.fixture
async def writer(engine: Engine) -> AsyncIterator[Writer]:
    writer = Writer(engine)
    yield writer
    await writer.close()


@pytest.fixture
def run_job(writer: Writer) -> RunJob:
    """Runs a job as of a moment; returns how many rows it added."""

    async def run(name: str, now: datetime) -> int:
        job = job_named(name)
        assert job is not None, name
        return await job.run(writer, now)

    return run
