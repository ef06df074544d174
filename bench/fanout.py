"""Fan-out of a notice to 100,000 guardians in six languages: seconds, memory, longest hold of the writer.

Ours is the job as the product runs it, `publish_notices.run`, while tiny turns are handed to the same writer all along:
the longest that one of them waited is what a parent's message would have. The floor is one raw INSERT ... SELECT of as
many rows into the same table with the same indexes, on a copy of the same database.
"""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlmodel import Session

from bench.families import MANY, NOW, copied, large_database
from bench.machine import LOAD_CORE, alone, forget_peak, peak_mb, pin, resident_mb, run
from bench.table import Row, Series, alternate, show, times
from bot.database import open_engine, transaction
from bot.writer import Writer
from nursery.notices import draft
from nursery.recipients import Audience
from scheduler import publish_notices

REACH, REACH_MB, REACH_MS = 3.0, 60.0, 60.0
PROBE_SECONDS = 0.001

RAW = """
INSERT INTO outbox_message (key, sender, setting_id, contact_id, guardian_id, topic, priority, state, reason, due_at,
    conversation, params, question, choices, answered, text, language, lease, tries,
    provider_id, error_code, created_at)
SELECT 'notice:1:guardian:' || guardian_id, channel, 1, id, guardian_id, 1, 2, 'due', '', :now,
    'notice', '{"notice": 1}', '', '[]', '', '', '', '', 0, '', '', :now
FROM contact
"""


@dataclass(frozen=True, slots=True)
class Fanned:
    """One fan-out: how long it took, the memory it wanted besides, and the longest that another turn waited."""

    seconds: float
    extra_mb: float
    hold_ms: float


def measure() -> list[Row]:
    pin(LOAD_CORE)
    prepared = large_database()
    fanned: list[Fanned] = []
    found = alternate({"ours": partial(ours, prepared, fanned), "raw": partial(raw, prepared)})
    ratio = found["ours"].median / found["raw"].median
    memory, hold = Series([one.extra_mb for one in fanned]), Series([one.hold_ms for one in fanned])
    name = f"fan-out to {MANY:,} guardians"
    seconds = "{:.2f}"
    return [
        Row(
            f"{name} in six languages, s",
            found["ours"].show(seconds),
            found["raw"].show(seconds),
            times(ratio),
            f"at most {times(REACH)}",
            ratio <= REACH,
        ),
        Row(f"{name}, extra memory, MB", memory.show(), "-", "-", f"under {REACH_MB:.0f}", memory.median < REACH_MB),
        Row(f"{name}, longest hold, ms", hold.show(), "-", "-", f"at most {REACH_MS:.0f}", hold.median <= REACH_MS),
    ]


def ours(prepared: Path, fanned: list[Fanned]) -> float:
    """Seconds of the job, run in a process of its own on the server's core."""
    one = alone(_fan_out, copied(prepared, "fanout.db"))
    print(f"    {one.extra_mb:.0f} MB more, longest hold {one.hold_ms:.0f} ms")
    fanned.append(one)
    return one.seconds


def raw(prepared: Path) -> float:
    return alone(_insert, copied(prepared, "raw.db"))


def draft_notice(file: Path) -> None:
    """A notice to the whole setting, due now."""
    engine = open_engine(f"sqlite:///{file}")
    with transaction(engine) as session:
        text = "The nursery closes at four today. Please collect your child by then."
        draft(session, Audience(1), text=text, publish_at=NOW - timedelta(minutes=1), now=NOW - timedelta(minutes=10))
    engine.dispose()


def _fan_out(file: Path) -> Fanned:
    draft_notice(file)
    return run(_probed(file))


async def _probed(file: Path) -> Fanned:
    writer = Writer(open_engine(f"sqlite:///{file}"))
    await writer.do(_nothing)
    gc.collect()
    gc.freeze()  # as the product has done by then
    before = resident_mb()
    forget_peak()
    began = time.perf_counter()
    work = asyncio.create_task(publish_notices.run(writer, NOW))
    hold = await _longest_wait(writer, work)
    seconds = time.perf_counter() - began
    assert await work == MANY
    extra = peak_mb() - before
    await writer.close()
    return Fanned(seconds, extra, hold * 1000)


async def _longest_wait(writer: Writer, work: asyncio.Task[int]) -> float:
    longest = 0.0
    while not work.done():
        began = time.perf_counter()
        await writer.do(_nothing)
        longest = max(longest, time.perf_counter() - began)
        await asyncio.sleep(PROBE_SECONDS)
    return longest


def _nothing(_: Session) -> None:
    return None


def _insert(file: Path) -> float:
    now = NOW.replace(tzinfo=None).isoformat(" ", "microseconds")
    with closing(sqlite3.connect(file)) as database:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            database.execute(f"PRAGMA {pragma}")
        began = time.perf_counter()
        with database:
            rows = database.execute(RAW, {"now": now}).rowcount
        seconds = time.perf_counter() - began
    assert rows == MANY
    return seconds


if __name__ == "__main__":
    show(measure())
