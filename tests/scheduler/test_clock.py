"""The clock: it ticks by itself, survives a failing job, and tells staff once a day."""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import select
from structlog.testing import capture_logs

from bot.database import transaction
from bot.writer import Writer
from nursery.tasks import Task
from scheduler import Job
from scheduler.clock import Clock
from tests.cast import MONDAY


async def _adds_two(_: Writer, now: datetime) -> int:
    return 2


async def _adds_none(_: Writer, now: datetime) -> int:
    return 0


async def _fails(_: Writer, now: datetime) -> int:
    raise ValueError("the words of a parent")


def _job(run: object) -> Job:
    return Job(run.__name__.strip("_"), run, timedelta(milliseconds=50))  # type: ignore[attr-defined, arg-type]


async def test_the_senders_are_woken_when_something_is_new(writer: Writer) -> None:
    woken: list[str] = []
    clock = Clock(writer, lambda: MONDAY, lambda: woken.append("woken"))
    await clock.tick(_job(_adds_none))
    assert woken == []
    await clock.tick(_job(_adds_two))
    assert woken == ["woken"]
    assert set(clock.ticked_at) == {"adds_none", "adds_two"}


async def test_a_job_that_fails_is_told_once_a_day_and_never_in_words(engine: Engine, writer: Writer) -> None:
    now = MONDAY
    clock = Clock(writer, lambda: now, lambda: None)
    with capture_logs() as logs:
        for hours in (0, 1, 24):
            now = MONDAY + timedelta(hours=hours)
            await clock.tick(_job(_fails))
    with transaction(engine) as session:
        tasks = session.exec(select(Task)).all()
    assert [(task.kind, task.about) for task in tasks] == [("job failed", "fails")] * 2
    assert [(log["job"], log["error"]) for log in logs] == [("fails", "ValueError")] * 3
    assert "parent" not in str(logs)
    assert clock.ticked_at == {}


async def test_it_ticks_by_itself(writer: Writer) -> None:
    ticks: list[str] = []
    clock = Clock(writer, lambda: MONDAY, lambda: ticks.append("tick"), [_job(_fails), _job(_adds_two)])
    clock.start()
    for _ in range(100):
        await asyncio.sleep(0.05)
        if len(ticks) >= 3:
            break
    clock.stop()
    assert len(ticks) >= 3
