"""The peer python-telegram-bot: its Application behind a webhook, one handler that replies, nothing stored.

Its own webhook server is an extra that measured slower than this (engine.md, B2); this is its documented way with a
web framework of one's own: Starlette puts each update on the application's queue. Updates are handled one after the
other, as is its default; handled side by side they are slower still, its HTTP client scaling downwards.
"""

from __future__ import annotations

import argparse
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bench.reply import REPLY


async def answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    await update.message.reply_text(REPLY)


def web(application: Any) -> Starlette:
    async def hook(request: Request) -> Response:
        await application.update_queue.put(Update.de_json(await request.json(), application.bot))
        return Response()

    return Starlette(routes=[Route("/hooks/telegram", hook, methods=["POST"])])


async def serve(port: int, api: str, token: str, at_once: int) -> None:
    built = Application.builder().token(token).base_url(f"{api}/bot").updater(None).concurrent_updates(at_once).build()
    built.add_handler(MessageHandler(filters.TEXT, answer))
    async with built:
        await built.start()
        await uvicorn.Server(uvicorn.Config(web(built), port=port, log_config=None, access_log=False)).serve()
        await built.stop()


if __name__ == "__main__":
    from bench.machine import run

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--api", required=True)
    parser.add_argument("--token", required=True)
    parser.add_argument("--at-once", type=int, default=1)
    chosen = parser.parse_args()
    run(serve(chosen.port, chosen.api, chosen.token, chosen.at_once))
