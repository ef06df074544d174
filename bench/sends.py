"""Sends a second to a local Bot API, 32 in flight: our drain against python-telegram-bot's Bot with its default client.

Ours claims, renders (half are answers, half a notice in six languages), sends through the library's Bot and marks what
was sent as committed; the pace is lifted. The peer calls `send_message` from 32 tasks and stores nothing.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from telegram import Bot

from bench.families import copied, environment, large_database
from bench.machine import LOAD_CORE, alone, pin, run
from bench.providers import Provider, provider
from bench.reply import REPLY
from bench.table import Row, alternate, show, times
from bench.waiting import answers, notices
from bot.app import settle_memory, utc_now
from bot.channels import Limits
from bot.channels.http import Http
from bot.channels.telegram import TelegramChannel
from bot.config import load_config
from bot.database import open_engine
from bot.delivery import Delivery
from bot.house import build_house
from bot.writer import Writer
from handlers import CONVERSATIONS
from tests.providers.telegram import TOKEN

EACH = 3_000
"""Answers, and as many notices."""

PEER = 1_000
IN_FLIGHT = 32
REACH = 5.0


def measure() -> list[Row]:
    pin(LOAD_CORE)
    file = copied(large_database(), "waiting.db")
    notices(file, EACH)
    answers(file, EACH)
    with provider("telegram", "--no-validate") as telegram:
        found = alternate({"ours": partial(ours, file, telegram), "PTB": partial(peer, telegram)})
    ratio = found["ours"].median / found["PTB"].median
    name = f"sends/s, {IN_FLIGHT} in flight (PTB's default client)"
    reach = f"at least {times(REACH)}"
    return [Row(name, found["ours"].show(), found["PTB"].show(), times(ratio), reach, ratio >= REACH)]


def ours(prepared: Path, telegram: Provider) -> float:
    """Messages a second that were sent and marked."""
    telegram.reset()
    file = copied(prepared, "sends.db")
    seconds = alone(_drain, file, telegram.base)
    with closing(sqlite3.connect(file)) as database:
        marked = database.execute("SELECT count(*) FROM outbox_message WHERE state = 'sent'").fetchone()[0]
    taken = telegram.stats()["sent"]
    assert taken == marked == 2 * EACH, f"{taken} sent and {marked} marked of {2 * EACH}"
    return 2 * EACH / seconds


def peer(telegram: Provider) -> float:
    telegram.reset()
    seconds = alone(_send, telegram.base)
    assert telegram.stats()["sent"] == PEER
    return PEER / seconds


def _drain(file: Path, api: str) -> float:
    os.environ.update(environment(file, api))
    return run(_drained())


async def _drained() -> float:
    config, http = load_config(_env_file=None), Http()
    await http.start()
    channel = TelegramChannel(config, http)
    channel.limits = Limits(None, 0.0, IN_FLIGHT)
    writer = Writer(open_engine(config.database_url))
    delivery = Delivery(writer, {"telegram": channel}, build_house(CONVERSATIONS, key=config.key), utc_now)
    settle_memory()
    began = time.perf_counter()
    await delivery.drain("telegram", seconds=float("inf"))
    seconds = time.perf_counter() - began
    await writer.close()
    await http.stop()
    return seconds


def _send(api: str) -> float:
    return run(_sent(api))


async def _sent(api: str) -> float:
    async with Bot(TOKEN, base_url=f"{api}/bot") as bot:
        chats = iter(range(1, PEER + 1))
        began = time.perf_counter()
        await asyncio.gather(*(_task(bot, chats) for _ in range(IN_FLIGHT)))
        return time.perf_counter() - began


async def _task(bot: Bot, chats: Iterator[int]) -> None:
    for chat in chats:
        await bot.send_message(chat, REPLY)


if __name__ == "__main__":
    show(measure())
