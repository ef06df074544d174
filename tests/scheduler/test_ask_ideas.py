"""How an idea went is asked the day after the guardian meant to try it, once, and by no fourth text a week."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session
from sqlmodel import select as orm_select

from bot.database import transaction
from bot.outbox import TABLE
from nursery import activities
from nursery.activities import IdeaSent, Pick, Tried, When
from nursery.guardians import Guardian
from tests.cast import People
from tests.scheduler.conftest import RunJob

TUESDAY = date(2026, 11, 24)
TEN = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


def _means_to(session: Session, people: People, who: str, kind: str, learning: str, when: When = When.TODAY) -> None:
    guardian = session.get_one(Guardian, people.guardians[who].id)
    guardian.learning = learning
    session.add(guardian)
    pick = Pick("play-roll-it-back", people.children["Zosia" if who == "Piotr" else "Noor"].id or 0)
    activities.note_sent(session, guardian.id or 0, pick, kind, TUESDAY, TEN - timedelta(hours=18))
    session.flush()
    sent = session.exec(orm_select(IdeaSent).where(IdeaSent.guardian_id == guardian.id)).one()
    activities.plan(session, sent, when, TUESDAY)


def _asked(engine: Engine) -> list[str]:
    with transaction(engine) as session:
        return [row.conversation for row in session.connection().execute(select(TABLE))]


async def test_the_day_after_once(engine: Engine, people: People, run_job: RunJob) -> None:
    with transaction(engine) as session:
        _means_to(session, people, "Amina", "daily", "daily")
        _means_to(session, people, "Piotr", "week", "one")
        _means_to(session, people, "Farah", "daily", "daily", When.TOMORROW)
    counts = [await run_job("ask_ideas", now) for now in (TEN - timedelta(minutes=1), TEN, TEN + timedelta(hours=1))]
    assert counts == [0, 2, 0]
    assert await run_job("ask_ideas", TEN + timedelta(days=1)) == 1
    assert _asked(engine) == ["idea_asked"] * 3


async def test_whoever_has_three_a_week_is_asked_with_the_last_of_them(
    engine: Engine, people: People, run_job: RunJob
) -> None:
    with transaction(engine) as session:
        _means_to(session, people, "Amina", "week", "weekly")
    assert await run_job("ask_ideas", TEN) == 0


@pytest.mark.parametrize(("when", "tried"), [(When.NOT, Tried.UNTOLD), (When.TODAY, Tried.YES)])
async def test_not_of_what_is_not_tried_or_told_already(
    engine: Engine, people: People, run_job: RunJob, when: When, tried: Tried
) -> None:
    with transaction(engine) as session:
        _means_to(session, people, "Amina", "daily", "daily", when)
        sent = session.exec(orm_select(IdeaSent)).one()
        sent.tried = tried
        session.add(sent)
    assert await run_job("ask_ideas", TEN) == 0
