"""/r/TOKEN: a child's record on a phone and on paper, for one guardian, for three days; nobody else's words in it."""

from __future__ import annotations

import asyncio
import base64
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from httpx import Client
from playwright.sync_api import Browser
from sqlalchemy import Engine
from sqlmodel import Session
from starlette.applications import Starlette

from bot.database import transaction
from bot.writer import Writer
from console.record import record_routes
from nursery import home_observations, pegs, record_links, records
from nursery.guardians import Guardianship
from nursery.inbox import InboundMessage, Media
from nursery.people import Child
from nursery.settings import today
from tests.cast import MONDAY, People
from tests.nursery.record_of_a_family import fill, write_snippets
from tests.talking import Clock

PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text("utf-8")


@pytest.fixture
def web(engine: Engine, clock: Clock) -> Iterator[Client]:
    """The page alone at a real server, by the test's clock."""
    writer = Writer(engine)
    listening = socket.create_server(("127.0.0.1", 0))
    app = Starlette(routes=record_routes(writer, lambda: clock.now))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", ws="none"))
    thread = threading.Thread(target=lambda: asyncio.run(_serve(server, listening, writer)), daemon=True)
    thread.start()
    with Client(base_url=f"http://127.0.0.1:{listening.getsockname()[1]}", timeout=30) as web:
        yield web
    server.should_exit = True
    thread.join(20)
    listening.close()


async def _serve(server: uvicorn.Server, listening: socket.socket, writer: Writer) -> None:
    await server.serve([listening])
    await writer.close()


@pytest.fixture
def family(engine: Engine, people: People) -> People:
    """Noor's record, to which both her guardians have added; and Yusuf's."""
    with transaction(engine) as session:
        for who, child in (("Amina", "Noor"), ("Farah", "Noor"), ("Samira", "Yusuf")):
            fill(session, people.setting, people.children[child], people.guardians[who], people.staff["Grace"])
        for child in ("Noor", "Yusuf"):
            write_snippets(session, people.children[child], people.staff["Grace"])
    return people


def link_of(engine: Engine, family: People, who: str, child: str) -> str:
    with transaction(engine) as session:
        guardian_id, child_id = family.guardians[who].id or 0, family.children[child].id or 0
        return f"/r/{record_links.make_link(session, guardian_id, child_id, MONDAY)[0]}"


def test_their_own_and_the_settings_words_and_nobody_elses(web: Client, engine: Engine, family: People) -> None:
    shown = web.get(link_of(engine, family, "Amina", "Noor"))
    assert shown.status_code == 200
    for words in (
        "The record of Noor",
        "Little Acorns",
        "Butterflies",
        "Grace",
        "Noor built a tower of nine bricks &lt;b&gt;alone&lt;/b&gt;.",
        "Count the bricks together.",
        "Noor puts on a coat.",
        "Noor waved goodbye.",
        "Counted stairs with Amina",
        "Up to ten, says Amina",
        "What a lovely way to count.",
        "Trains, says Amina",
        "We may take Noor out, Amina",
        "You agreed, until 23 Nov 2027.",
        "24 Oct 2026",
        "A cold, says Amina",
        "The link works until 26 Nov 2026, 09:00.",
    ):
        assert words in shown.text, words
    for words in (
        "Farah",
        "Not approved",
        "Waits to be signed off",
        "not sent yet",
        "gate was open",
        "Khan",
        "<script",
        "javascript",
    ):
        assert words not in shown.text, words


@pytest.mark.parametrize(("who", "child"), [("Amina", "Noor"), ("Samira", "Yusuf")])
def test_the_childs_peg_picture_stands_beside_the_name(
    web: Client, engine: Engine, family: People, who: str, child: str
) -> None:
    shown = web.get(link_of(engine, family, who, child)).text
    assert 'class="peg"' not in shown, "none has been given yet"
    with transaction(engine) as session:
        about = session.get_one(Child, family.children[child].id)
        pegs.choose(session, about, "fox")
    shown = web.get(link_of(engine, family, who, child)).text
    assert shown.count(pegs.pictures()["fox"]) == 1
    assert shown.index(pegs.pictures()["fox"]) < shown.index("<h1>") < shown.index("<section")


def test_the_photos_they_shared_and_no_others(web: Client, engine: Engine, family: People, clock: Clock) -> None:
    with transaction(engine) as session:
        numbers = {who: _photo_of(session, family, who) for who in ("Amina", "Farah")}
    path = link_of(engine, family, "Amina", "Noor")
    assert f'<img src="{path}/photo/{numbers["Amina"]}"' in web.get(path).text
    mine = web.get(f"{path}/photo/{numbers['Amina']}")
    assert (mine.content, mine.headers["content-type"], mine.headers["cache-control"]) == (
        PIXEL,
        "image/gif",
        "no-store",
    )
    assert web.get(f"{path}/photo/{numbers['Farah']}").status_code == 404
    assert web.get(f"/r/wrong/photo/{numbers['Amina']}").status_code == 404
    clock.pass_(hours=72)
    assert web.get(f"{path}/photo/{numbers['Amina']}").status_code == 404


def test_every_view_of_a_photo_is_in_the_log(web: Client, engine: Engine, family: People, clock: Clock) -> None:
    with transaction(engine) as session:
        number = _photo_of(session, family, "Amina")
        before = len(records.accesses(session))
    path = link_of(engine, family, "Amina", "Noor")
    for wrong in (f"/r/wrong/photo/{number}", f"{path}/photo/{number + 1}"):
        assert web.get(wrong).status_code == 404
    assert web.head(f"{path}/photo/{number}").status_code == 404
    for _ in range(2):
        assert web.get(f"{path}/photo/{number}").status_code == 200
    with transaction(engine) as session:
        noted = records.accesses(session)[before:]
        assert [one.what for one in noted] == ["link made", "photo seen", "photo seen"]
        assert {(one.guardian_id, one.child_id) for one in noted} == {
            (family.guardians["Amina"].id, family.children["Noor"].id)
        }


def test_a_photo_is_seen_no_oftener_than_the_page(web: Client, engine: Engine, family: People) -> None:
    with transaction(engine) as session:
        number, guardian_id = _photo_of(session, family, "Amina"), family.guardians["Amina"].id or 0
        noor = family.children["Noor"].id or 0
    old, fresh = (link_of(engine, family, "Amina", "Noor") for _ in range(2))
    with transaction(engine) as session:
        for _ in range(record_links.MOST_OPENINGS - 1):
            records.log(session, guardian_id, noor, "photo seen", MONDAY)
    assert [web.get(f"{path}/photo/{number}").status_code for path in (old, old, fresh)] == [200, 404, 404]


def _photo_of(session: Session, family: People, who: str) -> int:
    """A photo with what they shared that was approved."""
    guardian_id, child_id = family.guardians[who].id or 0, family.children["Noor"].id or 0
    told = InboundMessage(channel="telegram", provider_id=f"photo of {who}", kind="text", received_at=MONDAY)
    session.add(told)
    session.flush()
    sent = Media(inbound_id=told.id or 0, channel="telegram", kind="photo", ref="x", mime="image/gif", content=PIXEL)
    seen = home_observations.shared_by(session, guardian_id, child_id)[0]
    seen.inbound_id = told.id
    session.add_all([sent, seen])
    session.flush()
    return sent.id or 0


def test_nothing_of_it_is_kept_or_found(web: Client, engine: Engine, family: People) -> None:
    shown = web.get(link_of(engine, family, "Amina", "Noor"))
    assert shown.headers["cache-control"] == "no-store"
    assert "noindex" in shown.headers["x-robots-tag"]
    assert shown.headers["referrer-policy"] == "no-referrer"
    assert shown.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self';")
    assert 'content="noindex' in shown.text
    assert "style=" not in shown.text


@pytest.mark.parametrize(("who", "child", "tag"), [("Farah", "Noor", "ur"), ("Samira", "Yusuf", "ar")])
def test_in_the_readers_language_and_direction(
    web: Client, engine: Engine, family: People, who: str, child: str, tag: str
) -> None:
    text = web.get(link_of(engine, family, who, child)).text
    assert f'<html lang="{tag}" dir="rtl">' in text
    assert '<p class="words" dir="auto" lang="en-GB">' in text
    assert "Amina" not in text
    assert text.count("<h1>") == 1


@pytest.mark.parametrize("path", ["/r/nobody-knows-this", "/r/" + "a" * 24, "/r/" + "%00" * 8, "/r/" + "é" * 400])
def test_a_link_nobody_made(web: Client, people: People, path: str) -> None:
    shown = web.get(path)
    assert shown.status_code == 404
    assert "This link does not work" in shown.text
    assert "To have a new one, text RECORD to your nursery, or ring them." in shown.text
    assert shown.headers["cache-control"] == "no-store"


def test_a_dead_link_speaks_the_browsers_language(web: Client, people: People) -> None:
    shown = web.get("/r/nothing", headers={"Accept-Language": "de;q=1, ar-EG;q=0.9, en;q=0.8"})
    assert '<html lang="ar" dir="rtl">' in shown.text


def test_it_ends_after_three_days_or_with_the_right(web: Client, engine: Engine, family: People, clock: Clock) -> None:
    path = link_of(engine, family, "Amina", "Noor")
    clock.pass_(hours=71, minutes=59)
    assert web.get(path).status_code == 200
    assert web.head(path).status_code == 404
    with transaction(engine) as session:
        tie = session.get_one(Guardianship, 1)
        tie.restricted_from = today(MONDAY)
        session.add(tie)
    assert web.get(path).status_code == 404
    with transaction(engine) as session:
        tie = session.get_one(Guardianship, 1)
        tie.restricted_from = None
        session.add(tie)
    assert web.get(path).status_code == 200
    clock.pass_(minutes=1)
    assert web.get(path).status_code == 404
    with transaction(engine) as session:
        assert [one.what for one in records.accesses(session)] == ["link made", "link opened", "link opened"]


@pytest.mark.parametrize(("who", "child"), [("Amina", "Noor"), ("Samira", "Yusuf")])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_a_browser(
    web: Client, engine: Engine, family: People, browser: Browser, tmp_path: Path, who: str, child: str, scheme: Any
) -> None:
    """No script runs, nothing is wider than the screen, axe finds nothing, and it prints."""
    context = browser.new_context(base_url=str(web.base_url), viewport={"width": 390, "height": 800})
    with closing(context):
        page = context.new_page()
        page.emulate_media(color_scheme=scheme)
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text))
        page.goto(link_of(engine, family, who, child))
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.screenshot(path=tmp_path / "phone.png", full_page=True)
        page.emulate_media(media="print")
        page.screenshot(path=tmp_path / "print.png", full_page=True)
        page.emulate_media(media="screen")
        assert page.pdf(path=tmp_path / "page.pdf", format="A4").startswith(b"%PDF")
        page.evaluate(AXE)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]] == []
        assert complaints == []


def test_the_whole_house_has_the_page(demo: str) -> None:
    with Client(base_url=demo, timeout=30) as web:
        assert web.get("/r/nobody").status_code == 404
        assert web.post("/r/nobody").status_code == 405
        for file in ("coatpeg.css", "record.css", "mark.svg"):
            assert web.get(f"/static/{file}").status_code == 200


def test_a_number_of_no_end_is_a_photo_that_is_not_there(web: Client) -> None:
    assert web.get(f"/r/nothing/photo/{'9' * 5000}").status_code == 404
