"""Several processes on PostgreSQL: one drain a sender at a time, every message once, a dead one's work taken over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, time
from typing import Any

import pytest
from sqlalchemy import Engine, text

from bot.channels.http import Http
from bot.channels.telegram import TelegramChannel
from bot.database import open_engine, reading, transaction
from bot.delivery import Delivery
from bot.outbox import Reply, enqueue
from bot.wake import SharedWake
from bot.writer import Writer
from nursery.contacts import Contact
from nursery.settings import Setting
from tests.bot.conftest import HOUSE
from tests.bot.office import configured
from tests.postgres import Cluster
from tests.providers.telegram import TelegramServer
from tests.providers.twilio import TwilioServer

PEOPLE = 40


class WatchedDelivery(Delivery):
    """A delivery that says how many drains of a sender ran at once, over all of them together."""

    running = 0
    most = 0
    drains = 0

    async def drain(self, sender: str, *, seconds: float = 0.3) -> None:
        cls = WatchedDelivery
        cls.running += 1
        cls.most = max(cls.most, cls.running)
        cls.drains += 1
        try:
            await super().drain(sender, seconds=seconds)
        finally:
            cls.running -= 1


@pytest.fixture
def database(postgres: Cluster, new_database: Callable[[], str]) -> str:
    WatchedDelivery.running = WatchedDelivery.most = WatchedDelivery.drains = 0
    return new_database()


@pytest.fixture
def shared(database: str) -> Any:
    engine = open_engine(database)
    with transaction(engine) as session:
        session.add(Setting(name="Little Acorns", quiet_until=time(0)))
        session.add_all([Contact(channel="telegram", address=str(80_000 + number)) for number in range(PEOPLE)])
    yield engine
    engine.dispose()


def put(engine: Engine, word: str) -> None:
    """An answer for everybody."""
    with transaction(engine) as session:
        now = datetime.now(UTC)
        replies = [
            Reply(f"in:{word}:{number}", "telegram", number, word, "en_GB", now) for number in range(1, PEOPLE + 1)
        ]
        enqueue(session, replies)


@asynccontextmanager
async def worker(url: str, engine: Engine, telegram: TelegramServer, twilio: TwilioServer) -> AsyncIterator[SharedWake]:
    """One process's worker, running."""
    async with AsyncExitStack() as stack:
        http = Http()
        await http.start()
        stack.push_async_callback(http.stop)
        writer = Writer(engine)
        stack.push_async_callback(writer.close)
        channel = TelegramChannel(configured(telegram, twilio), http)
        wake = SharedWake(WatchedDelivery(writer, {"telegram": channel}, HOUSE, lambda: datetime.now(UTC)), url)
        await wake.open()
        stack.push_async_callback(wake.close)
        serving = asyncio.create_task(wake.serve())
        try:
            yield wake
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)


async def all_sent(engine: Engine, count: int) -> None:
    for _ in range(400):
        with reading(engine) as session:
            if session.execute(text("SELECT count(*) FROM outbox_message WHERE state = 'sent'")).scalar() == count:
                return
        await asyncio.sleep(0.05)
    raise AssertionError("not all were sent")


async def test_two_workers_never_drain_one_sender_at_once(database: str, shared: Engine) -> None:
    async with (
        TelegramServer() as telegram,
        TwilioServer() as twilio,
        worker(database, shared, telegram, twilio) as one,
        worker(database, shared, telegram, twilio) as other,
    ):
        for word in ("first", "second"):
            put(shared, word)
            await asyncio.gather(*(wake.wake("telegram") for wake in (one, other) * 5))
            await asyncio.sleep(0.1)
        await all_sent(shared, 2 * PEOPLE)
        sent = [(one.chat_id, one.text) for one in telegram.sent]
    assert len(sent) == len(set(sent)) == 2 * PEOPLE
    assert WatchedDelivery.most == 1
    assert WatchedDelivery.drains >= 2, "a drain gives up its turn, and another takes it up"


async def test_waking_often_queues_one_drain(database: str, shared: Engine) -> None:
    async with TelegramServer() as telegram, TwilioServer() as twilio, AsyncExitStack() as stack:
        http = Http()
        await http.start()
        stack.push_async_callback(http.stop)
        writer = Writer(shared)
        stack.push_async_callback(writer.close)
        channel = TelegramChannel(configured(telegram, twilio), http)
        wake = SharedWake(Delivery(writer, {"telegram": channel}, HOUSE, lambda: datetime.now(UTC)), database)
        await wake.open()
        stack.push_async_callback(wake.close)
        await asyncio.gather(*(wake.wake("telegram") for _ in range(20)))
    with reading(shared) as session:
        assert session.execute(text("SELECT count(*) FROM procrastinate_jobs")).scalar() == 1


@pytest.mark.parametrize("queued", [False, True], ids=["nothing queued", "another drain queued behind it"])
async def test_a_dead_workers_lane_is_taken_over(
    database: str, shared: Engine, monkeypatch: pytest.MonkeyPatch, queued: bool
) -> None:
    monkeypatch.setattr("bot.wake.SWEEP_SECONDS", 0.3)
    put(shared, "first")
    with transaction(shared) as session:
        dead = session.execute(
            text("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id")
        ).scalar_one()
        for status, whose in [("doing", dead), ("todo", None)][: 1 + queued]:
            session.execute(
                text(
                    "INSERT INTO procrastinate_jobs"
                    " (queue_name, task_name, lock, queueing_lock, args, status, worker_id)"
                    " VALUES ('default', 'drain', 'sender:telegram', 'drain:telegram', CAST(:args AS jsonb),"
                    " CAST(:status AS procrastinate_job_status), :whose)"
                ),
                {"args": '{"sender": "telegram"}', "status": status, "whose": whose},
            )
    async with (
        TelegramServer() as telegram,
        TwilioServer() as twilio,
        worker(database, shared, telegram, twilio),
    ):
        await all_sent(shared, PEOPLE)
        assert len(telegram.sent) == PEOPLE
