"""The gist of what parents write, in English, for staff: of what staff read, and of nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from bot import translated as store
from bot.house import House, build_house
from handlers import CONVERSATIONS
from nursery.concerns import Concern
from nursery.guardians import Guardian
from nursery.inbox import InboundMessage
from nursery.translations import Translation, gist
from tests.bot.office import KEY, Office, open_office
from tests.bot.translation_desk import Desk, desk_of
from tests.cast import People
from tests.providers.translators import Fail, turned
from tests.talking import Clock

POLISH = "Czy Zosia spała dziś po 13:30? Proszę powiedzieć Grace, mój numer to 07700 900002."


@pytest.fixture
async def desk(engine: Engine, people: People, clock: Clock, house: House) -> AsyncIterator[Desk]:
    house = build_house(CONVERSATIONS, key=KEY.encode(), site="https://acorns.example", translates=True)
    async with open_office(engine, house, clock) as office:
        async for desk in desk_of(office, "libretranslate"):
            yield desk


async def say(desk: Desk, who: str, *texts: str) -> None:
    """One of the cast writes, and what staff have to read of it is translated."""
    for text in texts:
        await desk.office.hear(who, text)
    await desk.translating.want_gists()
    await desk.translate()


def gists(office: Office) -> dict[str, str]:
    """The gist of each message that has one, by its words."""
    with office.session() as session:
        messages = session.exec(select(InboundMessage).order_by(col(InboundMessage.id)))
        return {one.text: found for one in messages if (found := gist(session, one.id))}


async def test_staff_get_the_gist_of_a_question(desk: Desk) -> None:
    await say(desk, "Piotr", "ASK", POLISH)
    assert list(gists(desk.office)) == [POLISH]
    told = gists(desk.office)[POLISH]
    assert turned("spała dziś", "en") in told
    assert "Zosia" in told
    assert "13:30" in told
    assert [(one.source, one.target) for one in desk.server.asked] == [("pl", "en")]


async def test_no_known_name_and_no_number_goes_with_it(desk: Desk) -> None:
    await say(desk, "Piotr", "ASK", POLISH)
    (asked,) = desk.server.asked
    assert not [one for one in ("zosia", "grace", "13:30", "07700", "900002") if one in asked.words.lower()]


async def test_a_complaint_is_understood_too(desk: Desk) -> None:
    await say(desk, "Piotr", "COMPLAIN", "Nikt do mnie nie dzwonił, a prosiłem trzy razy.", "2", "1")
    assert len(gists(desk.office)) == 1


async def test_words_that_nothing_took_are_read_by_staff(desk: Desk) -> None:
    await say(desk, "Ioana", "Fetița are nevoie de cizme noi pentru că plouă mult zilele acestea")
    assert len(gists(desk.office)) == 1


async def test_what_staff_do_not_read_stays_here(desk: Desk) -> None:
    await say(desk, "Piotr", "MENU", "WRÓĆ", "POMYSŁ", "2", "NIEOBECNOŚĆ", "1")
    assert desk.server.asked == []


async def test_what_is_with_the_safeguarding_lead_never_leaves(desk: Desk) -> None:
    """Nor does anything else from that family while the lead holds it."""
    await say(desk, "Piotr", "ASK", "Tata ją bije w domu i boję się o nią", "Czy jutro jest otwarte?")
    with desk.office.session() as session:
        assert session.exec(select(Concern)).first() is not None
        assert session.exec(select(Guardian).where(Guardian.name == "Piotr")).one().sends_held
    assert desk.server.asked == []
    assert gists(desk.office) == {}


async def test_what_becomes_the_leads_while_it_waits_does_not_leave(desk: Desk) -> None:
    await desk.office.hear("Piotr", "ASK")
    await desk.office.hear("Piotr", POLISH)
    await desk.translating.want_gists()
    with desk.office.session() as session:
        message = session.exec(select(InboundMessage).where(InboundMessage.text == POLISH)).one()
        message.restricted = True
        session.add(message)
    await desk.translate()
    assert desk.server.asked == []


async def test_where_a_family_looks_for_help_stays_theirs(desk: Desk) -> None:
    await say(desk, "Piotr", "SERVICES", "Szukam pomocy z długami i rachunkami")
    assert not [one for one in desk.server.asked if "oglud" in one.words]


async def test_english_needs_none_nor_does_urdu_in_latin_letters(desk: Desk) -> None:
    await say(desk, "Amina", "ASK", "Does she need boots?")
    await say(desk, "Farah", "ASK", "kya kal nursery khuli hai")
    assert desk.server.asked == []


async def test_urdu_in_its_own_letters_has_one(desk: Desk) -> None:
    await say(desk, "Farah", "ASK", "کیا کل نرسری کھلی ہے؟")
    assert [(one.source, one.target) for one in desk.server.asked] == [("ur", "en")]


async def test_it_is_asked_for_once(desk: Desk) -> None:
    await say(desk, "Piotr", "ASK", POLISH)
    for _ in range(3):
        await desk.translating.want_gists()
        await desk.translate()
    assert len(desk.server.asked) == 1


async def test_staffs_words_go_before_a_hundred_gists(desk: Desk) -> None:
    await desk.office.hear("Piotr", "ASK")
    await desk.office.hear("Piotr", POLISH)
    await desk.translating.want_gists()
    desk.office.clock.now += timedelta(seconds=1)
    await desk.tell("We made a den.")
    await desk.office.drain()
    with desk.office.session() as session:
        first, _ = store.take(session, desk.office.clock.now, 4)
    assert not [one for one in first if one.key.startswith("in:")]


async def test_a_server_that_fails_leaves_the_original(desk: Desk) -> None:
    desk.server.fail(Fail.SERVER_ERROR)
    await say(desk, "Piotr", "ASK", POLISH)
    assert gists(desk.office) == {}
    with desk.office.session() as session:
        assert session.exec(select(Translation)).one().tries == 1
