"""Start to ready, and memory: our whole `serve`, both channels against local provider servers, from the process's start
to the first 200 of /ready, and what it holds in memory after five idle seconds."""

from __future__ import annotations

import compileall
import re
import time
from functools import partial
from pathlib import Path

from bench.families import copied, environment, small_database
from bench.machine import LOAD_CORE, RESULTS, pin, resident_mb, server, until_answers
from bench.providers import Provider, free_port, provider
from bench.table import Row, Series, alternate, show

IDLE_SECONDS = 5.0
REACH_SECONDS, REACH_MB = 2.0, 130.0


def measure() -> list[Row]:
    pin(LOAD_CORE)
    as_installed()
    prepared = small_database()
    memory = Series()
    with provider("telegram") as telegram, provider("twilio") as sms:
        seconds = alternate({"ours": partial(ours, prepared, telegram, sms, memory)})["ours"]
    quick = seconds.median <= REACH_SECONDS
    return [
        Row("start to ready, s", seconds.show("{:.2f}"), "-", "-", f"{REACH_SECONDS:.0f} s", quick),
        Row("resident memory idle, MB", memory.show(), "-", "-", f"{REACH_MB:.0f} MB", memory.median <= REACH_MB),
    ]


def as_installed() -> None:
    """Compiles what was edited since it was installed; `make` does so once."""
    compileall.compile_dir(str(RESULTS.parent.parent), quiet=2, maxlevels=3, rx=re.compile(r"/[.]venv|/tests"))


def ours(prepared: Path, telegram: Provider, sms: Provider, memory: Series) -> float:
    """Seconds from the start of the process to ready; its memory is noted."""
    file, port = copied(prepared, "startup.db"), free_port()
    began = time.monotonic()
    settings = environment(file, telegram.base, sms.base)
    with server("-m", "bot", "serve", "--port", str(port), environment=settings) as pid:
        seconds = until_answers(f"http://127.0.0.1:{port}/ready") - began
        time.sleep(IDLE_SECONDS)
        memory.values.append(resident_mb(pid))
    print(f"    {memory.values[-1]:.0f} MB")
    return seconds


if __name__ == "__main__":
    show(measure())
