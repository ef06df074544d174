"""The jobs: every module is one, and running one twice adds nothing, on any day of the year."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

import scheduler
from bot.database import reading, transaction
from bot.outbox import TABLE, Priority
from bot.pushes import Push, push_one
from bot.writer import Writer
from nursery import (
    activities,
    agreements,
    appointments,
    bookings,
    complaints,
    consents,
    courses,
    events,
    home_observations,
    listeners,
    notices,
    observations,
    offers,
    outcomes,
    policies,
    polls,
    preferences,
    prints,
    queries,
    questionnaires,
    recordings,
    results,
    rsvps,
    settling,
    sharing,
    signposts,
    suggestions,
    targets,
    ties,
)
from nursery.activities import Pick, When
from nursery.beginnings import Beginning
from nursery.complaints import Grievance
from nursery.concerns import raise_concern
from nursery.consents import Purpose
from nursery.courses import Details, Kind
from nursery.forms import read_form
from nursery.home_observations import Seen
from nursery.inbox import InboundMessage
from nursery.offers import Free, Skill
from nursery.recipients import Audience
from nursery.rsvps import Coming
from nursery.sayings import Alarm
from nursery.scopes import Scope
from nursery.services import Need
from nursery.settings import today
from nursery.suggestions import Decision, Said
from scheduler import JOBS
from tests.cast import People, contact_of
from tests.recordings import ogg

NO_JOBS = {"__init__", "answering", "clock", "fanning"}

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
        closed = questionnaires.open_questionnaire(session, acorns, form, long_ago, now - timedelta(days=1))
        results.tell_back(session, closed, "Soup on Fridays.", now)
        complaints.lodge(session, setting, amina, Grievance("The gate"), long_ago)
        concluded = complaints.lodge(session, setting, amina, Grievance("The fence"), long_ago)
        outcomes.conclude(session, concluded, "It is mended.", people.staff["Helen"], now)
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
        off = Push("event_cancelled:99", "event_cancelled", {"event": 99}, 8, 1, now, Priority.NOTICE, starts)
        push_one(session, off, contact_of(session, "Piotr", "sms"), now)
        agreements.countersign(session, agreements.sign(session, setting, amina, "Amina", "We.", now), grace, now)


def _community(engine: Engine, people: People, now: datetime) -> None:
    """A course, an offer asked for, help asked for long ago, an event that is called off, an idea tried yesterday."""
    setting_id, amina = people.setting.id or 0, people.guardians["Amina"].id or 0
    with transaction(engine) as session:
        courses.add_course(session, setting_id, Details(Kind.WORKSHOP, "Bread"), now)
        kept = offers.offer(session, setting_id, amina, Skill.MUSIC, Free.ASK, now)
        offers.ask_for(session, kept, "Drums?", now)
        signposts.note_asked(session, setting_id, amina, Need.FOOD, now - timedelta(days=20))
        starts = now + timedelta(days=3)
        gone = events.add_event(session, Audience(setting_id), "Walk", starts, starts + timedelta(hours=1), now=now)
        rsvps.respond(session, gone, amina, Coming.YES, now)
        events.cancel(session, gone, "Rain", now)
        yesterday, noor = today(now) - timedelta(days=1), people.children["Noor"].id or 0
        activities.note_sent(session, amina, Pick("play-roll-it-back", noor), "daily", yesterday, now)
        session.flush()
        sent = activities.idea_of(session, amina, "daily", yesterday)
        assert sent is not None
        activities.plan(session, sent, When.TODAY, yesterday)


def _together(engine: Engine, people: People, now: datetime) -> None:
    """A booking a day ahead, one called off, a poll that is open and one that closes, a first day, and a target."""
    noor, grace, amina = people.children["Noor"], people.staff["Grace"], people.guardians["Amina"].id or 0
    acorns, long_ago = Audience(people.setting.id or 0), now - timedelta(days=40)
    with transaction(engine) as session:
        starts, kept = now + timedelta(hours=23), appointments.Kind.TALK
        ahead, off, *_ = appointments.offer(session, kept, grace, starts, 20, 4, now=long_ago, tells=True)
        for one in (ahead, off):
            assert bookings.take(session, one.id or 0, amina, noor.id or 0, long_ago)
        appointments.withdraw(session, off, now)
        for closes in (now, now + timedelta(days=1)):
            times = [now + timedelta(days=3), now + timedelta(days=4)]
            polls.open_poll(session, acorns, "Meals", times, closes, now=long_ago)
        settling.begin(session, noor, today(now))
        settling.write(session, noor, "Noor played.", grace, now)
        targets.set_target(session, noor, "Noor pours.", grace, now)


def _rights(engine: Engine, people: People, now: datetime) -> None:
    """Something shared whose consent has been taken back, and a yes of almost a year ago."""
    noor, grace, amina = people.children["Noor"], people.staff["Grace"], people.guardians["Amina"].id or 0
    with transaction(engine) as session:
        for given in (True, False):
            consents.answer(
                session, noor, amina, Purpose.HEALTH_VISITOR, given=given, text="", language="en_GB", now=now
            )
            if given:
                sharing.give(session, noor, Purpose.HEALTH_VISITOR, [Scope.PROGRESS], "Ann", staff=grace, now=now)
        before = now - timedelta(days=360)
        consents.answer(session, noor, amina, Purpose.OUTINGS, given=True, text="", language="en_GB", now=before)


def _spoken(engine: Engine, people: People, now: datetime) -> None:
    """A notice that has been read aloud for who asked to hear it."""
    samira, setting_id = people.guardians["Samira"].id or 0, people.setting.id or 0
    with transaction(engine) as session:
        preferences.prefer(session, samira, form="voice note")
        told = notices.draft(session, Audience(setting_id), publish_at=now, now=now, text="Bring wellies.")
        assert prints.want(session, samira, setting_id, "notice", str(told.id), now)
        (task,) = listeners.waiting(session)
        recordings.add(session, task, ogg(), language="ar", words="", now=now)


def _placements(engine: Engine, people: People, now: datetime) -> None:
    """A foster placement whose last day is tomorrow."""
    with transaction(engine) as session:
        for tie, _ in ties.ties_of(session, people.guardians["Piotr"].id or 0):
            ties.end(session, tie, today(now) + timedelta(days=1))


def _new_family(engine: Engine, people: People, now: datetime) -> None:
    """A family in its first weeks, an important notice not answered, and one who has asked for large print."""
    amina, long_ago = people.guardians["Amina"].id or 0, now - timedelta(hours=25)
    with transaction(engine) as session:
        contact_of(session, "Amina", "sms")
        session.add(Beginning(guardian_id=amina, setting_id=1, began_on=today(long_ago), next_on=today(now)))
        preferences.prefer(session, amina, form="large print")
        made = notices.draft(session, Audience(1), text="Push.", checks=True, publish_at=long_ago, now=long_ago)
        made.published_at = long_ago
        contact = contact_of(session, "Amina", "telegram")
        push = Push(f"notice:{made.id}", "notice", {"notice": made.id}, 1, 1, long_ago, Priority.NOTICE)
        push_one(session, push, contact, long_ago)


def _rows(engine: Engine) -> int:
    with reading(engine) as session:
        return session.connection().execute(select(func.count()).select_from(TABLE)).scalar_one()


@pytest.mark.parametrize("now", MOMENTS, ids=str)
async def test_a_second_run_adds_no_row(engine: Engine, people: People, writer: Writer, now: datetime) -> None:
    _everything(engine, people, now)
    _community(engine, people, now)
    _together(engine, people, now)
    _rights(engine, people, now)
    _spoken(engine, people, now)
    _placements(engine, people, now)
    _new_family(engine, people, now)
    first = {job.name: await job.run(writer, now) for job in JOBS}
    rows = _rows(engine)
    again = {job.name: await job.run(writer, now) for job in JOBS}
    later = {job.name: await job.run(writer, now + timedelta(minutes=1)) for job in JOBS}
    assert set(again.values()) == set(later.values()) == {0}
    assert _rows(engine) == rows
    idle = {name for name, added in first.items() if not added}
    by_day = {"ask_ideas", "ask_preferences", "welcome_families"}  # from ten; once a term; none in quiet hours
    assert idle <= {"forget_conversations", "forget_old", "send_ideas"} | by_day


async def test_jobs_with_nothing_to_do_add_nothing(engine: Engine, writer: Writer) -> None:
    for job in JOBS:
        assert await job.run(writer, MOMENTS[0]) == 0
    assert _rows(engine) == 0
