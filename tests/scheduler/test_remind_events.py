"""Event reminders: 7 days, 1 day and 2 hours before, on the clock of the place."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from bot.database import reading, transaction
from bot.outbox import TABLE
from nursery import events
from nursery.events import Event
from nursery.recipients import Audience
from scheduler.remind_events import REMINDERS
from tests.cast import MONDAY, People
from tests.scheduler.conftest import RunJob

STARTS = datetime(2026, 12, 4, 15, 30, tzinfo=UTC)


def _event(
    engine: Engine, people: People, *, room_id: int | None = None, capacity: int | None = None, made_before: int = 30
) -> Event:
    audience, made_at = Audience(people.setting.id or 0, room_id=room_id), STARTS - timedelta(days=made_before)
    with transaction(engine) as session:
        ends = STARTS + timedelta(hours=1)
        return events.add_event(session, audience, "Songs", STARTS, ends, now=made_at, capacity=capacity)


def _keys(engine: Engine) -> set[str]:
    with reading(engine) as session:
        return {key.split(":guardian:")[0] for key in session.connection().execute(select(TABLE.c.key)).scalars()}


async def test_three_reminders_each_once(engine: Engine, people: People, run_job: RunJob) -> None:
    event = _event(engine, people, room_id=people.rooms["Butterflies"].id or 0)
    before = {"week": timedelta(days=7), "day": timedelta(days=1), "hours": timedelta(hours=2)}
    for when, span in before.items():
        assert await run_job("remind_events", STARTS - span - timedelta(minutes=1)) == 0
        assert await run_job("remind_events", STARTS - span) == 4, when
        assert await run_job("remind_events", STARTS - span + timedelta(minutes=5)) == 0
    assert _keys(engine) == {f"event:{event.id}:{when}" for when in before}
    with reading(engine) as session:
        ends = set(session.connection().execute(select(TABLE.c.expires_at)).scalars())
    assert ends == {STARTS - before for before in (timedelta(days=6), timedelta(hours=6), timedelta(minutes=30))}


@pytest.mark.parametrize(
    ("span", "count"),
    [
        (timedelta(days=6, minutes=1), 5),
        (timedelta(days=6), 0),
        (timedelta(hours=6, minutes=1), 5),
        (timedelta(hours=6), 0),
        (timedelta(minutes=31), 5),
        (timedelta(minutes=30), 0),
        (timedelta(0), 0),
        (timedelta(days=-1), 0),
    ],
    ids=str,
)
async def test_a_late_run_sends_only_what_still_makes_sense(
    engine: Engine, people: People, run_job: RunJob, span: timedelta, count: int
) -> None:
    _event(engine, people)
    assert await run_job("remind_events", STARTS - span) == count


async def test_an_event_added_late_skips_what_is_past(engine: Engine, people: People, run_job: RunJob) -> None:
    event = _event(engine, people, made_before=3)
    for span in (timedelta(days=3), timedelta(days=1), timedelta(hours=2)):
        await run_job("remind_events", STARTS - span)
    assert _keys(engine) == {f"event:{event.id}:day", f"event:{event.id}:hours"}


async def test_not_of_a_cancelled_one(engine: Engine, people: People, run_job: RunJob) -> None:
    event = _event(engine, people)
    with transaction(engine) as session:
        session.get_one(Event, event.id).cancelled_at = MONDAY
    assert await run_job("remind_events", STARTS - timedelta(days=7)) == 0


@pytest.mark.parametrize(
    ("starts", "week", "hours"),
    [
        # the clocks go forward on 28 March 2027: ten o'clock stays ten o'clock
        ((3, 30, 9), (3, 23, 10), (3, 30, 7)),
        # and back on 31 October
        ((11, 2, 10), (10, 26, 9), (11, 2, 8)),
    ],
)
def test_a_week_before_is_the_same_hour(
    starts: tuple[int, int, int], week: tuple[int, int, int], hours: tuple[int, int, int]
) -> None:
    starts_at, week_at, hours_at = (datetime(2027, *when, tzinfo=UTC) for when in (starts, week, hours))
    event = Event(setting_id=1, title="Songs", starts_at=starts_at, ends_at=starts_at, made_at=MONDAY)
    assert [reminder.due_at(event) for reminder in REMINDERS if reminder.when != "day"] == [week_at, hours_at]
