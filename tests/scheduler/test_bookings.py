"""Bookings and polls by the clock: reminders, what is called off, times to choose from, and what was decided."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session
from sqlmodel import select as orm_select

from bot.database import reading, transaction
from bot.outbox import TABLE, Priority
from nursery import appointments, bookings, polls
from nursery.appointments import Appointment, Kind
from nursery.guardians import Guardian
from nursery.recipients import Audience
from nursery.tasks import Task
from tests.cast import MONDAY, People
from tests.scheduler.conftest import RunJob

STARTS = datetime(2026, 12, 4, 15, 30, tzinfo=UTC)


def _offer(session: Session, people: People, count: int = 1, **fields: object) -> list[Appointment]:
    return appointments.offer(session, Kind.TALK, people.staff["Grace"], STARTS, 20, count, now=MONDAY, **fields)  # type: ignore[arg-type]


def _booked(engine: Engine, people: People, count: int = 1) -> int:
    """A time that Amina has for Noor, of so many that there are."""
    with transaction(engine) as session:
        number = _offer(session, people, count)[0].id or 0
        bookings.take(session, number, people.guardians["Amina"].id or 0, people.children["Noor"].id or 0, MONDAY)
    return number


def _rows(engine: Engine) -> list[tuple[str, str, dict[str, object], int]]:
    with reading(engine) as session:
        rows = session.connection().execute(select(TABLE).order_by(TABLE.c.id)).all()
        return [(row.key.split(":guardian:")[0], row.conversation, row.params, row.priority) for row in rows]


async def test_three_reminders_each_once(engine: Engine, people: People, run_job: RunJob) -> None:
    number = _booked(engine, people)
    for span in (timedelta(days=7), timedelta(days=1), timedelta(hours=2)):
        assert await run_job("remind_bookings", STARTS - span - timedelta(minutes=1)) == 0
        assert await run_job("remind_bookings", STARTS - span) == 1
        assert await run_job("remind_bookings", STARTS - span + timedelta(minutes=5)) == 0
    made = int(MONDAY.timestamp())
    assert [key for key, *_ in _rows(engine)] == [
        f"booking:{number}:{made}:{when}" for when in ("week", "day", "hours")
    ]


async def test_no_reminder_of_what_is_free_or_called_off(engine: Engine, people: People, run_job: RunJob) -> None:
    number = _booked(engine, people, 2)
    with transaction(engine) as session:
        appointments.withdraw(session, session.get_one(Appointment, number), MONDAY)
    assert await run_job("remind_bookings", STARTS - timedelta(days=7)) == 0


@pytest.mark.parametrize(
    ("count", "before", "conversation", "priority"),
    [
        (3, timedelta(days=5), "book_time", Priority.NOTICE),
        (1, timedelta(days=5), "book_ask", Priority.NOTICE),
        (1, timedelta(hours=3), "book_ask", Priority.URGENT),
    ],
)
async def test_called_off_is_told_once_with_others(
    engine: Engine, people: People, run_job: RunJob, count: int, before: timedelta, conversation: str, priority: int
) -> None:
    number, now = _booked(engine, people, count), STARTS - before
    with transaction(engine) as session:
        appointments.withdraw(session, session.get_one(Appointment, number), now)
    assert [await run_job("tell_bookings", now) for _ in range(2)] == [1, 0]
    key, told, params, sent = _rows(engine)[0]
    assert (key, told, sent) == (f"booking_cancelled:{number}", conversation, priority)
    assert params.get("offered", []) == [number + other for other in range(1, count)]


async def test_who_can_not_be_written_to_is_rung(engine: Engine, people: People, run_job: RunJob) -> None:
    number = _booked(engine, people)
    with transaction(engine) as session:
        appointments.withdraw(session, session.get_one(Appointment, number), MONDAY)
        session.get_one(Guardian, people.guardians["Amina"].id).paused_until = STARTS.date()
    assert [await run_job("tell_bookings", MONDAY) for _ in range(2)] == [1, 0]
    with reading(engine) as session:
        task = session.exec(orm_select(Task)).one()
    assert (task.kind, task.urgent, task.staff_id) == ("booking called off, not told", True, people.staff["Grace"].id)
    assert _rows(engine) == []


@pytest.mark.parametrize(("of", "count"), [("child", 2), ("guardian", 1), ("room", 4), ("all", 5)])
async def test_that_there_are_times_is_told_once(
    engine: Engine, people: People, run_job: RunJob, of: str, count: int
) -> None:
    noor, amina = people.children["Noor"], people.guardians["Amina"].id
    only: dict[str, dict[str, object]] = {
        "child": {"child": noor},
        "guardian": {"child": noor, "guardian_id": amina},
        "room": {"room_id": people.rooms["Butterflies"].id},
        "all": {},
    }
    with transaction(engine) as session:
        _offer(session, people, 3, tells=True, **only[of])
        appointments.offer(session, Kind.TALK, people.staff["Helen"], STARTS, 20, 1, now=MONDAY - timedelta(days=1))
    assert [await run_job("tell_bookings", MONDAY) for _ in range(2)] == [count, 0]
    with transaction(engine) as session:
        assert bookings.take(session, 1, amina or 0, noor.id or 0, MONDAY)
    assert await run_job("tell_bookings", MONDAY + timedelta(minutes=1)) == 0


async def test_a_poll_from_the_question_to_the_time(engine: Engine, people: People, run_job: RunJob) -> None:
    starts = [STARTS, STARTS + timedelta(days=1)]
    room = Audience(people.setting.id or 0, room_id=people.rooms["Butterflies"].id)
    with transaction(engine) as session:
        poll = polls.open_poll(session, room, "Meals", starts, STARTS - timedelta(days=2), now=MONDAY)
    assert [await run_job("ask_polls", MONDAY) for _ in range(2)] == [4, 0]
    with transaction(engine) as session:
        times = [time.id or 0 for time in polls.times_of(session, poll)]
        for who, chosen in (("Amina", times[1:]), ("Samira", [])):
            polls.answer(session, poll, people.guardians[who].id or 0, chosen, MONDAY)
    assert await run_job("close_polls", poll.closes_at - timedelta(minutes=1)) == 0
    assert [await run_job("close_polls", poll.closes_at) for _ in range(2)] == [3, 0]
    told = [row for row in _rows(engine) if row[1] == "meeting_time"]
    assert [key for key, *_ in told] == [f"poll:{poll.id}:decided"] * 2
    assert await run_job("ask_polls", poll.closes_at) == 0
    with reading(engine) as session:
        assert session.exec(orm_select(Task)).one().about == f"poll {poll.id}: 1 can come, 1 can't"
