"""Little Acorns for a term: a real Coatpeg between the providers' stand-ins, on a clock that the story moves."""

from __future__ import annotations

import asyncio
import contextlib
import io
import socket
import sys
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import uvicorn
from sqlalchemy import Engine, event, select
from sqlmodel import SQLModel

from bot.__main__ import main
from bot.app import App, Roles
from bot.channels import Limits
from bot.database import reading
from bot.outbox import TABLE
from bot.pace import Pace
from nursery.settings import at, local
from scheduler import JOBS, Job
from tests.bot.office import PUBLIC, configured
from tests.cast import CAST
from tests.providers.telegram import TelegramServer
from tests.providers.twilio import TwilioServer
from tests.providers.updates import Update
from tests.story.letters import Letter
from tests.talking import Clock

SOON = timedelta(minutes=1)
ROUNDS = {8: True, 12: False, 16: True, 18: False}
WEEKEND = {11: True, 16: False}
"""The hours at which, whatever the diary says, what is due is delivered; and whether every job runs before."""

SHOWN = ("id", "key", "conversation", "priority", "topic", "language", "expires_at")
ROWS = select(*(TABLE.c[name] for name in SHOWN))


@dataclass
class Nursery:
    """The app, its providers, and every message that reached somebody."""

    app: App
    clock: Clock
    telegram: TelegramServer
    twilio: TwilioServer
    letters: list[Letter] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    async def writes(self, update: Update) -> None:
        """Somebody does something on Telegram."""
        assert await self.telegram.deliver(update) == 200
        await self.deliver()

    async def texts(self, number: str, words: str, media: Sequence[tuple[str, bytes]] = ()) -> None:
        """Somebody sends an SMS."""
        assert await self.twilio.deliver(number, words, url=f"{PUBLIC}/hooks/sms", media=media) == 200
        await self.deliver()

    async def command(self, words: Sequence[str]) -> tuple[str, str]:
        """Staff use the command line; what it prints, and why it refuses. What happens within a minute happens."""
        said = await asyncio.to_thread(_run, words)
        await self.soon()
        return said

    async def soon(self) -> None:
        """A minute goes by: the jobs of the minute run, and what is due is delivered."""
        self.clock.now += SOON
        await self._jobs(job for job in JOBS if job.every <= SOON)
        await self.deliver()

    async def until(self, moment: datetime) -> None:
        """Time goes by: on every day all jobs run a few times, and at its end those of the minute."""
        day = local(self.clock.now).date()
        while at(day, time(0)) <= moment:
            for hour, jobs in (WEEKEND if day.weekday() > 4 else ROUNDS).items():
                if self.clock.now < at(day, time(hour, 5)) < moment:
                    self.clock.now = at(day, time(hour, 5))
                    await self._jobs(JOBS if jobs else ())
                    await self.deliver()
            day += timedelta(days=1)
        self.clock.now = moment - SOON
        await self.soon()

    async def deliver(self) -> None:
        """Held messages are looked at again, files are fetched, what is due leaves, and is kept as it arrived."""
        await self.app.sweep.tidy()
        await self.app.fetcher.fetch_all()
        for sender in self.app.channels:
            await self.app.delivery.drain(sender, seconds=30)
        self._collect()

    async def _jobs(self, jobs: Iterable[Job]) -> None:
        for job in jobs:
            await job.run(self.app.writer, self.clock.now)

    def _collect(self) -> None:
        """What the providers took since the last look; of a message in several the row is known by its last."""
        fresh = [
            ("telegram", str(one.chat_id), one.text, _buttons(one.params), str(one.message_id))
            for one in self.telegram.sent[self.seen.get("telegram", 0) :]
        ]
        fresh += [("sms", one.to, one.body, (), one.sid) for one in self.twilio.sent[self.seen.get("sms", 0) :]]
        self.seen = {"telegram": len(self.telegram.sent), "sms": len(self.twilio.sent)}
        for channel, address, text, buttons, number in fresh:
            row = self._row(address, number)
            self.letters.append(Letter(self.clock.now, _who(address), channel, text, buttons, row, number))

    def _row(self, address: str, number: str) -> Any:
        contact = SQLModel.metadata.tables["contact"]
        found = ROWS.join_from(TABLE, contact, contact.c.id == TABLE.c.contact_id)
        with reading(self.app.engine) as session:
            chosen = found.where(TABLE.c.provider_id == number, contact.c.address == address)
            return session.connection().execute(chosen).first()


@asynccontextmanager
async def open_nursery(folder: Path, clock: Clock) -> AsyncIterator[Nursery]:
    """The whole of it, on a database of its own."""
    async with TelegramServer() as telegram, TwilioServer() as twilio:
        url = f"sqlite:///{folder / 'coatpeg.db'}"
        config = configured(telegram, twilio, database_url=url)
        app = App(config, Roles(worker=False, clock=False), clock=lambda: clock.now)
        hurry(app.engine)
        SQLModel.metadata.create_all(app.engine)
        for name, channel in app.channels.items():
            limits = vars(channel)["limits"] = Limits(in_flight=1)  # one after the other, and at once
            app.delivery.senders[name].pace = Pace(limits)
        await app.start()
        try:
            async with _served(app) as base:
                telegram.deliver_to = twilio.deliver_to = base
                yield Nursery(app, clock, telegram, twilio)
        finally:
            await app.stop()
        assert not telegram.violations, telegram.violations
        assert not twilio.violations, twilio.violations


@asynccontextmanager
async def _served(app: App) -> AsyncIterator[str]:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    options = uvicorn.Config(app.web(), log_config=None, access_log=False, lifespan="off")
    server = uvicorn.Server(options)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    serving = asyncio.create_task(server._serve([listening]))
    while not server.started:
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    await serving


def _run(words: Sequence[str]) -> tuple[str, str]:
    said, wrong = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(wrong):
        sys.argv = ["coatpeg", *words]
        try:
            main()
        except SystemExit as end:
            return said.getvalue(), wrong.getvalue() if end.code else ""
    return said.getvalue(), ""


def hurry(engine: Engine) -> None:
    """What a test writes may be lost when the machine goes down."""
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))


def _who(address: str) -> str:
    return next((one.name for one in CAST.values() if address in (one.phone, one.chat)), address)


def _buttons(params: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    rows = (params.get("reply_markup") or {}).get("inline_keyboard", [])
    return tuple((one["text"], one["callback_data"]) for row in rows for one in row)
