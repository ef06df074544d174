"""The real libraries, aimed at the stand-ins."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from telegram import Bot
from twilio.http.async_http_client import AsyncTwilioHttpClient  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]

from tests.providers.telegram import TelegramServer
from tests.providers.twilio import TwilioServer


def bot_of(tg: TelegramServer, token: str = "") -> Bot:
    return Bot(token or tg.token, base_url=f"{tg.base}/bot", base_file_url=f"{tg.base}/file/bot")


@asynccontextmanager
async def client_of(tw: TwilioServer) -> AsyncIterator[Any]:
    http = AsyncTwilioHttpClient()
    client = Client(tw.account_sid, tw.auth_token, http_client=http)
    client.api.base_url = tw.base
    try:
        yield client
    finally:
        await http.close()
