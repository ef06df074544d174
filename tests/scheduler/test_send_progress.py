"""Progress snippets: to each guardian of the child who may have them."""

from datetime import timedelta

from sqlalchemy import Engine, select
from sqlmodel import select as orm_select

from bot.database import reading, transaction
from bot.outbox import TABLE
from nursery import observations
from nursery.guardians import Guardianship, Topic
from tests.cast import MONDAY, People
from tests.scheduler.conftest import RunJob
from tests.talking import Player


def _snippet(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        noor, grace = people.children["Noor"], people.staff["Grace"]
        observations.add_snippet(session, noor, "Noor sang.", staff=grace, now=MONDAY)


async def test_to_both_parents_of_that_child_only(engine: Engine, people: People, run_job: RunJob) -> None:
    _snippet(engine, people)
    assert [await run_job("send_progress", MONDAY) for _ in range(2)] == [2, 0]
    with reading(engine) as session:
        rows = session.connection().execute(select(TABLE)).all()
    assert {row.guardian_id for row in rows} == {people.guardians["Amina"].id, people.guardians["Farah"].id}
    assert {row.child_id for row in rows} == {people.children["Noor"].id}


async def test_a_limit_set_after_queueing_holds(play: Player, engine: Engine, people: People, run_job: RunJob) -> None:
    _snippet(engine, people)
    await run_job("send_progress", MONDAY)
    with transaction(engine) as session:
        farah = people.guardians["Farah"].id
        for tie in session.exec(orm_select(Guardianship).where(Guardianship.guardian_id == farah)):
            tie.may_receive = int(Topic.CARE)
            session.add(tie)
    assert [heard.who for heard in play.deliver()] == ["Amina"]


async def test_one_that_has_lain_for_long_is_not_sent(engine: Engine, people: People, run_job: RunJob) -> None:
    _snippet(engine, people)
    assert await run_job("send_progress", MONDAY + timedelta(days=15)) == 0
