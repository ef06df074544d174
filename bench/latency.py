"""Reply latency, p99: from a message's posting to the moment its reply reaches the Bot API server, idle and in a rush.

In the rush 100,000 messages of one notice wait and are being sent. It is the same whole server both times, at the pace
the Bot API enforces (30 a second). Parents write at times of their own, a few a second, each from another chat.
Replies that met a moment at which the disk itself stood still are counted apart, in both alike.
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

from bench.disk import Stalls, stalls
from bench.families import MANY, SECRET, copied, environment, large_database
from bench.machine import LOAD_CORE, pin, run, server, until_answers
from bench.providers import free_port, provider
from bench.table import Row, Series, alternate, show, times
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
    with_stalls = Series(), Series()
    runs = {"in a rush": partial(p99_ms, rush, with_stalls[0]), "idle": partial(p99_ms, idle, with_stalls[1])}
    found = alternate(runs)
    mine, theirs = found["in a rush"], found["idle"]
    ratio = mine.median / theirs.median
    name = f"reply latency p99 while {MANY:,} wait, ms, apart from the disk's stalls"
    ours, idly = (
        f"{one.show()}; with them {all_.show()}" for one, all_ in zip((mine, theirs), with_stalls, strict=True)
    )
    return [Row(name, ours, f"idle {idly}", times(ratio), f"at most {times(REACH)}", ratio <= REACH)]


def p99_ms(prepared: Path, with_stalls: Series) -> float:
    """The latency in milliseconds that 99 of 100 replies keep within, of those that met no stall of the disk; that of
    all of them is noted."""
    file, port = copied(prepared, "latency.db"), free_port()
    with (
        provider("telegram", "--enforce") as telegram,
        server("-m", "bot", "serve", "--port", str(port), environment=environment(file, telegram.base)),
    ):
        until_answers(f"http://127.0.0.1:{port}/live")
        time.sleep(SETTLE_SECONDS)
        with stalls() as stalled:
            posted = run(_post_all(f"http://127.0.0.1:{port}/hooks/telegram"))
            time.sleep(1.0)
        sent = telegram.sent()
        assert telegram.stats()["refused"] == 0, "throttled"
    replied = _replied(posted, sent)
    waits = sorted((at - posted[chat]) * 1000 for chat, at in replied.items())
    clear = sorted(_clear(posted, replied, stalled))
    with_stalls.values.append(waits[len(waits) * 99 // 100])
    met = len(waits) - len(clear)
    print(f"    median {waits[len(waits) // 2]:.1f} ms; p99 of all {with_stalls.values[-1]:.0f} ms; {met} met stalls")
    return clear[len(clear) * 99 // 100]


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


def _replied(posted: dict[int, float], sent: list[dict[str, Any]]) -> dict[int, float]:
    """When the reply with buttons came that each message had."""
    replied = {one["chat_id"]: one["at"] for one in sent if one["params"].get("reply_markup")}
    assert posted.keys() <= replied.keys(), f"{len(posted.keys() - replied.keys())} unanswered"
    return {chat: replied[chat] for chat in posted}


def _clear(posted: dict[int, float], replied: dict[int, float], stalled: Stalls) -> list[float]:
    """Milliseconds of those that met no stall."""
    return [(at - posted[chat]) * 1000 for chat, at in replied.items() if not stalled.met(posted[chat], at)]


if __name__ == "__main__":
    show(measure())
