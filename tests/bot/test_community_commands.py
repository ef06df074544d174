"""What staff do for the diary and the community from the command line, and the calendar behind its link."""

from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest
from sqlmodel import select
from starlette.applications import Starlette

from bot.database import open_engine, reading, transaction
from console.calendar import calendar_routes
from nursery import appointments, bookings, calendar_links, events, offers, rsvps, signposts
from nursery.appointments import Appointment, Kind
from nursery.events import Event
from nursery.guardians import Guardian, Guardianship, Topic
from nursery.offers import Free, OfferAsk, Skill
from nursery.people import Child
from nursery.recipients import Audience
from nursery.rsvps import Coming, Party
from nursery.services import Need
from tests.cast import MONDAY, People
from tests.command_line import Coatpeg
from tests.talking import Player

KEY = b"the tests' own secret, of thirty-two bytes and more"


def test_an_event_its_guests_and_its_end(acorns: Coatpeg, tmp_path: Path) -> None:
    words = ("--starts", "2027-01-29T10:00", "--parking", "--no-creche", "--interpreters", "Polish,BSL")
    assert acorns("event", "Stay and play", *words, "--capacity", "9").out.startswith("Event 1: Stay and play, Fri 29")
    engine = open_engine(f"sqlite:///{tmp_path}/coatpeg.db")
    with transaction(engine) as session:
        event, guardian = session.get_one(Event, 1), session.get_one(Guardian, 1)
        assert (event.parking, event.creche, event.interpreters) == (True, False, "pl,bsl")
        rsvps.respond(session, event, 1, Coming.YES, MONDAY, Party(3, ("interpreter",), "a ramp"))
        name = guardian.name
    engine.dispose()
    assert "3 of 9 places" in acorns("events").out
    shown = acorns("events", "1").out
    assert name in shown
    assert "interpreter  a ramp" in shown
    assert acorns("cancel-event", "1", "--reason", "Snow").out.endswith("1 guardian had answered and will be told.\n")
    assert acorns("run-job", "tell_guests").out == "tell_guests: 1\n"
    assert acorns("cancel-event", "1").err == "Stay and play is called off already.\n"


def test_courses(acorns: Coatpeg) -> None:
    words = ("--title", "First aid", "--kind", "workshop", "--tags", "first aid", "--when", "2027-01-29T10:00")
    assert acorns("course", "add", *words, "--places", "8").out.startswith("Course 1: First aid.")
    assert acorns("course", "add", "--title", "Committee", "--kind", "committee", "--when", "Mondays at 7").code == 0
    listed = acorns("course", "list").out.splitlines()
    assert listed[0].split("  ")[:4] == ["1", "workshop", "First aid", "Fri 29 Jan 2027 10:00"]
    assert "Mondays at 7" in listed[1]
    assert acorns("course", "list", "1").out.startswith("1  workshop  First aid")
    assert acorns("course", "end", "1").out == "First aid is closed. 0 have a place.\n"
    assert "closed" in acorns("course", "list").out


def test_offers(acorns: Coatpeg, tmp_path: Path) -> None:
    assert acorns("offers").out == "Nothing is offered yet. Parents offer by texting OFFER.\n"
    engine = open_engine(f"sqlite:///{tmp_path}/coatpeg.db")
    with transaction(engine) as session:
        kept = offers.offer(session, 1, 1, Skill.COOKING, Free.MORNINGS, MONDAY)
        name = session.get_one(Guardian, kept.guardian_id).name
    assert acorns("offers", "--tag", "cooking").out.startswith(f"1  cooking  {name}")
    assert "1 offer of a parent is of this kind" in acorns("course", "add", "--title", "Bread", "--tags", "cooking").out
    assert acorns("offer", "thank", "1").err == "They have not been asked for it, or have said no.\n"
    assert acorns("offer", "ask", "1", "--text", "Friday at 10?").out.startswith(f"{name} is asked")
    with transaction(engine) as session:
        offers.answer(session, session.exec(select(OfferAsk)).one(), MONDAY, accepted=True)
    engine.dispose()
    assert acorns("offer", "thank", "1").out.startswith(f"{name} is thanked")
    assert "thanked" in acorns("offers").out


def test_services(acorns: Coatpeg, tmp_path: Path) -> None:
    words = ("--needs", "food", "--phone", "01632 960555", "--languages", "Polish")
    assert acorns("service", "add", "Larder", *words).out == "Service 1: Larder, for food.\n"
    assert acorns("service", "list").out == "1  Larder  food  01632 960555  pl\n"
    assert acorns("service", "end", "1").out == "Larder is off the list.\n"
    assert acorns("service", "counts").out == "Nobody has asked yet.\n"
    engine = open_engine(f"sqlite:///{tmp_path}/coatpeg.db")
    with transaction(engine) as session:
        signposts.note_asked(session, 1, 1, Need.FOOD, MONDAY)
    engine.dispose()
    shown = acorns("service", "counts").out
    assert "fewer than five" in shown
    with reading(engine) as session:
        assert session.get_one(Guardian, 1).name not in shown
    engine.dispose()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("events", "9"), "There is no event 9."),
        (("event", "X", "--starts", "2027-01-29T10:00", "--interpreters", "Elvish"), "Elvish: write a language"),
        (("course", "add", "--title", "X", "--kind", "party"), "--kind: party is not one of course, workshop,"),
        (("course", "add", "--title", "X", "--tags", "chess"), "There is no tag 'chess'."),
        (("course", "add", "--title", "X", "--when", "2027-01-29"), "--when: give the time as well"),
        (("course", "add", "--title", "X", "--closes", "soon"), "--closes: write the day as 2027-01-29"),
        (("course", "list", "9"), "There is no course 9."),
        (("offers", "--tag", "chess"), "--tag: chess is not one of cooking,"),
        (("offer", "ask", "9", "--text", "x"), "There is no offer 9."),
        (("service", "add", "X", "--needs", "fun", "--phone", "1"), "--needs: write one or more of food,"),
        (("service", "end", "9"), "There is no service 9."),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(acorns: Coatpeg, words: tuple[str, ...], sentence: str) -> None:
    ran = acorns(*words)
    assert ran.code == 1
    assert ran.err.startswith(sentence)


async def _get(play: Player, path: str) -> httpx.Response:
    app = Starlette(routes=calendar_routes(play.engine, KEY, lambda: play.clock.now))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://nursery.example") as client:
        return await client.get(path)


def _event(play: Player, people: People, title: str, days: int, room: str = "") -> None:
    starts = MONDAY + timedelta(days=days)
    room_id = people.rooms[room].id if room else None
    with play.session() as session:
        audience, made = Audience(people.setting.id or 0, room_id), MONDAY - timedelta(days=99)
        ends = starts + timedelta(hours=1)
        events.add_event(session, audience, title, starts, ends, now=made, step_free=True, interpreters="pl")


def _address(play: Player, guardian: Guardian) -> str:
    with play.session() as session:
        link = calendar_links.link_of(session, guardian.id or 0, MONDAY)
        return calendar_links.address("", link.id or 0, KEY)


async def _calendar(play: Player, people: People, who: str) -> str:
    answer = await _get(play, _address(play, people.guardians[who]))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return answer.text


async def test_a_calendar_holds_what_they_are_invited_to(play: Player, people: People) -> None:
    for title, days, room in (("Songs", 3, ""), ("Baby songs", 4, "Caterpillars"), ("Old", -40, ""), ("Last", -3, "")):
        _event(play, people, title, days, room)
    assert [line for line in (await _calendar(play, people, "Amina")).splitlines() if line.startswith("SUMMARY")] == [
        "SUMMARY:Last",
        "SUMMARY:Songs",
    ]
    assert "SUMMARY:Baby songs" in await _calendar(play, people, "Piotr")
    assert "X-WR-CALNAME:Little Acorns" in await _calendar(play, people, "Piotr")


async def test_whose_it_is_stands_there_for_who_has_children_in_two_rooms(play: Player, people: People) -> None:
    for room in ("Butterflies", "Caterpillars"):
        _event(play, people, "Songs", 3, room)
    assert sorted(_titles(await _calendar(play, people, "Ioana"))) == ["Songs (Butterflies)", "Songs (Caterpillars)"]
    assert _titles(await _calendar(play, people, "Amina")) == ["Songs"]


async def test_what_is_called_off_goes_from_the_calendar(play: Player, people: People) -> None:
    _event(play, people, "Songs", 3)
    with play.session() as session:
        events.cancel(session, session.exec(select(Event)).one(), "", MONDAY)
    assert "STATUS:CANCELLED" in await _calendar(play, people, "Amina")


async def test_who_may_not_be_told_any_more_sees_nothing(play: Player, people: People) -> None:
    _event(play, people, "Songs", 3)
    with play.session() as session:
        for tie in session.exec(select(Guardianship)):
            if tie.guardian_id == people.guardians["Amina"].id:
                tie.may_receive = int(Topic.CARE)
            child = session.get_one(Child, tie.child_id)
            child.left_on = MONDAY.date() if child.first_name == "Yusuf" else None
            session.add_all([tie, child])
    for who, found in (("Amina", False), ("Samira", False), ("Farah", True)):
        assert ("Songs" in await _calendar(play, people, who)) is found, who


@pytest.mark.parametrize("token", ["x", "A" * 28, calendar_links.token(1, b"x" * 32), calendar_links.token(999, KEY)])
async def test_a_wrong_token_is_not_found(play: Player, people: People, token: str) -> None:
    answer = await _get(play, f"/calendar/{token}.ics")
    assert (answer.status_code, answer.text) == (404, "There is no calendar here.\n")
    assert "no-store" in answer.headers["cache-control"]


async def test_who_has_left_has_no_calendar(play: Player, people: People) -> None:
    with play.session() as session:
        guardian = session.get_one(Guardian, people.guardians["Amina"].id)
        guardian.left_on = MONDAY.date()
        session.add(guardian)
    assert (await _get(play, _address(play, guardian))).status_code == 404


def _book(play: Player, people: People, who: str, days: int, kind: Kind = Kind.REVIEW) -> Appointment:
    with play.session() as session:
        starts = MONDAY + timedelta(days=days)
        [made] = appointments.offer(session, kind, people.staff["Grace"], starts, 20, 1, now=MONDAY)
        child = people.children["Mara" if who == "Ioana" else "Noor"]
        assert bookings.take(session, made.id or 0, people.guardians[who].id or 0, child.id or 0, MONDAY)
        return made


def _titles(shown: str) -> list[str]:
    return [line.removeprefix("SUMMARY:") for line in shown.splitlines() if line.startswith("SUMMARY")]


async def test_their_own_bookings_are_in_it_and_nobody_elses(play: Player, people: People) -> None:
    _event(play, people, "Songs", 3)
    _book(play, people, "Amina", 2)
    _book(play, people, "Farah", 4, Kind.HOME_VISIT)
    shown = await _calendar(play, people, "Amina")
    assert _titles(shown) == ["Songs", "Review of progress\\, Noor\\, Grace"]
    assert "Farah" not in shown
    theirs = await _calendar(play, people, "Farah")
    assert (len(_titles(theirs)), "Amina" in theirs, "Noor" in theirs) == (2, False, True)
    assert _titles(theirs)[1] != "Home visit\\, Noor\\, Grace", "in Urdu"


async def test_a_phone_that_follows_a_link_of_before_still_sees_the_events(play: Player, people: People) -> None:
    _event(play, people, "Songs", 3)
    _book(play, people, "Amina", 2)
    token = calendar_links.token(people.guardians["Amina"].id or 0, KEY, calendar_links.BEFORE)
    assert _titles((await _get(play, f"/calendar/{token}.ics")).text) == ["Songs"]


async def test_a_booking_called_off_or_given_up_goes_from_it(play: Player, people: People) -> None:
    first, second = _book(play, people, "Amina", 2), _book(play, people, "Amina", 3, Kind.TALK)
    with play.session() as session:
        appointments.withdraw(session, session.get_one(Appointment, first.id), MONDAY)
        bookings.give_up(session, session.get_one(Appointment, second.id), MONDAY)
    shown = await _calendar(play, people, "Amina")
    assert (len(_titles(shown)), shown.count("STATUS:CANCELLED")) == (1, 1)


@pytest.mark.parametrize(
    "change",
    [{"ends_on": date(2026, 11, 22)}, {"restricted_from": date(2026, 11, 23)}, {"confirmed_at": None}],
    ids=str,
)
async def test_a_limit_or_the_end_of_the_tie_empties_it(
    play: Player, people: People, change: dict[str, object]
) -> None:
    _event(play, people, "Songs", 3)
    _book(play, people, "Farah", 2)
    assert len(_titles(await _calendar(play, people, "Farah"))) == 2
    with play.session() as session:
        for tie in session.exec(select(Guardianship)):
            if tie.guardian_id == people.guardians["Farah"].id:
                for name, value in change.items():
                    setattr(tie, name, value)
                session.add(tie)
    shown = await _calendar(play, people, "Farah")
    assert (_titles(shown), "Acorns" in shown) == ([], False)


async def test_a_link_that_was_cut_off_leads_nowhere(play: Player, people: People) -> None:
    before = _address(play, people.guardians["Amina"])
    with play.session() as session:
        calendar_links.cut(session, people.guardians["Amina"].id or 0, MONDAY)
    assert (await _get(play, before)).status_code == 404
    assert (await _get(play, _address(play, people.guardians["Farah"]))).status_code == 200
    assert (await _get(play, _address(play, people.guardians["Amina"]))).status_code == 200, "a new one"
