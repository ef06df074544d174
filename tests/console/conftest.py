"""A demo that runs, and a real browser that looks at it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.console.running import FLAGS, running

PATIENCE = 15_000
"""Milliseconds: a machine may be busy with other tests."""

expect.set_options(timeout=PATIENCE)


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[str]:
    """The whole demo on a port of its own, without the clock's jobs; its address."""
    with running(tmp_path) as address:
        yield address


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
    context.set_default_timeout(PATIENCE)
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
