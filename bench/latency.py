"""Reply latency, p99: from a message's posting to the moment its reply reaches the Bot API server, idle and in a rush.

In the rush 100,000 messages of one notice wait and are being sent. It is the same whole server both times, at the pace
the Bot API enforces (30 a second). Parents write at times of their own, a few a second, each from another chat.
"""

from __future__ import annotations

import asyncio
import random
import time
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import orjson

from bench.families import MANY, SECRET, copied, environment, large_database
from bench.machine import LOAD_CORE, pin, run, server, until_answers
from bench.providers import free_port, provider
from bench.table import Row, alternate, show, times
from bench.waiting import everybody
from tests.providers.updates import text_update

MESSAGES = 150
A_SECOND = 4.0
SETTLE_SECONDS = 4.0
REACH = 2.0


def measure() -> list[Row]:
    pin(LOAD_CORE)
    idle = large_database()
    rush = copied(idle, "everybody.db")
    everybody(rush)
    found = alternate({"in a rush": partial(p99_ms, rush), "idle": partial(p99_ms, idle)})
    mine, theirs = found["in a rush"], found["idle"]
    ratio = mine.median / theirs.median
    name = f"reply latency p99 while {MANY:,} wait, ms"
    return [Row(name, mine.show(), f"idle {theirs.show()}", times(ratio), f"at most {times(REACH)}", ratio <= REACH)]


def p99_ms(prepared: Path) -> float:
    """The latency in milliseconds that 99 of 100 replies keep within."""
    file, port = copied(prepared, "latency.db"), free_port()
    with (
        provider("telegram", "--enforce") as telegram,
        server("-m", "bot", "serve", "--port", str(port), environment=environment(file, telegram.base)),
    ):
        until_answers(f"http://127.0.0.1:{port}/live")
        time.sleep(SETTLE_SECONDS)
        posted = run(_post_all(f"http://127.0.0.1:{port}/hooks/telegram"))
        time.sleep(1.0)
        sent = telegram.sent()
        assert telegram.stats()["refused"] == 0, "throttled"
    waits = sorted(_latencies(posted, sent))
    print(f"    median {waits[len(waits) // 2]:.1f} ms")
    return waits[len(waits) * 99 // 100]


async def _post_all(url: str) -> dict[int, float]:
    """Posts MENU from one chat after another; the moment of each."""
    times_of = random.Random(1)
    posted: dict[int, float] = {}
    async with aiohttp.ClientSession(headers={"X-Telegram-Bot-Api-Secret-Token": SECRET}) as session:
        tasks = []
        for chat in range(MANY, MANY - MESSAGES, -1):
            await asyncio.sleep(times_of.expovariate(A_SECOND))
            tasks.append(asyncio.create_task(_post(session, url, chat, posted)))
        await asyncio.gather(*tasks)
    return posted


async def _post(session: aiohttp.ClientSession, url: str, chat: int, posted: dict[int, float]) -> None:
    body = orjson.dumps(text_update(chat, "MENU"))
    posted[chat] = time.monotonic()
    async with session.post(url, data=body, headers={"Content-Type": "application/json"}) as answer:
        assert answer.status == 200


def _latencies(posted: dict[int, float], sent: list[dict[str, Any]]) -> list[float]:
    """Milliseconds from each message to the reply with buttons that came of it."""
    replied = {one["chat_id"]: one["at"] for one in sent if one["params"].get("reply_markup")}
    assert posted.keys() <= replied.keys(), f"{len(posted.keys() - replied.keys())} unanswered"
    return [(replied[chat] - at) * 1000 for chat, at in posted.items()]


if __name__ == "__main__":
    show(measure())
