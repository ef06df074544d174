"""Bookings: what may be offered, that a time is taken once, and when reminders are due."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from bot.database import transaction
from nursery import appointments, bookings, free_times
from nursery.appointments import Appointment, BookingRefused, Kind
from tests.cast import MONDAY, People

STARTS = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)


def _offer(session: Session, people: People, count: int = 1, **fields: Any) -> Sequence[Appointment]:
    details: dict[str, Any] = {"starts_at": STARTS, "minutes": 20} | fields
    starts, minutes = details.pop("starts_at"), details.pop("minutes")
    grace = people.staff["Grace"]
    return appointments.offer(session, Kind.REVIEW, grace, starts, minutes, count, now=MONDAY, **details)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"starts_at": MONDAY}, "in the past"),
        ({"minutes": 4}, "5 to 480 minutes"),
        ({"minutes": 481}, "5 to 480 minutes"),
        ({"count": 0}, "at most 100"),
        ({"count": 101}, "at most 100"),
    ],
)
def test_what_is_refused(engine: Engine, people: People, fields: dict[str, Any], sentence: str) -> None:
    with transaction(engine) as session, pytest.raises(BookingRefused, match=sentence):
        _offer(session, people, **fields)


def test_nobody_is_in_two_places_at_once(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        _offer(session, people, 2)
        added = _offer(session, people, 4)
        assert [one.starts_at for one in added] == [STARTS + timedelta(minutes=40), STARTS + timedelta(minutes=60)]
        with pytest.raises(BookingRefused, match="Grace has times at those hours already"):
            _offer(session, people, minutes=30)
        for one in added:
            appointments.withdraw(session, one, MONDAY)
        assert len(_offer(session, people, 4)) == 2


def test_of_many_at_once_exactly_one_gets_it(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        number = _offer(session, people)[0].id or 0
    child = people.children["Noor"].id or 0

    def take(guardian_id: int) -> bool:
        with transaction(engine) as session:
            return bookings.take(session, number, guardian_id, child, MONDAY)

    everyone = [guardian.id or 0 for guardian in people.guardians.values()]
    with ThreadPoolExecutor(len(everyone)) as threads:
        got = dict(zip(everyone, threads.map(take, everyone), strict=True))
    assert sum(got.values()) == 1
    with transaction(engine) as session:
        assert session.get_one(Appointment, number).guardian_id == next(one for one, had in got.items() if had)


def test_what_can_not_be_taken(engine: Engine, people: People) -> None:
    amina, noor = people.guardians["Amina"].id or 0, people.children["Noor"].id or 0
    with transaction(engine) as session:
        first, second = _offer(session, people, 2)
        appointments.withdraw(session, first, MONDAY)
        assert not bookings.take(session, first.id or 0, amina, noor, MONDAY)
        assert not bookings.take(session, second.id or 0, amina, noor, second.starts_at - timedelta(minutes=60))
        assert not bookings.take(session, 999, amina, noor, MONDAY)
        assert bookings.take(session, second.id or 0, amina, noor, MONDAY)


def test_moving_to_what_has_gone_changes_nothing(engine: Engine, people: People) -> None:
    amina, samira = people.guardians["Amina"].id or 0, people.guardians["Samira"].id or 0
    with transaction(engine) as session:
        first, second = _offer(session, people, 2)
        bookings.take(session, first.id or 0, amina, people.children["Noor"].id or 0, MONDAY)
        bookings.take(session, second.id or 0, samira, people.children["Yusuf"].id or 0, MONDAY)
        assert not bookings.move(session, first, second.id or 0, MONDAY)
        assert (first.guardian_id, second.guardian_id) == (amina, samira)


def test_who_may_take_what(engine: Engine, people: People) -> None:
    butterflies, noor = people.rooms["Butterflies"].id, people.children["Noor"]
    with transaction(engine) as session:
        _offer(session, people)
        _offer(session, people, starts_at=STARTS + timedelta(hours=1), room_id=butterflies)
        _offer(session, people, starts_at=STARTS + timedelta(hours=2), child=noor)
        counts = {
            name: len(free_times.free_for(session, people.children[name], 1, MONDAY))
            for name in ("Noor", "Yusuf", "Zosia")
        }
    assert counts == {"Noor": 3, "Yusuf": 2, "Zosia": 1}


def test_what_is_kept_for_one_no_other_can_take(engine: Engine, people: People) -> None:
    noor = people.children["Noor"]
    amina, farah = (people.guardians[who].id or 0 for who in ("Amina", "Farah"))
    with transaction(engine) as session:
        kept = _offer(session, people, child=noor, guardian_id=amina)[0]
        assert free_times.free_for(session, noor, farah, MONDAY) == []
        assert not bookings.take(session, kept.id or 0, farah, noor.id or 0, MONDAY)
        assert bookings.booked_by(session, amina, MONDAY) == []
        assert bookings.take(session, kept.id or 0, amina, noor.id or 0, MONDAY)
        assert bookings.booked_by(session, amina, MONDAY) == [kept]
        bookings.give_up(session, kept, MONDAY)
        assert free_times.free_for(session, noor, amina, MONDAY) == [kept]
        kept.guardian_id = None  # she has been erased: nobody has it
        session.flush()
        assert free_times.free_for(session, noor, farah, MONDAY) == []


@pytest.mark.parametrize("refused", ["again", "past"])
def test_a_time_is_called_off_once_and_not_afterwards(engine: Engine, people: People, refused: str) -> None:
    with transaction(engine) as session:
        time = _offer(session, people)[0]
        if refused == "again":
            appointments.withdraw(session, time, MONDAY)
        with pytest.raises(BookingRefused):
            appointments.withdraw(session, time, MONDAY if refused == "again" else STARTS)


@pytest.mark.parametrize(
    ("before", "booked_before", "due"),
    [
        (timedelta(days=7, minutes=1), 30, []),
        (timedelta(days=7), 30, ["week"]),
        (timedelta(days=6, minutes=1), 30, ["week"]),
        (timedelta(days=6), 30, []),
        (timedelta(days=1), 30, ["day"]),
        (timedelta(hours=6), 30, []),
        (timedelta(hours=2), 30, ["hours"]),
        (timedelta(minutes=30), 30, []),
        (timedelta(0), 30, []),
        (timedelta(days=6, hours=23), 6.99, []),
        (timedelta(days=1), 3, ["day"]),
        (timedelta(hours=2), 0.05, []),
    ],
    ids=str,
)
def test_reminders(before: timedelta, booked_before: float, due: list[str]) -> None:
    booked_at = STARTS - timedelta(days=booked_before)
    assert bookings.reminders_due(STARTS, booked_at, STARTS - before) == due


@pytest.mark.parametrize(
    ("starts", "week"),
    [((2027, 3, 30, 9), (2027, 3, 23, 10)), ((2027, 11, 2, 10), (2027, 10, 26, 9))],
    ids=["clocks go forward", "clocks go back"],
)
def test_a_week_before_is_the_same_hour(starts: tuple[int, ...], week: tuple[int, ...]) -> None:
    starts_at, week_at = (datetime(*when, tzinfo=UTC) for when in (starts, week))  # type: ignore[misc,arg-type]
    assert bookings.reminders_due(starts_at, MONDAY, week_at) == ["week"]
    assert bookings.reminders_due(starts_at, MONDAY, week_at - timedelta(minutes=1)) == []
