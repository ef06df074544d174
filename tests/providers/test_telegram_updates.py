"""How updates reach a bot: polled for until confirmed, or posted to its webhook with the secret."""

import asyncio

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from telegram import Bot
from telegram.error import Conflict

from tests.providers.clients import bot_of
from tests.providers.telegram import TelegramServer
from tests.providers.updates import tap, text_update

AMINA = 700000123


async def test_updates_wait_until_an_offset_confirms_them(tg: TelegramServer, bot: Bot) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.05)
    tg.push(text_update(AMINA, "Good morning", update_id=7))
    assert [update.update_id for update in await waiting] == [7]
    assert [update.update_id for update in await bot.get_updates()] == [7]
    assert await bot.get_updates(offset=8) == ()


async def test_one_poller_and_no_webhook_beside_it(tg: TelegramServer, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.05)
    async with bot_of(tg) as another:
        await another.get_updates()
    with pytest.raises(Conflict, match="other getUpdates"):
        await first
    await bot.set_webhook("http://127.0.0.1:9/hooks/telegram")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()


async def test_an_update_is_delivered_to_the_webhook_with_its_secret(tg: TelegramServer, bot: Bot) -> None:
    seen: list[tuple[str, str]] = []

    async def hook(request: web.Request) -> web.Response:
        seen.append((request.headers["X-Telegram-Bot-Api-Secret-Token"], request.host))
        return web.Response(status=200 if len(seen) == 1 else 500)

    app = web.Application()
    app.router.add_post("/hooks/telegram", hook)
    async with TestServer(app) as ours, ClientSession() as session:
        url = "https://nursery.example/hooks/telegram"
        await bot.set_webhook(url, secret_token="s3cret", allowed_updates=["message"])
        tg.deliver_to = str(ours.make_url("/"))
        assert await tg.deliver(text_update(AMINA, "Hi")) == 200
        assert await tg.deliver(tap(AMINA, "yes", 1), session, unasked=True) == 500
        assert seen == [("s3cret", "nursery.example")] * 2
    info = await bot.get_webhook_info()
    assert (info.url, info.last_error_message) == (url, "Wrong response from the webhook: 500 Internal Server Error")
    with pytest.raises(LookupError, match="leaves this kind out"):
        await tg.deliver(tap(AMINA, "yes", 1))
