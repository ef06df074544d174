"""Sends a second to a Bot API that enforces 30 a second and one a second to a chat: our whole server over 30 seconds.

Everybody's notice waits when it starts. Counted by the Bot API server, from the first message it took.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from bench.families import copied, environment, large_database
from bench.machine import LOAD_CORE, pin, server, until_answers
from bench.providers import free_port, provider
from bench.table import Row, alternate, show, times
from bench.waiting import everybody

SECONDS = 30.0
ALLOWED = 30
REACH = 29.0


def measure() -> list[Row]:
    pin(LOAD_CORE)
    file = copied(large_database(), "everybody.db")
    everybody(file)
    refused: list[int] = []
    rate = alternate({"ours": partial(ours, file, refused)})["ours"]
    reached = rate.median >= REACH and not any(refused)
    mine = f"{rate.show('{:.1f}')}, {sum(refused)} × 429"
    name, reach = "sends/s to an enforcing Bot API", f"at least {REACH:.0f}, no 429"
    return [Row(name, mine, f"{ALLOWED} allowed", times(rate.median / ALLOWED), reach, reached)]


def ours(prepared: Path, refused: list[int]) -> float:
    """Messages a second that the Bot API took; what it refused is noted."""
    file, port = copied(prepared, "paced.db"), free_port()
    with provider("telegram", "--enforce") as telegram:
        with server("-m", "bot", "serve", "--port", str(port), environment=environment(file, telegram.base)):
            until_answers(f"http://127.0.0.1:{port}/live")
            sent = telegram.until_sent(int(SECONDS * (ALLOWED + 2)), seconds=SECONDS + 3)
        refused.append(telegram.stats()["refused"])
    moments = sorted(float(one["at"]) for one in sent)
    return sum(moment < moments[0] + SECONDS for moment in moments) / SECONDS


if __name__ == "__main__":
    show(measure())
