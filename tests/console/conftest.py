"""A demo that runs, and a real browser that looks at it."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from sqlmodel import SQLModel

from bot.app import App, Roles
from bot.config import load_config
from bot.database import transaction
from nursery.families import import_families, read_rows
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


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[str]:
    """The whole demo on a port of its own, without the clock's jobs; its address."""
    config = load_config(
        _env_file=None,
        demo=True,
        test_numbers=True,
        database_url=f"sqlite:///{tmp_path}/demo.db",
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
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(START_SECONDS)
    listening.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        missing = "Chromium is not installed: the pages were NOT tested. `make test-deps` installs it."
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, demo: str) -> Iterator[Page]:
    """A page that may ask nobody but the demo, and may complain of nothing."""
    context = browser.new_context(base_url=demo, viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    outside: list[str] = []
    complaints: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: None if request.url.startswith((demo, "data:")) else outside.append(request.url))
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert outside == []
    assert complaints == []


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
