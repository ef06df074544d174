"""A real `coatpeg serve` in a process of its own, the providers' stand-ins around it and the cast in its database."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, Self

from aiohttp import ClientError, ClientSession
from sqlalchemy import Engine, select
from sqlalchemy import Row as DatabaseRow
from sqlmodel import col
from sqlmodel import select as select_records

from bot.database import open_engine, reading, transaction
from bot.outbox import TABLE, State
from nursery.inbox import InboundMessage
from nursery.settings import first_setting
from nursery.tasks import Task, open_tasks
from tests.cast import CAST, populate
from tests.providers.telegram import TelegramServer
from tests.providers.twilio import TwilioServer
from tests.providers.updates import Update, text_update

ROOT = Path(__file__).parent.parent
PUBLIC = "https://nursery.example"
SECRET = "the-secret-Telegram-sends-back"
KEY = "the tests' own secret, of thirty-two bytes and more"
CLOCK = "two-year:"
"""Tasks that the clock raises of the sample children's ages, whenever it gets to it: not what a test is about."""
PATIENCE = 90.0
"""Seconds for anything that takes a moment, on a machine that is busy."""


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@dataclass
class Served:
    """One house: its database, its providers, and the process, which may die and be started again."""

    url: str
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    telegram: TelegramServer = field(default_factory=TelegramServer)
    twilio: TwilioServer = field(default_factory=TwilioServer)
    port: int = 0
    process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        self.engine: Engine = open_engine(self.url)
        with transaction(self.engine) as session:
            populate(session)
            setting = first_setting(session)
            assert setting is not None
            setting.quiet_from, setting.quiet_until, setting.daily_budget = time(23, 59, 59, 999999), time(0), 1000
            session.add(setting)
        await self.telegram.start()
        await self.twilio.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.end()
        await self.telegram.close()
        await self.twilio.close()
        self.engine.dispose()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """All that the processes have written so far."""
        return (self.folder / "log").read_text()

    async def begin(self, story: str = "") -> None:
        """Starts the process and waits till it takes requests; `story` is where it is to die, once armed."""
        self.port = free_port()
        self.telegram.deliver_to = self.twilio.deliver_to = self.base
        command = [sys.executable, "-W", "error::ResourceWarning", "-m", "tests.crashing", str(self.port), story]
        with (self.folder / "log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *command, cwd=self.folder, env=self._environment(), stdout=log, stderr=log
            )
        await self.until(self._answers, "it takes requests")

    async def arm(self) -> None:
        """From now on it dies where it is to die."""
        assert self.process is not None
        self._armed.unlink(missing_ok=True)
        self.process.send_signal(signal.SIGUSR1)
        await self.until(self._is_armed, "it is armed")

    async def dead(self) -> None:
        """Waits until it has died."""
        assert self.process is not None
        await asyncio.wait_for(self.process.wait(), PATIENCE)
        assert self.process.returncode == -signal.SIGKILL, self.log[-2000:]

    async def end(self) -> int | None:
        """Ends it politely; its exit code."""
        if self.process is None:
            return None
        with suppress(ProcessLookupError):
            self.process.terminate()
        return await asyncio.wait_for(self.process.wait(), PATIENCE)

    async def until(self, condition: Any, what: str, seconds: float = PATIENCE) -> None:
        """Looks again and again until it is so."""
        for _ in range(int(seconds / 0.05)):
            if await condition():
                return
            assert self.process is None or self.process.returncode in (None, -signal.SIGKILL), self.log[-2000:]
            await asyncio.sleep(0.05)
        stand = [(row.id, row.key, row.state, row.reason) for row in self.rows()]
        raise AssertionError(f"never: {what}\n{stand}\n{self.log[-2000:]}")

    async def telegram_says(self, update: Update) -> int | None:
        """Telegram delivers; the status answered, or None when nothing was."""
        try:
            return await self.telegram.deliver(update)
        except ClientError:
            return None

    async def twilio_says(self, who: str, words: str, sid: str) -> int | None:
        try:
            return await self.twilio.deliver(CAST[who].phone, words, url=f"{PUBLIC}/hooks/sms", sid=sid)
        except ClientError:
            return None

    async def says(self, who: str, words: str) -> int | None:
        """One of the cast writes on Telegram."""
        return await self.telegram_says(text_update(int(CAST[who].chat), words, first_name=who))

    async def settled(self) -> None:
        """Waits until nothing more is going to happen by itself."""
        await self.until(self._is_settled, "all is settled")

    def now(self) -> datetime:
        return datetime.now(UTC)

    def rows(self) -> list[DatabaseRow[Any]]:
        with reading(self.engine) as session:
            return list(session.connection().execute(select(TABLE).order_by(TABLE.c.id)))

    def inbound(self) -> list[InboundMessage]:
        with reading(self.engine) as session:
            return list(session.exec(select_records(InboundMessage).order_by(col(InboundMessage.id))))

    def tasks(self) -> list[Task]:
        with reading(self.engine) as session:
            return [task for task in open_tasks(session) if not task.key.startswith(CLOCK)]

    async def _answers(self) -> bool:
        try:
            async with ClientSession() as http, http.get(f"{self.base}/ready") as answer:
                return answer.status == 200
        except ClientError:
            return False

    async def _is_armed(self) -> bool:
        return self._armed.exists()

    async def _is_settled(self) -> bool:
        busy = (State.DUE, State.SENDING)
        return not any(row.state in busy or (row.state == State.UNKNOWN and row.done_at is None) for row in self.rows())

    @property
    def _armed(self) -> Path:
        return self.folder / "armed"

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "COATPEG_ARMED": str(self._armed),
            "DATABASE_URL": self.url,
            "PUBLIC_URL": PUBLIC,
            "SECRET_KEY": KEY,
            "TELEGRAM_BOT_TOKEN": self.telegram.token,
            "TELEGRAM_WEBHOOK_SECRET": SECRET,
            "TELEGRAM_API_BASE": self.telegram.base,
            "TWILIO_ACCOUNT_SID": self.twilio.account_sid,
            "TWILIO_AUTH_TOKEN": self.twilio.auth_token,
            "TWILIO_FROM": self.twilio.number,
            "TWILIO_API_BASE": self.twilio.base,
            "TEST_NUMBERS": "true",
        } | self.environment
