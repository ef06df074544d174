"""A telephone in hand: what a person does on the page."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def hold(page: Page, who: str) -> None:
    """Takes somebody's phone in hand."""
    page.goto(f"/phone?who={who}")
    expect(page.locator("#tries button").first).to_be_visible()


def text(page: Page, words: str) -> None:
    page.fill("#words", words)
    page.keyboard.press("Enter")


def answers(page: Page) -> Locator:
    return page.locator(".message:not(.mine)")
