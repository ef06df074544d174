"""A photo on the demo phone, in a real browser: on Telegram it is there, by SMS a link leads to it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from bot.database import open_engine, transaction
from bot.outbox import Priority
from bot.pushes import Push, fan_out
from nursery import notices, photos
from nursery.guardians import Topic
from nursery.recipients import Audience, recipients
from nursery.settings import Setting, today
from tests.console.hand import answers, hold
from tests.photographs import png

NATURAL = "image => image.decode().then(() => image.naturalWidth)"


@pytest.fixture
def told(demo: str, tmp_path: Path) -> str:
    """A notice with a photo of a place has gone to all."""
    engine, now = open_engine(f"sqlite:///{tmp_path}/demo.db"), datetime.now(UTC)
    with transaction(engine) as session:
        setting = session.exec(select(Setting)).first()
        assert setting is not None
        photo = photos.add_photo(session, setting.id or 0, png(160, 120), [], now=now)
        whom = Audience(setting.id or 0)
        made = notices.draft(session, whom, publish_at=now, now=now, text="Our new pegs.", photo_id=photo.id)
        topic, params = Topic.NOTICES, {"notice": made.id}
        push = Push(f"notice:{made.id}", "notice", params, topic, setting.id or 0, now, Priority.URGENT)
        assert fan_out(session, push, recipients(whom, topic, today(now)), now) > 5
    engine.dispose()
    return demo


def test_on_telegram_it_is_shown(told: str, page: Page) -> None:
    hold(page, "amina")
    last = answers(page).last
    expect(last.locator(".text")).to_contain_text("Our new pegs.")
    assert last.locator("img").evaluate(NATURAL) == 160


def test_by_sms_the_link_opens(told: str, page: Page) -> None:
    hold(page, "piotr")
    link = answers(page).last.locator("a")
    expect(link).to_have_attribute("rel", "noopener")
    address = link.get_attribute("href") or ""
    page.goto(told + "/p/" + address.rpartition("/")[2])
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    assert page.locator("img").evaluate(NATURAL) == 160
    expect(page.locator("main p")).to_be_visible()
