"""The real channels, aimed at the providers' stand-ins."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channels.http import Http
from bot.channels.sms import SmsChannel
from bot.channels.telegram import TelegramChannel
from tests.bot.channels.outside import config
from tests.providers.telegram import TelegramServer
from tests.providers.twilio import TwilioServer


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    """Patient enough for a slow machine; a test of silence shortens it."""
    session = Http(total_seconds=5.0)
    await session.start()
    yield session
    await session.stop()


@pytest.fixture
async def tg() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server
        assert server.violations == []


@pytest.fixture
async def tw() -> AsyncIterator[TwilioServer]:
    async with TwilioServer() as server:
        yield server
        assert server.violations == []


@pytest.fixture
def telegram(tg: TelegramServer, http: Http) -> TelegramChannel:
    return TelegramChannel(config(telegram_api_base=tg.base), http)


@pytest.fixture
def sms(tw: TwilioServer, http: Http) -> SmsChannel:
    return SmsChannel(config(twilio_api_base=tw.base), http)


@pytest.fixture
def pooled(tw: TwilioServer, http: Http) -> SmsChannel:
    """An account that sends through a messaging service."""
    return SmsChannel(config(twilio_api_base=tw.base, twilio_from="MG" + "0c" * 16), http)
