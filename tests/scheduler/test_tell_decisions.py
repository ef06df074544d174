"""Decisions told to those who suggested, once, and anew when they are taken for something else."""

from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import select

from bot.database import transaction
from nursery import suggestions
from nursery.contacts import Contact
from nursery.suggestions import Decision, Said, Suggestion
from nursery.tasks import open_tasks
from tests.cast import MONDAY, People
from tests.scheduler.conftest import RunJob
from tests.talking import Player


def _decided(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        kept = suggestions.suggest(session, people.setting, people.guardians["Amina"], Said("More songs"), MONDAY)
        suggestions.decide(session, kept, Decision.YES, "From Monday.", people.staff["Helen"], MONDAY)


async def test_once_to_who_suggested_it(play: Player, engine: Engine, people: People, run_job: RunJob) -> None:
    _decided(engine, people)
    assert [await run_job("tell_decisions", MONDAY) for _ in range(2)] == [1, 0]
    assert [(heard.who, heard.text.splitlines()[-1]) for heard in play.deliver()] == [
        ("Amina", "We are doing it: From Monday.")
    ]


async def test_taken_for_a_complaint_it_is_told_anew(
    play: Player, engine: Engine, people: People, run_job: RunJob
) -> None:
    _decided(engine, people)
    await run_job("tell_decisions", MONDAY)
    play.deliver()
    with transaction(engine) as session:
        suggestions.to_complaint(session, session.exec(select(Suggestion)).one(), people.staff["Helen"], MONDAY)
    assert await run_job("tell_decisions", MONDAY) == 1
    assert "as a complaint: C-1043" in play.deliver()[0].text


async def test_out_of_reach_a_person_tells_it(engine: Engine, people: People, run_job: RunJob) -> None:
    _decided(engine, people)
    with transaction(engine) as session:
        for contact in session.exec(select(Contact).where(Contact.guardian_id == people.guardians["Amina"].id)):
            session.delete(contact)
    assert [await run_job("tell_decisions", MONDAY + timedelta(hours=1)) for _ in range(2)] == [1, 0]
    with transaction(engine) as session:
        assert "decision not sent" in [task.kind for task in open_tasks(session)]
