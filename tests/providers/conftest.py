"""A fresh stand-in for each test, and the real client beside it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Bot

from tests.providers.clients import bot_of, client_of
from tests.providers.telegram import TelegramServer
from tests.providers.twilio import TwilioServer


@pytest.fixture
async def tg() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
async def bot(tg: TelegramServer) -> AsyncIterator[Bot]:
    async with bot_of(tg) as found:
        yield found


@pytest.fixture
async def tw() -> AsyncIterator[TwilioServer]:
    async with TwilioServer() as server:
        yield server


@pytest.fixture
async def client(tw: TwilioServer) -> AsyncIterator[Any]:
    async with client_of(tw) as found:
        yield found
