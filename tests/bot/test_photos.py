"""Photos on their way: consent is looked at as each message leaves, and again when a link is opened."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy import update
from sqlmodel import Session, select
from starlette.applications import Starlette

from bot.outbox import TABLE, State
from console.photo import photo_routes
from locales import LANGUAGES, catalogue
from nursery import notices, observations
from nursery.consents import Purpose
from nursery.guardians import Guardianship
from nursery.photo_links import LASTS
from nursery.photos import Photo
from nursery.recipients import Audience
from scheduler import publish_notices, send_progress
from tests.bot.office import KEY, Office
from tests.cast import CAST, MONDAY, People
from tests.photographs import agree, photo_of
from tests.providers.failures import Fail

INSIDE, OUTSIDE = Purpose.PHOTOS_INSIDE, Purpose.PHOTOS_OUTSIDE
LINK = re.compile(r"/p/(\w+)$")
NAMES = ("Amina", "Piotr", "Farah", "Ioana", "Samira", "Noor", "Zosia", "Andrei", "Mara", "Yusuf", "Khan", "Nowak")


@pytest.fixture
async def web(office: Office) -> AsyncIterator[AsyncClient]:
    """The page of photos, by the office's clock."""
    app = Starlette(routes=photo_routes(office.engine, KEY.encode(), lambda: office.clock.now))
    async with AsyncClient(transport=ASGITransport(app), base_url="https://nursery.example") as client:
        yield client


def everyone_agrees(session: Session, people: People, *purposes: Purpose) -> None:
    for who in ("Amina", "Farah", "Piotr", "Ioana", "Samira"):
        for child in CAST[who].children:
            for purpose in purposes:
                agree(session, people, who, child, purpose)


async def tell(office: Office, people: People, *children: str, checks: bool = False) -> int:
    """A notice to all with a photo of these children is in the outbox; returns the photo's number."""
    with office.session() as session:
        photo = photo_of(session, people, *children)
        audience = Audience(people.setting.id or 0)
        notices.draft(
            session,
            audience,
            publish_at=MONDAY,
            now=MONDAY,
            text="We painted leaves.",
            checks=checks,
            photo_id=photo.id,
        )
        number = photo.id or 0
    await publish_notices.run(office.writer, MONDAY)
    return number


def shown(office: Office) -> set[str]:
    """Who has been sent the picture, or a link to it."""
    chats = {str(one.chat_id) for one in office.telegram.sent if one.method == "sendPhoto"}
    phones = {one.to for one in office.twilio.sent if LINK.search(one.body)}
    return {who for who, member in CAST.items() if member.chat in chats or member.phone in phones}


def link(office: Office, who: str) -> str:
    body = next(one.body for one in office.twilio.sent if one.to == CAST[who].phone)
    found = LINK.search(body)
    assert found is not None, body
    return f"/p/{found[1]}"


async def test_a_photo_of_a_place_goes_to_all_on_each_channel(office: Office, people: People) -> None:
    await tell(office, people)
    await office.drain()
    assert shown(office) == {"Amina", "Piotr", "Farah", "Ioana", "Samira"}
    assert office.states() == [State.SENT] * 5
    assert office.telegram.violations == office.twilio.violations == []
    amina = next(one for one in office.telegram.sent if one.chat_id == int(CAST["Amina"].chat))
    assert amina.text == "Little Acorns: We painted leaves."
    assert b"51.5074N" not in office.telegram.files[amina.params["photo"]]


@pytest.mark.parametrize("who", ["Amina", "Farah", "Samira", "Piotr", "Ioana"])
async def test_the_words_stay_as_they_are_in_every_language(office: Office, people: People, who: str) -> None:
    await tell(office, people, checks=True)
    await office.drain()
    row = next(row for row in office.rows() if row.guardian_id == people.guardians[who].id)
    assert row.language == CAST[who].language
    if CAST[who].home == "telegram":
        sent = next(one for one in office.telegram.sent if str(one.chat_id) == CAST[who].chat)
        assert (sent.method, sent.text) == ("sendPhoto", row.text)
        buttons = [button for line in sent.params["reply_markup"]["inline_keyboard"] for button in line]
        assert [button["text"] for button in buttons] == [label for _, label in row.choices]
        return
    body = next(one.body for one in office.twilio.sent if one.to == CAST[who].phone)
    lines = body.splitlines()
    assert lines[-3:] == [f"{place} {label}" for place, (_, label) in enumerate(row.choices, 1)]
    assert lines[-5] == catalogue(row.language).gettext("Photo:")
    assert re.fullmatch(r"/p/\w+", lines[-4])


async def test_the_answer_to_a_photo_is_taken_and_not_shown_it_again(office: Office, people: People) -> None:
    await tell(office, people, checks=True)
    await office.drain()
    await office.hear("Amina", "hm")
    await office.drain()
    assert len([one for one in office.telegram.sent if one.method == "sendPhoto"]) == 3
    assert office.telegram.sent[-1].method == "sendMessage"


async def test_consent_taken_back_while_it_waits_leaves_the_words(office: Office, people: People) -> None:
    with office.session() as session:
        everyone_agrees(session, people, INSIDE, OUTSIDE)
    await tell(office, people, "Noor")
    with office.session() as session:
        agree(session, people, "Farah", "Noor", OUTSIDE, given=False)
    await office.drain()
    assert shown(office) == {"Amina", "Farah"}, "her own child's photo, to her guardians"
    assert office.states() == [State.SENT] * 5
    assert all(row.photo_id is None for row in office.rows() if row.guardian_id == people.guardians["Piotr"].id)
    assert not any("/p/" in one.body for one in office.twilio.sent)


async def test_two_children_two_families(office: Office, people: People) -> None:
    with office.session() as session:
        for who, child, purpose in (("Amina", "Noor", INSIDE), ("Samira", "Yusuf", INSIDE), ("Amina", "Noor", OUTSIDE)):
            agree(session, people, who, child, purpose)
    await tell(office, people, "Noor", "Yusuf")
    await office.drain()
    assert shown(office) == {"Samira"}


async def test_a_guardian_under_a_courts_limit_is_shown_no_photo_of_the_child(office: Office, people: People) -> None:
    """Farah is tied to another child as well, so the notice itself reaches her."""
    with office.session() as session:
        everyone_agrees(session, people, INSIDE, OUTSIDE)
        farah = people.guardians["Farah"].id or 0
        tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == farah)).one()
        tie.restricted_from = MONDAY.date()
        other = Guardianship(guardian_id=farah, child_id=people.children["Zosia"].id or 0, may_receive=63)
        other.confirmed_at = MONDAY
        session.add_all([tie, other])
    await tell(office, people, "Noor")
    await office.drain()
    assert shown(office) == {"Amina", "Piotr", "Ioana", "Samira"}
    assert len(office.telegram.sent) == 3


async def test_a_held_message_is_looked_at_again(office: Office, people: People) -> None:
    with office.session() as session:
        agree(session, people, "Ioana", "Mara", INSIDE)
        photo = photo_of(session, people, "Mara")
        grace, mara = people.staff["Grace"], people.children["Mara"]
        observations.add_snippet(session, mara, "Mara painted.", staff=grace, now=MONDAY, photo_id=photo.id)
    await send_progress.run(office.writer, MONDAY)
    office.twilio.fail(Fail.TOO_MANY(retry_after=1))
    await office.drain()
    (row,) = office.rows()
    assert (row.state, "/p/" in row.text) == (State.DUE, True)
    with office.session() as session:
        agree(session, people, "Ioana", "Mara", INSIDE, given=False)
    office.clock.pass_(hours=1)
    await office.drain()
    (row,) = office.rows()
    assert (row.state, row.photo_id) == (State.SENT, None)
    assert "/p/" not in office.twilio.sent[-1].body
    assert "Mara painted." in office.twilio.sent[-1].body


async def test_an_answer_may_bring_a_photo_too(office: Office, people: People) -> None:
    with office.session() as session:
        agree(session, people, "Ioana", "Mara", INSIDE)
        agree(session, people, "Amina", "Noor", INSIDE)
        for child in ("Mara", "Noor"):
            photo, about = photo_of(session, people, child), people.children[child]
            grace = people.staff["Grace"]
            observations.add_snippet(session, about, "Look.", staff=grace, now=MONDAY, photo_id=photo.id)
    await office.hear("Amina", "PROGRESS")
    await office.hear("Ioana", "PROGRESS")
    await office.hear("Ioana", "2")
    await office.drain()
    assert shown(office) == {"Amina", "Ioana"}


async def test_the_same_photo_is_uploaded_once(office: Office, people: People) -> None:
    await tell(office, people)
    await office.drain()
    before = len(office.telegram.files)
    with office.session() as session:
        photo = session.exec(select(Photo)).one()
        whom = Audience(people.setting.id or 0)
        notices.draft(session, whom, publish_at=MONDAY, now=MONDAY, text="And again.", photo_id=photo.id)
    await publish_notices.run(office.writer, MONDAY)
    await office.drain()
    assert len(office.telegram.files) == before
    assert len([one for one in office.telegram.sent if one.method == "sendPhoto"]) == 6


async def test_a_link_shows_the_picture_and_no_name(office: Office, people: People, web: AsyncClient) -> None:
    with office.session() as session:
        everyone_agrees(session, people, INSIDE, OUTSIDE)
    await tell(office, people, "Zosia")
    await office.drain()
    where = link(office, "Piotr")
    page = await web.get(where)
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    assert '<html lang="pl"' in page.text
    assert not any(name in page.text for name in (*NAMES, "Little Acorns"))
    assert f'src="{where}/picture"' in page.text
    picture = await web.get(f"{where}/picture")
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/jpeg")
    assert picture.headers["cache-control"] == "no-store"
    assert picture.content.startswith(b"\xff\xd8\xff")
    assert link(office, "Ioana") != where


def consent_withdrawn(office: Office, people: People) -> None:
    with office.session() as session:
        agree(session, people, "Piotr", "Zosia", INSIDE, given=False)


def limited(office: Office, people: People) -> None:
    with office.session() as session:
        piotr = people.guardians["Piotr"].id
        tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == piotr)).one()
        tie.restricted_from = MONDAY.date()
        session.add(tie)


def a_fortnight_later(office: Office, _: People) -> None:
    office.clock.now += LASTS


def taken_back(office: Office, people: People) -> None:
    with office.session() as session:
        notices.withdraw(session, session.exec(select(notices.Notice)).one(), MONDAY)


@pytest.mark.parametrize("what", [consent_withdrawn, limited, a_fortnight_later, taken_back])
async def test_a_link_stops_working(
    office: Office, people: People, web: AsyncClient, what: Callable[[Office, People], None]
) -> None:
    with office.session() as session:
        agree(session, people, "Piotr", "Zosia", INSIDE)
    await tell(office, people, "Zosia")
    await office.drain()
    where = link(office, "Piotr")
    office.clock.now += LASTS - timedelta(seconds=60)
    assert (await web.get(where)).status_code == 200
    office.clock.now = MONDAY
    what(office, people)
    for path in (where, f"{where}/picture"):
        gone = await web.get(path)
        assert (gone.status_code, gone.headers["cache-control"]) == (404, "no-store")
        assert not any(name in gone.text for name in NAMES)


async def test_not_even_a_place_is_shown_to_who_is_limited(office: Office, people: People, web: AsyncClient) -> None:
    await tell(office, people)
    await office.drain()
    where = link(office, "Piotr")
    assert (await web.get(where)).status_code == 200
    limited(office, people)
    assert (await web.get(where)).status_code == 404


@pytest.mark.parametrize("tag", sorted(LANGUAGES))
async def test_a_link_of_nobodys_is_told_plainly(web: AsyncClient, people: People, tag: str) -> None:
    html = LANGUAGES[tag].html
    gone = await web.get("/p/2222222222222222222", headers={"accept-language": html})
    assert gone.status_code == 404
    assert f'<html lang="{html}"' in gone.text
    said = catalogue(tag).gettext("The photo is not here any more, or the link was not copied whole.")
    assert said in gone.text


async def test_a_link_never_sent_opens_nothing(office: Office, people: People, web: AsyncClient) -> None:
    await tell(office, people)
    await office.drain("sms")
    where = link(office, "Piotr")
    with office.session() as session:
        piotrs = TABLE.c.guardian_id == people.guardians["Piotr"].id
        session.connection().execute(update(TABLE).where(piotrs).values(state=State.CANCELLED.value))
    assert (await web.get(where)).status_code == 404
