"""The pages for everyone: axe finds nothing, in light and dark, wide and narrow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.console.hand import answers, hold, text

AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text("utf-8")
LOOKS = [(width, scheme) for width in (1280, 390) for scheme in ("light", "dark")]


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA and its best practices."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("who", ["amina", "piotr", "farah"])
def test_axe_finds_nothing_on_the_phone(page: Page, who: str, width: int, scheme: Any) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    hold(page, who)
    text(page, "ABSENT")
    expect(answers(page).last.locator(".tick")).to_have_attribute("data-state", "delivered")
    if who == "amina":
        page.get_by_role("button", name="Ill", exact=True).click()
        expect(page.locator(".chosen")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing_on_the_console(page: Page, width: int, scheme: Any) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto("/console")
    assert violations(page) == []
    hold(page, "farah")
    text(page, "my own words, for a person to read")
    expect(answers(page).last).to_be_visible()
    page.goto("/console")
    expect(page.locator("#came .read").first).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("path", ["/phone?who=amina", "/phone?who=farah", "/console"])
def test_nothing_is_wider_than_a_narrow_screen(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)
    page.wait_for_load_state("networkidle" if path == "/console" else "load")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
