"""A child's first weeks, the check at two and targets, by the clock."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine, select
from sqlmodel import select as orm_select

from bot.database import reading, transaction
from bot.outbox import TABLE
from nursery import settling, targets, two_year
from nursery.guardians import Guardianship, Topic
from nursery.people import Child
from nursery.settings import today
from nursery.tasks import Task, open_tasks
from tests.cast import MONDAY, People
from tests.scheduler.conftest import RunJob

CLOSING = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


def _sent(engine: Engine, people: People) -> list[tuple[str, str]]:
    """What is in the outbox, and for whom."""
    names = {guardian.id: name for name, guardian in people.guardians.items()}
    with reading(engine) as session:
        rows = session.connection().execute(select(TABLE).order_by(TABLE.c.id)).all()
        return [(row.conversation, names[row.guardian_id]) for row in rows]


def _tasks(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return [task.kind for task in session.exec(orm_select(Task).order_by(Task.id))]  # type: ignore[arg-type]


async def test_the_note_of_the_day_to_each_guardian_allowed_it(engine: Engine, people: People, run_job: RunJob) -> None:
    with transaction(engine) as session:
        farah = Guardianship.guardian_id == people.guardians["Farah"].id
        session.exec(orm_select(Guardianship).where(farah)).one().may_receive = int(Topic.NOTICES)
        settling.begin(session, people.children["Noor"], today(MONDAY))
        settling.write(session, people.children["Noor"], "Noor played.", people.staff["Grace"], MONDAY)
    assert [await run_job("send_settling", MONDAY) for _ in range(2)] == [1, 0]
    assert _sent(engine, people) == [("settling_note", "Amina")]
    assert await run_job("send_settling", CLOSING) == 0


async def test_a_note_that_is_missing_is_asked_for_once(engine: Engine, people: People, run_job: RunJob) -> None:
    with transaction(engine) as session:
        settling.begin(session, people.children["Noor"], today(MONDAY), 2)
    assert await run_job("send_settling", CLOSING - timedelta(minutes=1)) == 0
    assert [await run_job("send_settling", CLOSING) for _ in range(2)] == [1, 0]
    assert await run_job("send_settling", CLOSING + timedelta(days=1)) == 1
    assert await run_job("send_settling", CLOSING + timedelta(days=2)) == 0
    assert _tasks(engine) == ["settling-in note to write"] * 2
    assert _sent(engine, people) == []


async def test_the_check_at_two_from_due_to_told(engine: Engine, people: People, run_job: RunJob) -> None:
    with transaction(engine) as session:
        for child in people.children.values():
            session.get_one(Child, child.id).born = date(2022, 1, 1)
        session.get_one(Child, people.children["Noor"].id).born = date(2024, 11, 24)
    assert await run_job("chase_two_year_checks", MONDAY) == 0
    two = MONDAY + timedelta(days=1)
    assert [await run_job("chase_two_year_checks", two) for _ in range(2)] == [3, 0]
    assert _tasks(engine) == ["check at two is due"]
    assert sorted(_sent(engine, people)) == [("two_year_view", "Amina"), ("two_year_view", "Farah")]
    half = datetime(2027, 5, 24, 9, 0, tzinfo=UTC)
    assert [await run_job("chase_two_year_checks", half) for _ in range(2)] == [1, 0]
    assert _tasks(engine)[1:] == ["check at two is still due"]
    with transaction(engine) as session:
        how = f"coatpeg two-year show {people.children['Noor'].id}"
        assert [task.about for task in open_tasks(session)] == [how] * 2
        two_year.ready(session, session.get_one(Child, people.children["Noor"].id), people.staff["Grace"], half)
    assert [await run_job("chase_two_year_checks", half) for _ in range(2)] == [4, 0]
    assert set(_sent(engine, people)[2:]) == {
        (conversation, who) for conversation in ("two_year_ready", "consent_asked") for who in ("Amina", "Farah")
    }
    with transaction(engine) as session:
        two_year.finish(session, session.get_one(Child, people.children["Noor"].id), people.staff["Grace"], half)
    assert await run_job("chase_two_year_checks", half + timedelta(days=30)) == 0


async def test_of_checks_long_due_only_staff_are_told(engine: Engine, people: People, run_job: RunJob) -> None:
    """Mara is 26 months old when the setting begins with this: her family may have had the check long ago."""
    assert await run_job("chase_two_year_checks", MONDAY) == 1
    assert (_tasks(engine), _sent(engine, people)) == (["check at two is due"], [])


async def test_a_target_is_told_and_asked_after(engine: Engine, people: People, run_job: RunJob) -> None:
    with transaction(engine) as session:
        targets.set_target(session, people.children["Zosia"], "Zosia pours.", people.staff["Grace"], MONDAY)
    assert [await run_job("send_targets", MONDAY) for _ in range(2)] == [1, 0]
    assert await run_job("send_targets", MONDAY + timedelta(days=13)) == 0
    assert [await run_job("send_targets", MONDAY + timedelta(days=14)) for _ in range(2)] == [1, 0]
    assert _sent(engine, people) == [("target_set", "Piotr"), ("target_asked", "Piotr")]
