"""/r/TOKEN of a copy: what was signed, with both names, on a phone and on paper, for two weeks."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from httpx import Client
from playwright.sync_api import Browser
from sqlalchemy import Engine

from bot.database import transaction
from locales import catalogue
from nursery import agreements, copies, policies
from nursery.agreements import agreement, part_text
from nursery.copies import MOST_OPENINGS, CopyKind, CopyLink
from nursery.policies import PolicyEdition
from nursery.readings import Reading, note_reading
from tests.cast import CAST, MONDAY, People
from tests.console.test_record_page import AXE
from tests.console.test_record_page import web as web
from tests.talking import Clock


def signed(engine: Engine, people: People, who: str, name: str = "Jan <b>Kowalski</b>") -> str:
    """The address of a guardian's copy, signed by them in their language and by Grace."""
    words = catalogue(CAST[who].language)
    with transaction(engine) as session:
        text = "\n\n".join(part_text(part, people.setting, words) for part in agreement().parts)
        text += f"\n\n{words.content(agreement().sign)}"
        signature = agreements.sign(session, people.setting, people.guardians[who], name, text, MONDAY)
        agreements.countersign(session, signature, people.staff["Grace"], MONDAY)
        ref = str(signature.id)
        return f"/r/{copies.make_link(session, signature.guardian_id, 1, CopyKind.AGREEMENT, ref, MONDAY)[0]}"


def test_what_was_signed_with_both_names_and_dates(web: Client, engine: Engine, people: People) -> None:
    shown = web.get(signed(engine, people, "Amina"))
    assert shown.status_code == 200
    for words in (
        "Our agreement",
        "Little Acorns",
        "What we promise: we keep your child safe",
        "if it cannot wait, ring 01632\N{NO-BREAK SPACE}960123",
        "I have read this agreement",
        "Signed by Jan &lt;b&gt;Kowalski&lt;/b&gt; on 23 Nov 2026 (version 1).",
        "Signed for Little Acorns by Grace on 23 Nov 2026.",
        "The link works until 7 Dec 2026.",
    ):
        assert words in shown.text, words
    assert "<script" not in shown.text
    assert "style=" not in shown.text


def test_nothing_of_it_is_kept_or_found(web: Client, engine: Engine, people: People) -> None:
    headers = web.get(signed(engine, people, "Amina")).headers
    assert (headers["cache-control"], headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert "noindex" in headers["x-robots-tag"]
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self';")


@pytest.mark.parametrize(("who", "tag"), [("Piotr", 'lang="pl" dir="ltr"'), ("Farah", 'lang="ur" dir="rtl"')])
def test_in_the_language_it_was_signed_in(web: Client, engine: Engine, people: People, who: str, tag: str) -> None:
    shown = web.get(signed(engine, people, who)).text
    assert f"<html {tag}>" in shown
    words = catalogue(CAST[who].language)
    assert words.content(agreement().sign) in shown
    assert "Signed" not in shown


def test_a_policy_as_it_stood_when_it_was_signed(web: Client, engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        policies.publish(session, people.setting, "fees", "Five pounds.", MONDAY, full="It is five pounds.")
        shown = policies.standing(session, people.setting, "fees")
        note_reading(session, shown, people.guardians["Amina"].id or 0, Reading.SIGNED, "en_GB", MONDAY, "Amina Khan")
        links = [
            copies.make_link(session, people.guardians[who].id or 0, 1, CopyKind.POLICY, "fees 2", MONDAY)[0]
            for who in ("Amina", "Piotr")
        ]
        policies.publish(session, people.setting, "fees", "Nine pounds.", MONDAY, full="It is nine pounds.")
    mine, other = (web.get(f"/r/{link}").text for link in links)
    assert "It is five pounds." in mine
    assert "Signed by Amina Khan on 23 Nov 2026 (version 2)." in mine
    assert "It is five pounds." in other
    assert "Amina" not in other


@pytest.mark.parametrize(("who", "tag"), [("Amina", 'lang="en-GB"'), ("Farah", 'lang="ur" dir="rtl"')])
@pytest.mark.parametrize("ref", ["fees 9", "holidays 1"], ids=["newer in the library", "dropped from it"])
def test_words_that_are_not_kept_are_not_replaced_by_others(
    web: Client, engine: Engine, people: People, who: str, tag: str, ref: str
) -> None:
    with transaction(engine) as session:
        guardian_id = people.guardians[who].id or 0
        token, _ = copies.make_link(session, guardian_id, 1, CopyKind.POLICY, ref, MONDAY)
    shown = web.get(f"/r/{token}")
    assert shown.status_code == 410
    assert tag in shown.text
    assert "<h1>" in shown.text
    assert catalogue(CAST[who].language).content(policies.policies()["fees"].name) not in shown.text


def test_an_edition_of_their_own_outlives_the_library(web: Client, engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        kept = PolicyEdition(setting_id=1, policy="holidays", version=2, full="We close in May.", published_at=MONDAY)
        session.add(kept)
        shown = policies.standing_at(session, people.setting, "holidays", 2)
        assert shown is not None
        guardian_id = people.guardians["Amina"].id or 0
        note_reading(session, shown, guardian_id, Reading.SIGNED, "en_GB", MONDAY, "Amina Khan")
        token, _ = copies.make_link(session, guardian_id, 1, CopyKind.POLICY, "holidays 2", MONDAY)
    shown_as = web.get(f"/r/{token}").text
    for words in ("Our policies", "We close in May.", "Signed by Amina Khan on 23 Nov 2026 (version 2)."):
        assert words in shown_as


def test_it_ends_after_two_weeks_and_says_how_to_have_another(
    web: Client, engine: Engine, people: People, clock: Clock
) -> None:
    path = signed(engine, people, "Amina")
    assert web.head(path).status_code == 404
    clock.pass_(days=13, hours=23)
    assert web.get(path).status_code == 200
    clock.pass_(hours=1)
    gone = web.get(path)
    assert gone.status_code == 404
    assert "Kowalski" not in gone.text
    assert "To have a new one, text SIGN to your nursery, or ring them." in gone.text


def test_one_that_is_passed_round_is_shut(web: Client, engine: Engine, people: People) -> None:
    path = signed(engine, people, "Piotr")
    with transaction(engine) as session:
        session.get_one(CopyLink, 1).openings = MOST_OPENINGS - 1
    assert [web.get(path).status_code for _ in range(2)] == [200, 404]
    assert "PODPIS" in web.get(path).text


@pytest.mark.parametrize("who", ["Piotr", "Farah"])
def test_in_a_browser(web: Client, engine: Engine, people: People, browser: Browser, tmp_path: Path, who: str) -> None:
    """No script runs, nothing is wider than the screen, axe finds nothing, and it prints on one page."""
    path = signed(engine, people, who, "Jan Kowalski")
    context = browser.new_context(base_url=str(web.base_url), viewport={"width": 390, "height": 800})
    with closing(context):
        page = context.new_page()
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.screenshot(path=tmp_path / "phone.png", full_page=True)
        assert page.pdf(path=tmp_path / "page.pdf", format="A4").count(b"/Type /Page\n") == 1
        page.evaluate(AXE)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]] == []
