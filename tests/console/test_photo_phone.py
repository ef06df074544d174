"""A photo and a voice note on the demo phone, in a real browser: Telegram shows them, by SMS links lead to them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import Session, select

from bot.database import open_engine, transaction
from bot.outbox import Priority
from bot.pushes import Push, fan_out
from nursery import notices, photos
from nursery.guardians import Topic
from nursery.notices import Notice
from nursery.recipients import Audience, recipients
from nursery.recordings import Recording
from nursery.settings import Setting, today
from tests.console.hand import answers, hold
from tests.console.test_for_all import violations
from tests.photographs import png
from tests.recordings import ogg

NATURAL = "image => image.decode().then(() => image.naturalWidth)"
SECONDS = """sound => new Promise((told) => {
  sound.addEventListener("ended", () => told(Math.round(sound.currentTime)));
  sound.playbackRate = 16;
  sound.muted = true;
  sound.play();
})"""
"""Plays it to its end."""


SPOKEN = {"en_GB": "", "pl": "Nasze nowe wieszaki."}


def _speak(session: Session, told: Notice, language: str, words: str, now: datetime) -> None:
    made = Recording(
        setting_id=told.setting_id,
        kind="notice",
        ref=str(told.id),
        language=language,
        content=ogg(),
        mime="audio/ogg",
        seconds=2,
        words=words,
        made_at=now,
    )
    session.add(made)
    session.flush()
    later, params = now + timedelta(seconds=1), {"recording": made.id}
    push = Push(f"voice_note:{made.id}", "voice_note", params, Topic.NOTICES, told.setting_id, later, Priority.URGENT)
    fan_out(session, push, recipients(told.audience, Topic.NOTICES, today(now)), now)


@pytest.fixture
def told(demo: str, tmp_path: Path) -> str:
    """A notice with a photo of a place has gone to all, and voice notes of it in English and Polish."""
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
        for language, words in SPOKEN.items():
            _speak(session, made, language, words, now)
    engine.dispose()
    return demo


def test_on_telegram_they_are_shown(told: str, page: Page) -> None:
    hold(page, "amina")
    expect(answers(page).locator("audio")).to_have_count(1)
    shown, heard = answers(page).filter(has=page.locator("img")), answers(page).last
    expect(shown.locator(".text")).to_contain_text("Our new pegs.")
    assert shown.locator("img").evaluate(NATURAL) == 160
    expect(heard.locator(".text")).to_contain_text("Our new pegs.")
    assert heard.locator("audio").evaluate(SECONDS) == 2


def test_by_sms_the_links_open(told: str, page: Page) -> None:
    hold(page, "piotr")
    links = answers(page).locator("a")
    expect(links).to_have_count(2)
    photo, voice = (link.get_attribute("href") or "" for link in links.all())
    expect(links.first).to_have_attribute("rel", "noopener")
    page.goto(told + "/p/" + photo.rpartition("/")[2])
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    assert page.locator("img").evaluate(NATURAL) == 160
    expect(page.locator("main p")).to_be_visible()
    page.goto(told + "/v/" + voice.rpartition("/")[2])
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    expect(page.locator(".said")).to_have_text(SPOKEN["pl"])
    assert page.locator("audio").evaluate(SECONDS) == 2
    with page.expect_download() as kept:
        page.locator("main a").click()
    assert kept.value.suggested_filename == "voice.ogg"
    page.set_viewport_size({"width": 320, "height": 568})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []
