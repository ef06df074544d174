"""The engine put together as `app` does it: real channels against the providers' stand-ins, and the test's own clock.

Nothing runs by itself: a test hands in what a parent sends (`hear`), lets a sender deliver (`drain`) or the sweep look
(`tidy`), and reads what became of it in the outbox (`rows`) and at the provider (`telegram.sent`, `twilio.sent`).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Engine, select
from sqlalchemy import Row as DatabaseRow
from sqlmodel import Session

from bot.channels import Channel
from bot.channels.http import Http
from bot.channels.sms import SmsChannel
from bot.channels.telegram import TelegramChannel
from bot.config import Config, load_config
from bot.database import reading, transaction
from bot.delivery import Delivery
from bot.house import House
from bot.media import Fetcher
from bot.messages import Incoming, Reading, Receipt
from bot.outbox import TABLE, Priority, Reply, enqueue
from bot.pushes import Push, push_one
from bot.sweep import Sweep
from bot.webhooks import Doors
from bot.writer import Writer
from nursery.contacts import Contact, ContactState
from nursery.guardians import Topic
from nursery.tasks import Task, open_tasks
from tests.cast import CAST, contact_of
from tests.providers.telegram import TelegramServer
from tests.providers.twilio import TwilioServer
from tests.talking import Clock

PUBLIC = "https://nursery.example"
SECRET = "the-secret-Telegram-sends-back"
KEY = "the tests' own secret, of thirty-two bytes and more"

UNKNOWN_SECONDS = 21
"""After these an unknown message is looked into."""


def configured(telegram: TelegramServer, twilio: TwilioServer, **more: Any) -> Config:
    """The configuration of a house whose providers are the stand-ins."""
    fields: dict[str, Any] = {
        "public_url": PUBLIC,
        "secret_key": SecretStr(KEY),
        "telegram_bot_token": SecretStr(telegram.token),
        "telegram_webhook_secret": SecretStr(SECRET),
        "telegram_api_base": telegram.base,
        "twilio_account_sid": twilio.account_sid,
        "twilio_auth_token": SecretStr(twilio.auth_token),
        "twilio_from": twilio.number,
        "twilio_api_base": twilio.base,
        "test_numbers": True,
    }
    return load_config(_env_file=None, **(fields | more))


@dataclass
class Office:
    """One process's engine, by hand."""

    engine: Engine
    clock: Clock
    telegram: TelegramServer
    twilio: TwilioServer
    http: Http
    writer: Writer
    channels: dict[str, Channel]
    delivery: Delivery
    sweep: Sweep
    doors: Doors
    woken: list[str] = field(default_factory=list)
    count: int = 0

    def session(self) -> AbstractContextManager[Session]:
        return transaction(self.engine)

    async def hear(self, who: str, text: str, *, channel: str | None = None, **fields: Any) -> None:
        """A message of one of the cast comes in, on their own channel unless another is named."""
        channel = channel or CAST[who].home
        self.count += 1
        incoming = Incoming(channel, f"p{self.count}", CAST[who].address(channel), text=text, **fields)
        await self.doors.take(Reading((incoming,)))

    async def told(self, receipt: Receipt) -> None:
        """The provider says what became of a message."""
        await self.doors.take(Reading(receipts=(receipt,)))

    async def drain(self, *senders: str) -> None:
        """Delivers what is due, of both senders at once unless one is named."""
        await asyncio.gather(*(self.delivery.drain(sender, seconds=30) for sender in senders or tuple(self.channels)))

    async def tidy(self) -> None:
        """Held rows released, lost leases found, unknown messages settled; then what is due by that is delivered."""
        await self.sweep.tidy()
        await self.drain()

    def reply(self, who: str, text: str = "Good morning", *, channel: str | None = None, **fields: Any) -> int:
        """An answer waits for one of the cast; returns its number."""
        channel = channel or CAST[who].home
        self.count += 1
        key = f"in:{1000 + self.count}:0"
        with self.session() as session:
            contact = contact_of(session, who, channel)
            assert contact is not None
            assert contact.id is not None
            reply = Reply(key, channel, contact.id, text, "en_GB", self.clock.now, contact.guardian_id, **fields)
            enqueue(session, [reply])
        return int(self.row(key).id)

    def push(self, who: str, text: str = "Shoes, please", *, channel: str | None = None, **fields: Any) -> int:
        """A push of the `tell` conversation waits for one of the cast; returns its number."""
        channel = channel or CAST[who].home
        self.count += 1
        more: dict[str, Any] = {
            "topic": Topic.NOTICES,
            "priority": Priority.NOTICE,
            "conversation": "tell",
            "expires_at": None,
        } | fields
        with self.session() as session:
            contact = contact_of(session, who, channel)
            assert contact is not None
            push = Push(
                key=f"push:{self.count}",
                params={"text": text},
                setting_id=1,
                due_at=self.clock.now,
                **more,
            )
            assert push_one(session, push, contact, self.clock.now)
        return int(self.rows()[-1].id)

    def rows(self) -> list[DatabaseRow[Any]]:
        """The whole outbox, in order of number."""
        with reading(self.engine) as session:
            return list(session.connection().execute(select(TABLE).order_by(TABLE.c.id)))

    def row(self, which: int | str) -> DatabaseRow[Any]:
        return next(row for row in self.rows() if which in (row.id, row.key))

    def state(self, which: int | str) -> str:
        return str(self.row(which).state)

    def states(self) -> list[str]:
        return [row.state for row in self.rows()]

    def contact(self, who: str, channel: str | None = None) -> Contact:
        with self.session() as session:
            contact = contact_of(session, who, channel or CAST[who].home)
            assert contact is not None
            return contact

    def shut(self, who: str, state: ContactState, channel: str | None = None) -> None:
        with self.session() as session:
            contact = contact_of(session, who, channel or CAST[who].home)
            assert contact is not None
            contact.state = state
            session.add(contact)

    def tasks(self) -> list[Task]:
        with reading(self.engine) as session:
            return open_tasks(session)

    def sent(self) -> list[tuple[str, str]]:
        """What has reached people: whom, and the first line."""
        telegram = [(one.at, str(one.chat_id), one.text) for one in self.telegram.sent]
        twilio = [(one.at, one.to, one.body) for one in self.twilio.sent]
        return [(_who(address), text.splitlines()[0]) for _, address, text in sorted(telegram + twilio)]


@asynccontextmanager
async def open_office(engine: Engine, house: House, clock: Clock) -> AsyncIterator[Office]:
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(TelegramServer())
        twilio = await stack.enter_async_context(TwilioServer())
        http = Http()
        await http.start()
        stack.push_async_callback(http.stop)
        writer = Writer(engine)
        stack.push_async_callback(writer.close)
        config = configured(telegram, twilio)
        channels: dict[str, Channel] = {"telegram": TelegramChannel(config, http), "sms": SmsChannel(config, http)}
        yield _put_together(engine, clock, telegram, twilio, http, writer, channels, house)


def _put_together(
    engine: Engine,
    clock: Clock,
    telegram: TelegramServer,
    twilio: TwilioServer,
    http: Http,
    writer: Writer,
    channels: dict[str, Channel],
    house: House,
) -> Office:
    def now() -> datetime:
        return clock.now

    async def wake(sender: str) -> None:
        office.woken.append(sender)

    delivery = Delivery(writer, channels, house, now)
    fetcher = Fetcher(writer, channels, now)
    sweep = Sweep(delivery, fetcher, wake)
    doors = Doors(writer, channels, house, now, wake, fetcher.nudge)
    office = Office(engine, clock, telegram, twilio, http, writer, channels, delivery, sweep, doors)
    return office


def _who(address: str) -> str:
    found = (member.name for member in CAST.values() if address in (member.phone, member.chat))
    return next(found, address)
