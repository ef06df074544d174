"""Takes the README's picture of the demo phone, or another: `python -m tests.console.picture [WHO [FILE [WIDTH]]]`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.console.hand import answers, hold, text
from tests.console.running import FLAGS, running

PICTURE = Path(__file__).parents[2] / "docs" / "phone.png"


def main(who: str = "piotr", file: str = str(PICTURE), width: str = "1280") -> None:
    """A parent says that a child is away, and is asked until when. The width is in pixels."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        page = browser.new_page(base_url=address, viewport={"width": int(width), "height": 800}, color_scheme="light")
        hold(page, who)
        away = page.get_by_role("button", name="my child is away today")
        away.click() if away.count() else text(page, "ABSENT")
        page.wait_for_timeout(1500)
        expect(page.locator('.tick[data-state="delivered"]')).to_have_count(page.locator(".tick").count())
        buttons = answers(page).last.locator(".choices button")
        buttons.first.click() if buttons.count() else text(page, "1")
        page.wait_for_timeout(500)
        expect(page.locator('.tick[data-state="delivered"]')).to_have_count(page.locator(".tick").count())
        page.wait_for_timeout(1500)
        page.locator("#words").blur()
        page.mouse.move(0, 0)
        page.screenshot(path=file)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
