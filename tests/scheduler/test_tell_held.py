"""A family that is held hears by hand of what is called off: from whoever holds it, and nobody else learns of it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from bot.claiming import release_held
from bot.database import reading, transaction
from nursery import appointments, bookings, events, exporting, holds, rsvps
from nursery.appointments import Appointment, Kind
from nursery.concerns import Concern
from nursery.events import Event
from nursery.guardians import Guardian
from nursery.holds import TO_TELL
from nursery.people import Child, Staff
from nursery.recipients import Audience
from nursery.rsvps import Coming
from nursery.settings import Setting
from nursery.tasks import open_tasks
from tests.cast import MONDAY, People
from tests.scheduler.conftest import RunJob
from tests.talking import CHANNELS, Player

STARTS = MONDAY + timedelta(days=11, hours=6, minutes=30)
SOON = MONDAY + timedelta(minutes=5)


def _hold(session: Session, people: People) -> Staff:
    """Dee, who leads, holds the family of Noor."""
    dee = Staff(setting_id=people.setting.id or 0, name="Dee", role="deputy")
    setting = session.get_one(Setting, people.setting.id)
    setting.lead = "Dee"
    session.add_all([dee, setting])
    session.flush()
    noor = session.get_one(Child, people.children["Noor"].id)
    for guardian in holds.family(session, noor, MONDAY.date()):
        assert holds.hold(session, guardian, noor, dee, "Strategy meeting", MONDAY)
    return dee


def _event(session: Session, people: People) -> Event:
    """Amina, who is held, and Piotr, who is not, come to it."""
    audience, ends = Audience(people.setting.id or 0), STARTS + timedelta(hours=1)
    event = events.add_event(session, audience, "Songs", STARTS, ends, now=MONDAY)
    for who in ("Amina", "Piotr"):
        rsvps.respond(session, event, people.guardians[who].id or 0, Coming.YES, MONDAY)
    return event


def _told_by(engine: Engine, staff: Staff) -> list[tuple[str, bool]]:
    with reading(engine) as session:
        return [(one.about, one.for_all) for one in holds.to_tell(session, staff)]


async def test_an_event_called_off_is_the_leads_to_tell(
    engine: Engine, people: People, run_job: RunJob, on_both: Player
) -> None:
    with transaction(engine) as session:
        dee, event = _hold(session, people), _event(session, people)
        events.cancel(session, event, "Snow", MONDAY)
    assert [await run_job("tell_guests", SOON) for _ in range(2)] == [2, 0]
    on_both.clock.pass_(minutes=5)
    assert [one.who for one in on_both.deliver()] == ["Piotr"]
    assert _told_by(engine, dee) == [(f"guardian {people.guardians['Amina'].id}: event 1", False)]
    assert _told_by(engine, people.staff["Helen"]) == []
    with reading(engine) as session:
        assert open_tasks(session) == []


async def test_a_free_place_is_the_leads_to_tell(engine: Engine, people: People, run_job: RunJob) -> None:
    amina = people.guardians["Amina"].id or 0
    with transaction(engine) as session:
        dee, ends = _hold(session, people), STARTS + timedelta(hours=1)
        event = events.add_event(
            session, Audience(people.setting.id or 0), "Songs", STARTS, ends, now=MONDAY, capacity=1
        )
        for who in ("Piotr", "Amina"):
            rsvps.respond(session, event, people.guardians[who].id or 0, Coming.YES, MONDAY)
        rsvps.respond(session, event, people.guardians["Piotr"].id or 0, Coming.NO, MONDAY)
    assert [await run_job("tell_guests", MONDAY) for _ in range(2)] == [1, 0]
    assert _told_by(engine, dee) == [(f"guardian {amina}: place 1", False)]


async def test_a_booking_called_off_is_the_leads_to_tell(engine: Engine, people: People, run_job: RunJob) -> None:
    amina = people.guardians["Amina"].id or 0
    with transaction(engine) as session:
        dee = _hold(session, people)
        [time] = appointments.offer(session, Kind.TALK, people.staff["Grace"], STARTS, 20, 1, now=MONDAY)
        bookings.take(session, time.id or 0, amina, people.children["Noor"].id or 0, MONDAY)
        appointments.withdraw(session, session.get_one(Appointment, time.id), MONDAY)
    assert [await run_job("tell_bookings", MONDAY) for _ in range(2)] == [1, 0]
    assert _told_by(engine, dee) == [(f"guardian {amina}: time 1", False)]
    with reading(engine) as session:
        assert open_tasks(session) == []


async def test_what_was_on_its_way_as_the_hold_began_is_the_leads_to_tell(
    engine: Engine, people: People, run_job: RunJob, on_both: Player
) -> None:
    """And it does not come days later, once the family is released."""
    amina = people.guardians["Amina"].id or 0
    with transaction(engine) as session:
        events.cancel(session, _event(session, people), "Snow", MONDAY)
        [time] = appointments.offer(session, Kind.TALK, people.staff["Grace"], STARTS, 20, 1, now=MONDAY)
        bookings.take(session, time.id or 0, amina, people.children["Noor"].id or 0, MONDAY)
        appointments.withdraw(session, session.get_one(Appointment, time.id), MONDAY)
    assert [await run_job(job, MONDAY) for job in ("tell_guests", "tell_bookings", "tell_held")] == [2, 1, 0]
    with transaction(engine) as session:
        dee = _hold(session, people)
    assert [one.who for one in on_both.deliver()] == ["Piotr"]
    assert [await run_job("tell_held", SOON) for _ in range(2)] == [2, 0]
    assert _told_by(engine, dee) == [(f"guardian {amina}: event 1", False), (f"guardian {amina}: time 1", False)]
    with transaction(engine) as session:
        holds.release(session, session.get_one(Guardian, amina), SOON)
        on_both.clock.pass_(hours=2)
        assert [release_held(session, channel, on_both.clock.now) for channel in CHANNELS] == [0, 0]
    assert on_both.deliver() == []


async def test_an_export_does_not_say_that_they_are_held(engine: Engine, people: People, run_job: RunJob) -> None:
    with transaction(engine) as session:
        _hold(session, people)
        events.cancel(session, _event(session, people), "", MONDAY)
    await run_job("tell_guests", SOON)
    with reading(engine) as session:
        given = exporting.copy_of(session, people.guardians["Amina"].id or 0)
        assert "task" not in given
        assert TO_TELL not in json.dumps(given, default=str)


@pytest.mark.parametrize("lead", ["", "Grace"])
async def test_a_hold_by_a_concern_about_staff_goes_round_the_lead(
    engine: Engine, people: People, run_job: RunJob, on_both: Player, lead: str
) -> None:
    """Whoever reads the concern tells the family: a task would show the lead that there is one."""
    with transaction(engine) as session:
        setting = session.get_one(Setting, people.setting.id)
        setting.lead = lead
        olu = Staff(setting_id=setting.id or 0, name="Olu", role="owner")
        session.add_all([setting, olu])
        event = _event(session, people)
    on_both.say("Amina", "Grace hit my daughter")
    with transaction(engine) as session:
        assert session.get_one(Concern, 1).owner_id == olu.id
        events.cancel(session, session.get_one(Event, event.id), "", MONDAY)
    await run_job("tell_guests", SOON)
    assert [len(_told_by(engine, one)) for one in (olu, *people.staff.values())] == [1, 0, 0]


def test_what_came_when_there_was_nobody_is_the_leads_once_there_is_one(engine: Engine, people: People) -> None:
    setting_id, amina = people.setting.id or 0, people.guardians["Amina"].id or 0
    with transaction(engine) as session:
        holds.tell_by_hand(session, "event:1", amina, setting_id, "event 1", SOON, MONDAY)
        assert open_tasks(session) == []
        dee = Staff(setting_id=setting_id, name="Dee", role="deputy")
        setting = session.get_one(Setting, setting_id)
        setting.lead = "Dee"
        session.add_all([dee, setting])
        session.flush()
    assert _told_by(engine, dee) == [(f"guardian {amina}: event 1", False)]
    assert _told_by(engine, people.staff["Grace"]) == []
