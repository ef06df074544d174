"""Guests are told once of a free place, with a time to answer, and of an event that is called off."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from bot.database import reading, transaction
from bot.outbox import TABLE
from nursery import events, free_places, rsvps
from nursery.contacts import contacts_of, stop
from nursery.events import Event
from nursery.recipients import Audience
from nursery.rsvps import Coming, Rsvp
from nursery.tasks import open_tasks
from tests.cast import MONDAY, People
from tests.scheduler.conftest import RunJob
from tests.talking import Player

STARTS = MONDAY + timedelta(days=11, hours=6, minutes=30)


def _full_event(engine: Engine, people: People) -> Event:
    """Amina has the one place, Piotr and Samira wait; then Amina can't come."""
    with transaction(engine) as session:
        audience, ends = Audience(people.setting.id or 0), STARTS + timedelta(hours=1)
        event = events.add_event(session, audience, "Songs", STARTS, ends, now=MONDAY, capacity=1)
        for who in ("Amina", "Piotr", "Samira"):
            rsvps.respond(session, event, people.guardians[who].id or 0, Coming.YES, MONDAY)
        rsvps.respond(session, event, people.guardians["Amina"].id or 0, Coming.NO, MONDAY)
        return event


def _answers(engine: Engine, people: People) -> dict[str, str]:
    names = {guardian.id: name for name, guardian in people.guardians.items()}
    with reading(engine) as session:
        return {names[row.guardian_id]: row.answer for row in session.connection().execute(select(Rsvp.__table__))}  # type: ignore[attr-defined]


async def test_a_free_place_is_told_once(engine: Engine, people: People, run_job: RunJob, play: Player) -> None:
    _full_event(engine, people)
    assert [await run_job("tell_guests", MONDAY) for _ in range(3)] == [1, 0, 0]
    assert [one.who for one in play.deliver()] == ["Piotr"]
    play.say("Piotr", "1")
    assert _answers(engine, people) == {"Amina": "not", "Piotr": "coming", "Samira": "waiting"}


async def test_unanswered_it_goes_to_the_next(engine: Engine, people: People, run_job: RunJob, play: Player) -> None:
    _full_event(engine, people)
    await run_job("tell_guests", MONDAY)
    play.deliver()
    play.clock.pass_(days=1)
    assert [await run_job("tell_guests", play.clock.now) for _ in range(2)] == [1, 0]
    assert [one.who for one in play.deliver()] == ["Samira"]
    play.say("Piotr", "EVENTS")
    assert _answers(engine, people) == {"Amina": "not", "Piotr": "lapsed", "Samira": "offered"}


async def test_a_free_place_passes_the_budget_and_keeps_to_the_hours(
    engine: Engine, people: People, run_job: RunJob, play: Player
) -> None:
    _full_event(engine, people)
    night = MONDAY + timedelta(hours=13)
    with transaction(engine) as session:
        rsvp = free_places.offered(session, MONDAY)[0]
        setting = session.get_one(type(people.setting), people.setting.id)
        setting.daily_budget = 0
        session.add(setting)
        assert rsvp.answer_by == MONDAY + timedelta(days=1)
    assert await run_job("tell_guests", night) == 1
    play.clock.now = night
    assert play.deliver() == []
    play.clock.pass_(hours=10)
    assert [one.who for one in play.deliver()] == ["Piotr"]


async def test_who_cannot_be_written_to_is_rung(engine: Engine, people: People, run_job: RunJob) -> None:
    event = _full_event(engine, people)
    with transaction(engine) as session:
        for contact in contacts_of(session, people.guardians["Piotr"].id or 0):
            stop(session, contact)
    assert [await run_job("tell_guests", MONDAY) for _ in range(2)] == [1, 0]
    with reading(engine) as session:
        [task] = open_tasks(session)
        assert (task.kind, task.about) == ("guest to ring", f"event {event.id}, a place is free")


async def test_a_cancelled_event_is_told_to_its_guests(
    engine: Engine, people: People, run_job: RunJob, play: Player
) -> None:
    event = _full_event(engine, people)
    with transaction(engine) as session:
        events.cancel(session, session.get_one(Event, event.id), "The hall is flooded.", MONDAY)
    assert [await run_job("tell_guests", MONDAY) for _ in range(2)] == [2, 0]
    heard = {one.who: one for one in play.deliver()}
    assert sorted(heard) == ["Piotr", "Samira"], "Amina was not coming"
    assert "The hall is flooded." in heard["Piotr"].text
    assert _keys(engine) == {f"event_cancelled:{event.id}"}


def _keys(engine: Engine) -> set[str]:
    with reading(engine) as session:
        return {key.split(":guardian:")[0] for key in session.connection().execute(select(TABLE.c.key)).scalars()}


@pytest.mark.parametrize(
    ("who", "said"), [("Amina", ("PAUSE", "1")), ("Piotr", ("PAUSE", "1")), ("Samira", ("TOPICS", "4"))]
)
async def test_a_guest_who_asked_for_silence_is_rung_that_it_is_off(
    engine: Engine, people: People, run_job: RunJob, on_both: Player, who: str, said: tuple[str, ...]
) -> None:
    """Nothing is sent to them, and yet they are not to stand before a closed door."""
    with transaction(engine) as session:
        audience, ends = Audience(people.setting.id or 0), STARTS + timedelta(hours=1)
        event = events.add_event(session, audience, "Songs", STARTS, ends, now=MONDAY)
        rsvps.respond(session, event, people.guardians[who].id or 0, Coming.YES, MONDAY)
    for words in said:
        on_both.say(who, words)
    with transaction(engine) as session:
        events.cancel(session, session.get_one(Event, event.id), "", MONDAY)
    assert [await run_job("tell_guests", MONDAY + timedelta(minutes=5)) for _ in range(2)] == [1, 0]
    on_both.clock.pass_(minutes=5)
    assert on_both.deliver() == []
    with reading(engine) as session:
        [task] = open_tasks(session)
    assert (task.kind, task.guardian_id) == ("guest to ring", people.guardians[who].id)
