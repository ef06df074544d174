"""Learning texts: the right ones, to those who chose them, about the right child, and no idea twice."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, update
from sqlmodel import Session, col
from sqlmodel import select as orm_select

from bot.database import transaction
from bot.outbox import TABLE
from nursery import activities, profiles, timetable
from nursery.activities import IdeaSent
from nursery.guardians import Guardian, Guardianship
from nursery.library import ideas
from nursery.settings import Setting
from tests.cast import People
from tests.scheduler.conftest import RunJob

FRIDAY = datetime(2026, 11, 27, 15, 30, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)


def _choose(session: Session, name: str, learning: str) -> None:
    guardian = session.exec(orm_select(Guardian).where(Guardian.name == name)).one()
    guardian.learning = learning
    session.add(guardian)


def _sent(engine: Engine, day: str) -> dict[str, list[str]]:
    """By guardian, the conversations pushed under that day's keys."""
    with transaction(engine) as session:
        found = session.connection().execute(
            select(Guardian.name, TABLE.c.conversation)  # type: ignore[call-overload]
            .join(TABLE, TABLE.c.guardian_id == Guardian.id)
            .where(TABLE.c.key.contains(day))
            .order_by(Guardian.name)
        )
        told: dict[str, list[str]] = {}
        for name, conversation in found:
            told.setdefault(name, []).append(conversation)
        return told


async def test_three_a_week_tell_of_one_idea(engine: Engine, people: People, run_job: RunJob) -> None:
    assert [await run_job("send_ideas", now) for now in (FRIDAY, SATURDAY, MONDAY)] == [5, 5, 5]
    assert _sent(engine, "2026-11-28")["Amina"] == ["learning_tip"]
    with transaction(engine) as session:
        kept = session.exec(orm_select(IdeaSent)).all()
        assert len(kept) == 5
        assert {(row.kind, row.day) for row in kept} == {("week", date(2026, 11, 27))}
        rows = session.connection().execute(select(TABLE)).all()
        assert {row.params["day"] for row in rows} == {"2026-11-27"}
        assert all(row.expires_at == datetime(2026, 11, 29, tzinfo=UTC) for row in rows if "fact" in row.key)


async def test_each_gets_what_they_chose(engine: Engine, people: People, run_job: RunJob) -> None:
    with transaction(engine) as session:
        _choose(session, "Amina", "daily")
        _choose(session, "Piotr", "one")
        _choose(session, "Farah", "none")
    for now in (FRIDAY, FRIDAY + timedelta(hours=1), SATURDAY, MONDAY):
        await run_job("send_ideas", now)
    assert _sent(engine, "2026-11-27") == {
        "Amina": ["daily_idea"],
        "Ioana": ["learning_fact"],
        "Samira": ["learning_fact"],
    }
    assert set(_sent(engine, "2026-11-28")) == {"Piotr", "Ioana", "Samira"}
    assert _sent(engine, "2026-11-30")["Amina"] == ["daily_idea"]
    assert "Piotr" not in _sent(engine, "2026-11-30")


async def test_a_setting_may_make_daily_its_default(engine: Engine, people: People, run_job: RunJob) -> None:
    with transaction(engine) as session:
        session.connection().execute(update(Setting).values(learning="daily"))
    await run_job("send_ideas", MONDAY)
    assert set(map(tuple, _sent(engine, "2026-11-30").values())) == {("daily_idea",)}


@pytest.mark.parametrize(
    "change",
    [{"stopped_topics": 2}, {"paused_until": date(2026, 12, 1)}, {"left_on": date(2026, 11, 1)}],
    ids=lambda change: next(iter(change)),
)
async def test_not_to_those_who_do_not_want_it(
    engine: Engine, people: People, run_job: RunJob, change: dict[str, Any]
) -> None:
    with transaction(engine) as session:
        session.connection().execute(update(Guardian).values(**change))
    assert await run_job("send_ideas", FRIDAY) == 0


async def test_not_because_of_a_tie_that_staff_have_not_confirmed(
    engine: Engine, people: People, run_job: RunJob
) -> None:
    with transaction(engine) as session:
        session.connection().execute(update(Guardianship).values(confirmed_at=None))
    assert await run_job("send_ideas", FRIDAY) == 0


async def test_too_late_is_not_sent(engine: Engine, people: People, run_job: RunJob) -> None:
    assert await run_job("send_ideas", FRIDAY + timedelta(hours=6, minutes=1)) == 0
    assert await run_job("send_ideas", FRIDAY - timedelta(minutes=1)) == 0
    assert await run_job("send_ideas", FRIDAY + timedelta(hours=6)) == 5


async def test_no_idea_comes_twice_until_all_have_come(engine: Engine, people: People, run_job: RunJob) -> None:
    with transaction(engine) as session:
        _choose(session, "Amina", "daily")
    known: list[str] = []
    for ahead in range(31):
        day = datetime(2026, 12, 1, 16, 0, tzinfo=UTC) + timedelta(days=ahead)
        await run_job("send_ideas", day)
        with transaction(engine) as session:
            row = activities.idea_of(session, people.guardians["Amina"].id or 0, "daily", day.date())
            known += [row.idea] if row else []
    assert len(known) == len(set(known)) == 23, "the weekdays of December"
    assert ideas()[known[0]].season == "winter"


async def test_what_a_family_keeps_away_from_is_not_sent(engine: Engine, people: People, run_job: RunJob) -> None:
    with transaction(engine) as session:
        _choose(session, "Amina", "daily")
        profiles.answer(session, people.guardians["Amina"].id or 0, "apart", MONDAY, keys=["music"])
        _choose(session, "Farah", "daily")
    for ahead in range(60):
        await run_job("send_ideas", datetime(2026, 12, 1, 16, 0, tzinfo=UTC) + timedelta(days=ahead))
    with transaction(engine) as session:
        told = {row.guardian_id for row in session.exec(orm_select(IdeaSent).where(IdeaSent.idea == "bedtime-song"))}
    assert people.guardians["Farah"].id in told
    assert people.guardians["Amina"].id not in told


async def test_siblings_share_and_take_turns(engine: Engine, people: People, run_job: RunJob) -> None:
    for week in range(2):
        await run_job("send_ideas", FRIDAY + timedelta(weeks=week))
    with transaction(engine) as session:
        ioana = people.guardians["Ioana"].id
        rows = session.exec(orm_select(IdeaSent).where(IdeaSent.guardian_id == ioana).order_by(col(IdeaSent.day))).all()
    assert [row.child_id for row in rows] == [people.children["Mara"].id, people.children["Andrei"].id]


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2027, 3, 26, 15, 30, tzinfo=UTC), ["fact"]),  # winter time
        (datetime(2027, 3, 29, 14, 59, tzinfo=UTC), []),  # summer time: 15:59
        (datetime(2027, 3, 29, 15, 0, tzinfo=UTC), ["growth", "daily"]),
        (datetime(2027, 10, 30, 8, 30, tzinfo=UTC), ["tip"]),  # the last Saturday of summer time
        (datetime(2027, 11, 1, 15, 0, tzinfo=UTC), []),
        (datetime(2027, 11, 1, 16, 0, tzinfo=UTC), ["growth", "daily"]),
        (datetime(2026, 11, 29, 12, 0, tzinfo=UTC), []),  # Sunday
    ],
    ids=str,
)
def test_the_hours_are_english_hours(now: datetime, due: list[str]) -> None:
    assert [sending.slot.kind for sending in timetable.due(now)] == due
