"""The demo phone in a real browser: a newcomer picks a parent, writes, and is answered."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.console.hand import answers, hold, text


def test_piotr_texts_and_is_answered_by_itself(page: Page) -> None:
    hold(page, "piotr")
    page.locator("#tries button").first.click()
    last = answers(page).last
    expect(last.locator(".text")).to_contain_text("\n1 ")
    expect(last.locator(".cost")).to_have_text(re.compile(r"^[1-9] parts? · \d+p$"))
    expect(last.locator(".tick")).to_have_attribute("data-state", "delivered")
    expect(last.locator(".text")).to_have_attribute("lang", "pl")
    expect(page.locator(".mine .tick")).to_have_attribute("aria-label", "Delivered")
    expect(page.locator(".choices")).to_have_count(0)


def test_amina_presses_a_button_once(page: Page) -> None:
    hold(page, "amina")
    text(page, "ABSENT")
    ill = page.get_by_role("button", name="Ill", exact=True)
    ill.click()
    chosen = page.locator(".choices button.chosen")
    expect(chosen).to_have_text("Ill")
    expect(chosen).to_be_disabled()
    expect(chosen).to_have_accessible_name("Ill, chosen")
    expect(answers(page).last.locator(".choices button").first).to_be_enabled()
    expect(page.locator(".cost:visible")).to_have_count(0)


def test_a_question_answered_in_words_has_no_buttons_left(page: Page) -> None:
    hold(page, "amina")
    text(page, "ABSENT")
    expect(page.get_by_role("button", name="Ill", exact=True)).to_be_enabled()
    text(page, "Holiday")
    expect(page.get_by_role("button", name="Ill", exact=True)).to_be_disabled()


@pytest.mark.parametrize("who", ["farah", "samira"])
def test_right_to_left_is_mirrored_as_a_whole(page: Page, who: str) -> None:
    hold(page, who)
    text(page, "MENU")
    expect(answers(page).first).to_be_visible()
    expect(page.locator("#screen")).to_have_attribute("dir", "rtl")
    mine, theirs = page.locator(".mine .bubble").first.bounding_box(), answers(page).last.bounding_box()
    send, field = page.locator(".send").bounding_box(), page.locator("#words").bounding_box()
    assert mine is not None
    assert theirs is not None
    assert send is not None
    assert field is not None
    assert mine["x"] < theirs["x"] + theirs["width"] / 2
    assert send["x"] < field["x"]
    expect(page.locator("h1")).to_have_css("direction", "ltr")


def test_everything_can_be_done_by_keyboard(page: Page) -> None:
    hold(page, "piotr")
    expect(page.locator("#words")).to_be_focused()
    page.keyboard.type("ABSENT")
    page.keyboard.press("Shift+Enter")
    expect(page.locator("#words")).to_have_value("ABSENT\n")
    page.keyboard.press("Enter")
    expect(answers(page).last.locator(".text")).to_contain_text("\n1 ")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.who") == "amina":
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#whose")).to_have_text("Amina's phone")
    page.locator("#words").focus()
    page.keyboard.type("ABSENT")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Ill", exact=True)).to_be_enabled()
    page.locator("#thread").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Ill", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#words")).to_be_focused()
    expect(page.locator(".choices button.chosen")).to_have_text("Ill")


def test_a_new_message_is_announced_and_others_get_a_dot(page: Page) -> None:
    hold(page, "piotr")
    other = page.context.new_page()
    hold(other, "ioana")
    text(other, "MENU")
    expect(answers(other).first).to_be_visible()
    expect(page.locator('[data-who="ioana"] .dot')).to_be_visible()
    page.locator('[data-who="ioana"]').click()
    expect(page.locator('[data-who="ioana"] .dot')).to_be_hidden()
    expect(answers(page).first).to_be_visible()
    text(page, "1")
    expect(page.locator("#said")).to_contain_text("Little Acorns:")
    expect(page.locator("#said")).to_have_attribute("lang", "ro")


def test_a_phone_that_is_off_gets_its_messages_when_it_is_on(page: Page) -> None:
    hold(page, "piotr")
    page.get_by_label("Phone is off").check()
    expect(page.locator("#fact")).to_contain_text("off")
    text(page, "MENU")
    last = answers(page).last
    expect(last.locator(".tick")).to_have_attribute("data-state", "sent")
    page.wait_for_timeout(1200)
    expect(last.locator(".tick")).to_have_attribute("data-state", "sent")
    page.get_by_label("Phone is off").uncheck()
    expect(last.locator(".tick")).to_have_attribute("data-state", "delivered")


def test_who_blocks_the_bot_is_written_to_no_more(page: Page) -> None:
    hold(page, "samira")
    page.get_by_label("Bot is blocked").check()
    expect(page.locator(".send")).to_be_disabled()
    page.get_by_label("Bot is blocked").uncheck()
    expect(page.locator(".send")).to_be_enabled()
    text(page, "MENU")
    expect(answers(page).last.locator(".tick")).to_have_attribute("data-state", "delivered")


def test_a_reload_keeps_the_thread(page: Page) -> None:
    hold(page, "amina")
    text(page, "two lines\nof words")
    expect(answers(page).last.locator(".tick")).to_have_attribute("data-state", "delivered")
    before = page.locator("#messages").inner_text()
    assert "two lines\nof words" in before
    page.reload()
    expect(answers(page).last).to_be_visible()
    assert page.locator("#messages").inner_text() == before
    expect(page.locator("#whose")).to_have_text("Amina's phone")


def test_a_photo_is_shown_and_one_too_large_is_refused_kindly(page: Page) -> None:
    hold(page, "amina")
    photo = page.screenshot(type="jpeg", quality=20, clip={"x": 0, "y": 0, "width": 200, "height": 150})
    page.set_input_files("#photo", {"name": "tower.jpg", "mimeType": "image/jpeg", "buffer": photo})
    expect(page.locator(".mine img")).to_be_visible()
    page.set_input_files("#photo", {"name": "big.jpg", "mimeType": "image/jpeg", "buffer": b"\xff" * 150_001})
    expect(page.locator("#fact")).to_contain_text("less than 150 KB")


def test_words_are_never_markup(page: Page) -> None:
    hold(page, "stranger")
    text(page, "<b>hello</b> https://example.org & <script>alert(1)</script>")
    expect(page.locator(".mine .text")).to_have_text("<b>hello</b> https://example.org & <script>alert(1)</script>")
    expect(page.locator("#messages a, #messages b, #messages script")).to_have_count(0)


def test_the_console_keeps_itself_up_to_date(page: Page) -> None:
    console = page.context.new_page()
    console.goto("/console")
    expect(console.locator("#came .empty")).to_be_visible()
    hold(page, "piotr")
    text(page, "MENU")
    expect(console.locator("#came .words")).to_have_text("MENU")
    expect(console.locator("#went .state").first).to_have_attribute("data-state", "delivered")
