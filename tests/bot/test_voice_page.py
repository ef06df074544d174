"""The page a text leads to: it plays the voice note in parts, with the words beside it, for as long as it may."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from httpx import ASGITransport, AsyncClient
from sqlmodel import select
from starlette.applications import Starlette

from console.photo import photo_routes
from console.voice import part_of, voice_routes
from locales import catalogue
from nursery import recordings, retention
from nursery.photo_links import LASTS, VOICE, token_of
from nursery.recordings import Recording
from tests.bot.office import KEY, Office
from tests.bot.speaking import SAYS, asked, limit, link, record, withdraw
from tests.cast import MONDAY, People
from tests.recordings import m4a, mp3, ogg


@pytest.fixture
async def web(office: Office) -> AsyncIterator[AsyncClient]:
    """The pages that links lead to, by the office's clock."""
    routes = [
        *voice_routes(office.engine, KEY.encode(), lambda: office.clock.now),
        *photo_routes(office.engine, KEY.encode(), lambda: office.clock.now),
    ]
    async with AsyncClient(transport=ASGITransport(Starlette(routes=routes)), base_url="https://n.example") as client:
        yield client


async def test_the_page_plays_it_and_shows_the_words(office: Office, people: People, web: AsyncClient) -> None:
    await asked(office, people, "Piotr")
    await record(office, "pl", m4a())
    await office.drain()
    where = link(office, "Piotr")
    page = await web.get(where)
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    assert '<html lang="pl"' in page.text
    assert SAYS["pl"] in page.text
    assert f'src="{where}/voice.m4a" type="audio/mp4"' in page.text
    assert f'href="{where}/voice.m4a" download' in page.text
    assert "<script" not in page.text
    whole = await web.get(f"{where}/voice.m4a")
    assert (whole.status_code, whole.headers["content-type"], whole.headers["accept-ranges"]) == (
        200,
        "audio/mp4",
        "bytes",
    )
    part = await web.get(f"{where}/voice.m4a", headers={"range": "bytes=0-1"})
    assert (part.status_code, part.content) == (206, whole.content[:2])
    assert (await web.get(f"{where}/voice.ogg")).status_code == 404
    assert (await web.get(where.replace("/v/", "/p/"))).status_code == 404


@pytest.mark.parametrize(
    ("content", "told"), [(ogg(), True), (m4a(), False), (mp3(), False)], ids=["ogg", "m4a", "mp3"]
)
async def test_of_what_an_old_iphone_does_not_play_it_says_that_these_are_the_words(
    office: Office, people: People, web: AsyncClient, content: bytes, told: bool
) -> None:
    await asked(office, people, "Piotr")
    await record(office, "pl", content)
    await office.drain()
    page = (await web.get(link(office, "Piotr"))).text
    otherwise = catalogue("pl").gettext("If your phone does not play it, it says:")
    assert (otherwise in page.partition(SAYS["pl"])[0]) is told


@pytest.mark.parametrize(
    ("asked_for", "status", "part"),
    [
        ("bytes=0-1", 206, slice(0, 2)),
        ("bytes=10-", 206, slice(10, None)),
        ("bytes=-5", 206, slice(-5, None)),
        ("bytes=0-99999999", 206, slice(0, None)),
        ("bytes=-99999999", 206, slice(0, None)),
        ("bytes=99999999-", 416, slice(0, 0)),
        ("bytes=5-2", 416, slice(0, 0)),
        ("bytes=-0", 416, slice(0, 0)),
        ("bytes=-", 200, slice(0, None)),
        ("bytes=0-1,4-5", 200, slice(0, None)),
        ("bytes=" + "9" * 5000 + "-", 200, slice(0, None)),
        ("lines=1-2", 200, slice(0, None)),
    ],
)
def test_a_part_of_it_is_given_to_who_asks_for_parts(asked_for: str, status: int, part: slice) -> None:
    content = m4a()
    answer = part_of(content, "audio/mp4", asked_for, {"cache-control": "no-store"})
    assert (answer.status_code, bytes(answer.body)) == (status, content[part])
    assert (answer.headers["accept-ranges"], answer.headers["cache-control"]) == ("bytes", "no-store")
    if status == 206:
        start, stop, _ = part.indices(len(content))
        assert answer.headers["content-range"] == f"bytes {start}-{stop - 1}/{len(content)}"


def taken_back(office: Office, people: People) -> None:
    with office.session() as session:
        recordings.take_back(session, session.exec(select(Recording)).one(), MONDAY)


def withdrawn(office: Office, _: People) -> None:
    withdraw(office)


def limited(office: Office, people: People) -> None:
    limit(office, people, "Piotr")


def a_fortnight_later(office: Office, people: People) -> None:
    office.clock.now += LASTS


def forgotten(office: Office, people: People) -> None:
    with office.session() as session:
        later = MONDAY + timedelta(days=366)
        assert retention.drop(session, "recording", retention.due(session, "recording", later)) == 1


@pytest.mark.parametrize("what", [taken_back, withdrawn, limited, a_fortnight_later, forgotten])
async def test_a_link_stops_working(
    office: Office, people: People, web: AsyncClient, what: Callable[[Office, People], None]
) -> None:
    await asked(office, people, "Piotr")
    await record(office, "pl")
    await office.drain()
    where = link(office, "Piotr")
    assert (await web.get(where)).status_code == 200
    what(office, people)
    for path in (where, f"{where}/voice.ogg"):
        gone = await web.get(path, headers={"accept-language": "pl"})
        assert (gone.status_code, gone.headers["cache-control"]) == (404, "no-store")
        assert SAYS["pl"] not in gone.text
    said = catalogue("pl").gettext("The voice note is not here any more, or the link was not copied whole.")
    assert said in (await web.get("/v/2222222222222222222", headers={"accept-language": "pl"})).text


async def test_a_link_never_sent_and_anothers_open_nothing(office: Office, people: People, web: AsyncClient) -> None:
    await asked(office, people, "Piotr")
    await record(office, "pl")
    (row,) = office.rows()
    for token in (token_of(row.id, KEY.encode(), VOICE), token_of(row.id + 1, KEY.encode(), VOICE)):
        assert (await web.get(f"/v/{token}")).status_code == 404
