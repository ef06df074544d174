"""The web server of one process: it takes requests until it is told to end, and what is on its way is finished."""

from __future__ import annotations

import signal

import uvicorn
from starlette.applications import Starlette

from bot.app import App

STOP_SECONDS = 2
"""How long the end waits for open requests; the demo page's event stream never ends by itself."""


async def run(app: App, host: str, port: int) -> None:
    """Starts, takes requests until told to end (SIGTERM, SIGINT), and stops. Raises Misconfigured."""
    options = _options(app.web(), host, port)
    for word in (signal.SIGTERM, signal.SIGINT):
        signal.signal(word, _already_ending)
    try:
        await app.start()
        await uvicorn.Server(options).serve()
    finally:
        await app.stop()


def _options(web: Starlette, host: str, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        web,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        backlog=2048,
        timeout_graceful_shutdown=STOP_SECONDS,
    )


def _already_ending(*_: object) -> None:
    """uvicorn raises the signal that ended it once more when it has ended; what is on its way is not finished then."""
