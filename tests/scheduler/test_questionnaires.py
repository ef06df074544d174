"""Questionnaires: the invitation once, one reminder to those who have not finished, and no traces."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlmodel import select as orm_select

from bot.database import reading, transaction
from bot.outbox import TABLE
from nursery import questionnaires, results
from nursery.forms import read_form
from nursery.inbox import InboundMessage
from nursery.questionnaires import Questionnaire
from nursery.recipients import Audience
from tests.cast import MONDAY, People
from tests.scheduler.conftest import RunJob
from tests.talking import Player

CLOSES = MONDAY + timedelta(days=10)
FORM = 'title = "lunch"\n[[question]]\ntext = "Good?"\nkind = "scale"\n[[question]]\ntext = "More?"\nkind = "free"'


def _open(engine: Engine, people: People, days: int = 10) -> Questionnaire:
    with transaction(engine) as session:
        audience, closes = Audience(people.setting.id or 0), MONDAY + timedelta(days=days)
        return questionnaires.open_questionnaire(session, audience, read_form(FORM), MONDAY, closes)


async def test_opened_to_all_once(engine: Engine, people: People, run_job: RunJob) -> None:
    _open(engine, people)
    assert await run_job("open_questionnaires", MONDAY - timedelta(minutes=1)) == 0
    assert [await run_job("open_questionnaires", MONDAY) for _ in range(2)] == [5, 0]
    assert await run_job("open_questionnaires", CLOSES) == 0


async def test_one_reminder_to_those_who_have_not_finished(engine: Engine, people: People, run_job: RunJob) -> None:
    survey = _open(engine, people)
    with transaction(engine) as session:
        questionnaires.finish(session, survey, people.guardians["Amina"].id or 0, {"q1": ["5"]})
        questionnaires.decline(session, survey, people.guardians["Piotr"].id or 0)
    assert await run_job("remind_questionnaires", CLOSES - timedelta(days=3, minutes=1)) == 0
    assert [await run_job("remind_questionnaires", CLOSES - timedelta(days=3)) for _ in range(2)] == [3, 0]
    with reading(engine) as session:
        told = set(session.connection().execute(select(TABLE.c.guardian_id)).scalars())
    assert told.isdisjoint({people.guardians["Amina"].id, people.guardians["Piotr"].id})


async def test_a_short_one_is_not_reminded_of(engine: Engine, people: People, run_job: RunJob) -> None:
    _open(engine, people, days=2)
    assert await run_job("remind_questionnaires", MONDAY + timedelta(days=1)) == 0


async def test_half_answered_and_left_its_messages_are_forgotten(
    play: Player, engine: Engine, people: People, run_job: RunJob
) -> None:
    _open(engine, people)
    play.say("Amina", "SURVEY")
    play.say("Amina", "5")
    await run_job("forget_conversations", MONDAY + timedelta(days=13))
    with reading(engine) as session:
        assert {message.text for message in session.exec(orm_select(InboundMessage))} == {"SURVEY", "5"}
    await run_job("forget_conversations", MONDAY + timedelta(days=14))
    with reading(engine) as session:
        assert {message.text for message in session.exec(orm_select(InboundMessage))} == {"SURVEY", ""}


async def test_what_was_learned_is_told_to_all_who_were_asked(
    play: Player, engine: Engine, people: People, run_job: RunJob
) -> None:
    survey = _open(engine, people)
    after = CLOSES + timedelta(hours=1)
    with transaction(engine) as session:
        questionnaires.finish(session, survey, people.guardians["Amina"].id or 0, {"q1": ["5"]})
        questionnaires.decline(session, survey, people.guardians["Piotr"].id or 0)
        kept = session.get_one(Questionnaire, survey.id)
        with pytest.raises(results.TellingRefused, match="still open"):
            results.tell_back(session, kept, "Soup on Fridays.", MONDAY)
        results.tell_back(session, kept, "Soup on Fridays.", after)
    assert [await run_job("tell_results", after) for _ in range(2)] == [4, 0]
    play.clock.now = after
    told = {one.who: one for one in play.deliver()}
    assert set(told) == set(people.guardians) - {"Piotr"}
    assert told["Amina"].text == "You told us about this: lunch. This is what we do now: Soup on Fridays."
    assert {who for who, one in told.items() if one.language != "en_GB"} == set(told) - {"Amina"}
