"""The peer aiogram: its dispatcher behind its own aiohttp webhook, one handler that replies, nothing stored."""

from __future__ import annotations

import argparse
import asyncio

import uvloop
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from bench.reply import REPLY


async def answer(message: Message) -> None:
    await message.answer(REPLY)


def application(api: str, token: str, *, background: bool) -> web.Application:
    dispatcher = Dispatcher()
    dispatcher.message.register(answer)
    bot = Bot(token, AiohttpSession(api=TelegramAPIServer.from_base(api)))
    served = web.Application()
    SimpleRequestHandler(dispatcher, bot, handle_in_background=background).register(served, "/hooks/telegram")
    setup_application(served, dispatcher, bot=bot)
    return served


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--api", required=True)
    parser.add_argument("--token", required=True)
    parser.add_argument("--foreground", action="store_true", help="answer the webhook after the reply is sent")
    chosen = parser.parse_args()
    loop = uvloop.new_event_loop()
    asyncio.set_event_loop(loop)
    app = application(chosen.api, chosen.token, background=not chosen.foreground)
    web.run_app(app, host="127.0.0.1", port=chosen.port, loop=loop, access_log=None, print=None)
