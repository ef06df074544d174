"""The machine: two cores, the server under test alone on the first and whatever loads it on the second."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from typing import Any, TypeVar
from urllib.error import HTTPError
from urllib.request import urlopen

import uvloop

T = TypeVar("T")

CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, LOAD_CORE = CORES[0], CORES[-1]

RESULTS = Path(__file__).parent / "results"
"""Databases of a run, on the disk the product would use; never committed."""

PAGE = os.sysconf("SC_PAGE_SIZE")
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE_SECONDS = 30.0
MEGABYTE = 1_000_000


def pin(core: int) -> None:
    """Keeps this process, and those it starts, on one core."""
    os.sched_setaffinity(0, {core})


@contextmanager
def server(*arguments: str, environment: Mapping[str, str] | None = None, core: int = SERVER_CORE) -> Iterator[int]:
    """A Python process on a core of its own, killed at the end; gives its process id."""
    RESULTS.mkdir(exist_ok=True)
    with (RESULTS / "server.log").open("ab") as log:
        process = subprocess.Popen(
            ["taskset", "-c", str(core), sys.executable, *arguments],
            stdout=log,
            stderr=log,
            env={**os.environ, **(environment or {}), "PYTHONPATH": str(RESULTS.parent.parent)},
            cwd=RESULTS,  # where no .env lies
        )
        try:
            yield process.pid
        finally:
            process.terminate()
            process.wait(PATIENCE_SECONDS)


def alone(work: Callable[..., T], *arguments: object) -> T:
    """What `work` returns, run in a fresh process on the server's core."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=pin, initargs=(SERVER_CORE,)) as pool:
        return pool.submit(work, *arguments).result()


def run(work: Coroutine[Any, Any, T]) -> T:
    """On uvloop, as the product itself runs."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


def until_answers(url: str) -> float:
    """Waits until an address answers 200; the moment it did, on the monotonic clock."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up:
        if _answers(url):
            return time.monotonic()
        time.sleep(0.005)
    raise TimeoutError(f"{url} does not answer: see {RESULTS / 'server.log'}")


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except HTTPError as error:
        return error.code in (404, 405)  # a peer has no such page, but it listens
    except (OSError, HTTPException):
        return False


def cpu_seconds(pid: int) -> float:
    """The processor time a process has used so far, all threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_mb(pid: int | str = "self") -> float:
    """Memory a process holds now, in MB."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / MEGABYTE


def forget_peak() -> None:
    """Begins to measure this process's peak of memory afresh."""
    Path("/proc/self/clear_refs").write_text("5")


def peak_mb() -> float:
    """The most memory this process has held since `forget_peak`, in MB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024 / MEGABYTE
