"""What staff are chased for, and the answers that go out."""

from datetime import timedelta

from sqlalchemy import Engine, update
from sqlmodel import select

from bot.database import transaction
from nursery import complaints, queries
from nursery.complaints import Grievance
from nursery.contacts import Contact
from nursery.queries import Query
from nursery.tasks import Task
from tests.cast import MONDAY, People
from tests.scheduler.conftest import RunJob
from tests.talking import Player


def _kinds(engine: Engine) -> list[str]:
    with transaction(engine) as session:
        return [task.kind for task in session.exec(select(Task).order_by("id"))]


async def test_a_complaint_is_chased_before_and_after_its_day(engine: Engine, people: People, run_job: RunJob) -> None:
    with transaction(engine) as session:
        complaints.lodge(session, people.setting, people.guardians["Amina"], Grievance("The gate"), MONDAY)
    counts = [await run_job("chase_complaints", MONDAY + timedelta(days=days)) for days in (1, 27, 28, 29, 30)]
    assert counts == [0, 1, 0, 1, 0]
    assert _kinds(engine) == ["complaint", "complaint due soon", "complaint overdue"]


async def test_one_about_the_manager_is_not_the_managers(engine: Engine, people: People, run_job: RunJob) -> None:
    with transaction(engine) as session:
        about = Grievance("Helen", about_manager=True)
        complaints.lodge(session, people.setting, people.guardians["Amina"], about, MONDAY)
    await run_job("chase_complaints", MONDAY + timedelta(days=29))
    with transaction(engine) as session:
        tasks = session.exec(select(Task)).all()
    assert all(task.kind.startswith("complaint about the manager") for task in tasks)
    assert all(task.staff_id != people.staff["Helen"].id for task in tasks)


def _ask(engine: Engine, people: People) -> Query:
    with transaction(engine) as session:
        amina, noor = people.guardians["Amina"], people.children["Noor"]
        return queries.open_query(session, people.setting, amina, noor, "When is lunch?", None, MONDAY)


async def test_a_query_is_chased_once_each_time_it_is_late(engine: Engine, people: People, run_job: RunJob) -> None:
    query = _ask(engine, people)
    assert [await run_job("chase_queries", MONDAY + timedelta(days=days)) for days in (2, 3, 4)] == [0, 1, 0]
    with transaction(engine) as session:
        queries.reopen(session, session.get_one(Query, query.id), "And tea?", None, MONDAY + timedelta(days=4))
    assert [await run_job("chase_queries", MONDAY + timedelta(days=days)) for days in (7, 9)] == [0, 1]


def _reply(engine: Engine, people: People, query: Query, play: Player) -> None:
    with transaction(engine) as session:
        queries.answer(session, session.get_one(Query, query.id), "At noon.", people.staff["Grace"], play.clock.now)


async def test_an_answer_is_sent_once(play: Player, engine: Engine, people: People, run_job: RunJob) -> None:
    query = _ask(engine, people)
    _reply(engine, people, query, play)
    assert [await run_job("send_query_answers", play.clock.now) for _ in range(2)] == [1, 0]
    heard = play.deliver()
    assert [one.who for one in heard] == ["Amina"]
    assert "At noon." in heard[0].text


async def test_a_second_answer_is_sent_too(play: Player, engine: Engine, people: People, run_job: RunJob) -> None:
    query = _ask(engine, people)
    for _ in range(2):
        _reply(engine, people, query, play)
        assert await run_job("send_query_answers", play.clock.now) == 1


async def test_one_given_at_night_waits_for_the_morning(
    play: Player, engine: Engine, people: People, run_job: RunJob
) -> None:
    query = _ask(engine, people)
    play.clock.pass_(hours=13)
    _reply(engine, people, query, play)
    await run_job("send_query_answers", play.clock.now)
    assert play.deliver() == []
    play.clock.pass_(hours=11)
    assert len(play.deliver()) == 1


async def test_out_of_reach_somebody_rings(play: Player, engine: Engine, people: People, run_job: RunJob) -> None:
    query = _ask(engine, people)
    with transaction(engine) as session:
        session.connection().execute(update(Contact).values(state="closed"))
    _reply(engine, people, query, play)
    assert [await run_job("send_query_answers", play.clock.now) for _ in range(2)] == [1, 0]
    assert "answer not sent" in _kinds(engine)
