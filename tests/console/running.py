"""The whole demo, running on a port of its own, and the browser that looks at it."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from sqlmodel import SQLModel

from bot.app import App, Roles
from bot.config import load_config
from bot.database import transaction
from nursery.families import import_families
from nursery.family_list import read_rows
from nursery.sample import FAMILIES, lay_out_sample

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START_SECONDS = 20.0


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The whole demo on a port of its own, without the clock's jobs; its address."""
    config = load_config(
        _env_file=None,
        demo=True,
        test_numbers=True,
        database_url=f"sqlite:///{folder}/demo.db",
        secret_key="a secret of the tests, of thirty-two bytes",
        telegram_bot_token="",
        twilio_account_sid="",
        twilio_auth_token="",
        twilio_from="",
    )
    app = App(config, Roles(clock=False))
    SQLModel.metadata.create_all(app.engine)
    with transaction(app.engine) as session:
        now = datetime.now(UTC)
        import_families(session, read_rows(FAMILIES), now, test_numbers=True)
        lay_out_sample(session, now)
    listening = socket.create_server(("127.0.0.1", 0))
    options = uvicorn.Config(app.web(), log_level="error", lifespan="off", ws="none", timeout_graceful_shutdown=1)
    server = uvicorn.Server(options)
    thread = threading.Thread(target=lambda: asyncio.run(_serve(app, server, listening)), daemon=True)
    thread.start()
    _wait_for(server)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(START_SECONDS)
        listening.close()


async def _serve(app: App, server: uvicorn.Server, listening: socket.socket) -> None:
    await app.start()
    try:
        await server.serve([listening])
    finally:
        await app.stop()


def _wait_for(server: uvicorn.Server) -> None:
    until = time.monotonic() + START_SECONDS
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    assert server.started, "the demo did not start"
