"""The composition root: from a Config to the channels, the conversations, the jobs and the web application."""

from __future__ import annotations

import asyncio
import contextlib
import gc
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from bot.alone import Alone
from bot.channels import Channel, Misconfigured, SendError
from bot.channels.http import Http
from bot.channels.phone import PhoneChannel
from bot.config import Config
from bot.config import Misconfigured as ConfigRefused
from bot.database import open_engine
from bot.delivery import Delivery
from bot.health import health_routes
from bot.house import build_house
from bot.media import Fetcher
from bot.sender import Clock
from bot.senders import senders
from bot.sweep import Sweep
from bot.wake import LocalWake, SharedWake
from bot.webhooks import Doors, Hooks
from bot.writer import Writer
from console.calendar import calendar_routes
from console.phone import phone_routes
from console.photo import photo_routes
from console.record import record_routes
from console.staff import staff_routes
from console.voice import voice_routes
from handlers import CONVERSATIONS
from scheduler.clock import Clock as JobClock

if TYPE_CHECKING:
    from bot.translating import Translating

log = structlog.get_logger()

RESTART_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Roles:
    """What this process does: takes requests, delivers, keeps the clock."""

    web: bool = True
    worker: bool = True
    clock: bool = True


def utc_now() -> datetime:
    return datetime.now(UTC)


def settle_memory() -> None:
    """What is here at the start stays: looking through it again and again for what could be let go was a tenth of every
    message, and once a tenth of the start, for a few hundred kilobytes. And a message makes thousands of small things,
    with hardly a circle among them."""
    gc.freeze()
    gc.set_threshold(10_000)


class App:
    """One process of Coatpeg."""

    def __init__(self, config: Config, roles: Roles = Roles(), *, clock: Clock = utc_now) -> None:
        self.config, self.roles, self.clock = config, roles, clock
        self.engine: Engine = open_engine(config.database_url)
        self.writer = Writer(self.engine)
        self.http = Http()
        self.channels: dict[str, Channel] = senders(config, self.http)
        self.house = build_house(CONVERSATIONS, key=config.key, site=config.public_url, translates=config.translates)
        self.delivery = Delivery(self.writer, self.channels, self.house, clock)
        self.fetcher = Fetcher(self.writer, self.channels, clock)
        self.wake = _wake(config, self.delivery)
        self.sweep = Sweep(self.delivery, self.fetcher, self.wake.wake)
        self.translating = self._translating() if config.translates else None
        self.doors = Doors(self.writer, self.channels, self.house, clock, self.wake.wake, self.fetcher.nudge)
        self.job_clock = JobClock(self.writer, clock, self.sweep.nudge)
        self._tasks: set[asyncio.Task[None]] = set()
        self._alone = Alone(config.database_url)

    def web(self) -> Starlette:
        """The web application alone: `start` goes before its first request, `stop` after the last."""
        doors = [Middleware(Hooks, doors=self.doors, public_url=self.config.public_url)] if self.roles.web else []
        return Starlette(routes=self._routes(), middleware=doors)

    async def start(self) -> None:
        """Opens everything and begins to serve. Raises Misconfigured with a sentence when a provider refuses us."""
        alone = self.roles.worker and self._alone.take()
        await self.http.start()
        if isinstance(self.wake, SharedWake):
            await self.wake.open()
        for channel in self.channels.values():
            await self._start_channel(channel)
        if self.roles.worker:
            await self.sweep.recover(alone=alone)
            for work in (self.wake.serve(), self.sweep.serve(), self.fetcher.serve()):
                self._run(work)
            if self.translating is not None:
                self._run(self.translating.serve())
        if self.roles.web:
            self._poll()
        if self.roles.clock:
            self.job_clock.start()
        settle_memory()
        log.info("started", channels=",".join(self.channels), web=self.roles.web, worker=self.roles.worker)

    async def stop(self) -> None:
        """Finishes what is on its way and closes everything."""
        if self.roles.clock:
            self.job_clock.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for channel in self.channels.values():
            await channel.stop()
        if isinstance(self.wake, SharedWake):
            await self.wake.close()
        await self.http.stop()
        await self.writer.close()
        self.engine.dispose()
        self._alone.give_up()

    async def _start_channel(self, channel: Channel) -> None:
        """A provider that refuses us stops the start; one that can't be reached now is tried again meanwhile."""
        if not self.roles.web:
            return
        try:
            await channel.start()
        except Misconfigured as error:
            raise ConfigRefused(error.sentence) from None
        except SendError as error:
            log.warning("provider not reached at start", channel=channel.name, kind=type(error).__name__)
            self._run(self._start_later(channel))

    async def _start_later(self, channel: Channel) -> None:
        while True:
            await asyncio.sleep(RESTART_SECONDS)
            with contextlib.suppress(SendError):
                await channel.start()
                log.info("provider reached", channel=channel.name)
                return

    def _translating(self) -> Translating | None:
        from bot.translating import Translating  # a process without a translation server does not pay for its import
        from bot.translators import server_of

        server = server_of(self.config, self.http)
        senders = list(self.channels)
        return Translating(self.writer, server, senders, self.clock, self.sweep.nudge) if server else None

    def _poll(self) -> None:
        from bot.channels.telegram import TelegramChannel  # a process without Telegram does not pay for its import

        channel = self.channels.get("telegram")
        if isinstance(channel, TelegramChannel) and self.config.telegram_mode == "poll":
            self._run(channel.poll(self.doors.take))

    def _run(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)

    def _routes(self) -> Sequence[BaseRoute]:
        routes: list[BaseRoute] = [*health_routes(self.engine, self.delivery, self.clock)]
        if self.roles.web:
            routes += calendar_routes(self.engine, self.config.key, self.clock)
            routes += record_routes(self.writer, self.clock)
            routes += photo_routes(self.engine, self.config.key, self.clock)
            routes += voice_routes(self.engine, self.config.key, self.clock)
        if self.config.demo:
            phones = {name: phone for name, phone in self.channels.items() if isinstance(phone, PhoneChannel)}
            for phone in phones.values():
                phone.deliver = self.doors.take
            routes += [*phone_routes(self.engine, phones), *staff_routes(self.engine)]
        return routes


def _wake(config: Config, delivery: Delivery) -> LocalWake | SharedWake:
    if config.database_url.startswith("sqlite"):
        return LocalWake(delivery)
    return SharedWake(delivery, config.database_url)
