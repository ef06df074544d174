"""The jobs: every module is one, and running one twice adds nothing, on any day of the year."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

import scheduler
from bot.database import Writer, reading, transaction
from bot.outbox import TABLE
from nursery import (
    agreements,
    complaints,
    events,
    home_observations,
    notices,
    observations,
    policies,
    queries,
    questionnaires,
    suggestions,
)
from nursery.complaints import Grievance
from nursery.concerns import raise_concern
from nursery.forms import read_form
from nursery.home_observations import Seen
from nursery.inbox import InboundMessage
from nursery.recipients import Audience
from nursery.safeguarding import Alarm
from nursery.suggestions import Decision, Said
from scheduler import JOBS
from tests.cast import People

NO_JOBS = {"__init__", "clock", "fanning"}

MOMENTS = [
    datetime(2026, 11, 27, 15, 31, tzinfo=UTC),  # a Friday: the fact
    datetime(2026, 11, 28, 9, 45, tzinfo=UTC),  # Saturday: the tip
    datetime(2026, 11, 30, 16, 0, tzinfo=UTC),  # Monday: growth, and the daily idea
    datetime(2027, 3, 27, 9, 30, tzinfo=UTC),  # the Saturday before the clocks go forward
    datetime(2027, 3, 28, 1, 30, tzinfo=UTC),  # the hour that is missing from English clocks has just passed
    datetime(2027, 3, 29, 15, 0, tzinfo=UTC),  # 16:00 in summer time
    datetime(2027, 10, 31, 0, 30, tzinfo=UTC),  # half past one, for the first time
    datetime(2027, 10, 31, 1, 30, tzinfo=UTC),  # half past one, again
    datetime(2027, 11, 1, 16, 0, tzinfo=UTC),
]


def test_every_module_is_a_job() -> None:
    modules = {file.stem for file in Path(scheduler.__file__).parent.glob("*.py")} - NO_JOBS
    assert sorted(job.name for job in JOBS) == sorted(modules)
    assert all(job.run.__module__ == f"scheduler.{job.name}" for job in JOBS)


def _everything(engine: Engine, people: People, now: datetime) -> None:
    """Something for every job to do at that moment."""
    acorns, setting = Audience(people.setting.id or 0), people.setting
    long_ago = now - timedelta(days=40)
    with transaction(engine) as session:
        notices.draft(session, acorns, publish_at=now, now=now, text="The gate sticks. Please push.")
        for days in (7, 1):
            starts = now + timedelta(days=days) - timedelta(minutes=90)
            events.add_event(session, acorns, "Stay and play", starts, starts + timedelta(hours=1), now=long_ago)
        starts = now + timedelta(minutes=100)
        events.add_event(session, acorns, "Songs", starts, starts + timedelta(hours=1), now=long_ago)
        noor, grace, amina = people.children["Noor"], people.staff["Grace"], people.guardians["Amina"]
        observations.add_snippet(session, noor, "Noor counted to five.", staff=grace, now=now)
        form = read_form('title = "Lunch"\n[[question]]\ntext = "Is it good?"\nkind = "scale"')
        questionnaires.open_questionnaire(session, acorns, form, long_ago, now + timedelta(days=2))
        complaints.lodge(session, setting, amina, Grievance("The gate"), long_ago)
        query = queries.open_query(session, setting, amina, noor, "When is lunch?", None, long_ago)
        queries.open_query(session, setting, amina, None, "Is there parking?", None, long_ago)
        queries.answer(session, query, "At noon.", grace, now)
        policies.publish(session, setting, "fees", "Fees go up in January.", now)
        policies.publish(session, setting, "late-collection", "Ring us first.", now).told_at = now - timedelta(days=8)
        suggested = suggestions.suggest(session, setting, amina, Said("More songs"), long_ago)
        suggestions.decide(session, suggested, Decision.YES, "From Monday.", grace, now)
        seen = home_observations.share(session, setting, noor, amina, Seen("Noor sang."), long_ago)
        home_observations.approve(session, seen, grace, now, line="How lovely.")
        told = InboundMessage(channel="sms", provider_id="told", kind="text", received_at=long_ago)
        session.add(told)
        session.flush()
        alarm = Alarm("child", "hit", "en_GB")
        raise_concern(session, told.id or 0, people.guardians["Piotr"], setting, alarm, long_ago)
        agreements.countersign(session, agreements.sign(session, setting, amina, "Amina", "We.", now), grace, now)


def _rows(engine: Engine) -> int:
    with reading(engine) as session:
        return session.connection().execute(select(func.count()).select_from(TABLE)).scalar_one()


@pytest.mark.parametrize("now", MOMENTS, ids=str)
async def test_a_second_run_adds_no_row(engine: Engine, people: People, writer: Writer, now: datetime) -> None:
    _everything(engine, people, now)
    first = {job.name: await job.run(writer, now) for job in JOBS}
    rows = _rows(engine)
    again = {job.name: await job.run(writer, now) for job in JOBS}
    later = {job.name: await job.run(writer, now + timedelta(minutes=1)) for job in JOBS}
    assert set(again.values()) == set(later.values()) == {0}
    assert _rows(engine) == rows
    idle = {name for name, added in first.items() if not added}
    assert idle <= {"forget_conversations", "send_ideas"}


async def test_jobs_with_nothing_to_do_add_nothing(engine: Engine, writer: Writer) -> None:
    for job in JOBS:
        assert await job.run(writer, MOMENTS[0]) == 0
    assert _rows(engine) == 0
