"""Once a term each guardian is asked whether the way we write to them is still right."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.database import reading, transaction
from nursery.beginnings import Beginning
from nursery.guardians import ANY_TOPIC, Guardian, Guardianship, Topic
from nursery.people import Child
from nursery.preferences import prefer
from nursery.settings import Setting
from nursery.terms import TermAnswer, note_answer
from tests.cast import People
from tests.scheduler.conftest import RunJob
from tests.talking import Player

JANUARY = datetime(2027, 1, 19, 10, tzinfo=UTC)
ASKED = """
    Coatpeg to Amina: Is this still right? We write in English, by Telegram. Ideas: Three a week. Time of day: Any time.
      1 It is right
      2 Change it
"""


async def _ask(play: Player, run_job: RunJob, *, only: str = "Amina") -> None:
    with play.session() as session:
        for guardian in session.exec(select(Guardian).where(Guardian.name != only)):
            guardian.paused_until = date(2027, 3, 1)
            session.add(guardian)
    play.clock.now = JANUARY
    assert await run_job("ask_preferences", JANUARY) == 1


async def test_each_is_asked_once_a_term(engine: Engine, play: Player, people: People, run_job: RunJob) -> None:
    assert await run_job("ask_preferences", JANUARY - timedelta(days=1)) == 0
    assert [await run_job("ask_preferences", JANUARY + timedelta(days=ahead)) for ahead in (0, 0, 3)] == [5, 0, 0]
    assert await run_job("ask_preferences", datetime(2027, 4, 27, 10, tzinfo=UTC)) == 5


@pytest.mark.parametrize(("topic", "count"), [(Topic.LEARNING, 1), (Topic.NOTICES, 1), (Topic.SURVEYS, 0)])
async def test_who_may_be_told_less_than_of_the_childs_day_is_asked_too(
    play: Player, people: People, run_job: RunJob, topic: Topic, count: int
) -> None:
    with play.session() as session:
        for guardian in session.exec(select(Guardian).where(Guardian.name != "Farah")):
            guardian.paused_until = date(2027, 3, 1)
        tie = select(Guardianship).where(Guardianship.guardian_id == people.guardians["Farah"].id)
        session.exec(tie).one().may_receive = int(topic)
    play.clock.now = JANUARY
    assert [await run_job("ask_preferences", JANUARY) for _ in range(2)] == [count, 0]
    assert [one.who for one in play.deliver()] == ["Farah"] * count


async def test_it_is_right(play: Player, people: People, run_job: RunJob) -> None:
    await _ask(play, run_job)
    play(f"""
        {ASKED}
        Amina: [tap 1]
        Coatpeg: Thank you. To change it at any time, text SETTINGS.
    """)
    with play.session() as session:
        kept = session.exec(select(TermAnswer)).one()
        assert (kept.term, kept.answer, kept.at) == ("2027-01", "right", JANUARY)


async def test_it_is_changed(play: Player, people: People, run_job: RunJob) -> None:
    await _ask(play, run_job)
    play(f"""
        {ASKED}
        Amina: change it
        Coatpeg: We write to you in English. Which language is best for you?
          ...
    """)
    with play.session() as session:
        assert session.exec(select(TermAnswer)).one().answer == "change"


async def test_it_says_what_they_chose_in_their_language(play: Player, people: People, run_job: RunJob) -> None:
    with play.session() as session:
        prefer(session, people.guardians["Piotr"].id or 0, hour="evening")
    await _ask(play, run_job, only="Piotr")
    assert play.deliver() == [], "it waits for the evening"
    play.clock.now = JANUARY.replace(hour=18)
    with play.session() as session:
        session.connection().exec_driver_sql("UPDATE outbox_message SET state = 'due'")
    [heard] = play.deliver()
    assert heard.language == "pl"
    assert "Polski" in heard.text
    assert "SMS" in heard.text
    assert len(play.say("Piotr", "1")) == 1


@pytest.mark.parametrize("who", ["Piotr", "Ioana", "Samira", "Farah"])
@pytest.mark.parametrize("tap", [1, 2])
async def test_in_every_language(play: Player, people: People, run_job: RunJob, who: str, tap: int) -> None:
    await _ask(play, run_job, only=who)
    [asked] = play.deliver()
    assert asked.language == people.guardians[who].language
    said = play.say(who, str(tap))
    assert said[-1].language == asked.language
    assert bool(said[-1].choices) is (tap == 2)
    with play.session() as session:
        assert session.exec(select(TermAnswer)).one().answer == ("right" if tap == 1 else "change")


async def test_answered_meanwhile_it_is_not_asked(play: Player, people: People, run_job: RunJob) -> None:
    with play.session() as session:
        note_answer(session, people.guardians["Amina"].id or 0, "2027-01", "right", JANUARY)
    await _ask(play, run_job)
    assert play.deliver() == []


async def test_not_in_the_first_weeks(play: Player, people: People, run_job: RunJob) -> None:
    with play.session() as session:
        first = Beginning(
            guardian_id=people.guardians["Amina"].id or 0,
            setting_id=1,
            began_on=date(2027, 1, 10),
            next_on=date(2027, 1, 20),
        )
        session.add(first)
    assert await run_job("ask_preferences", JANUARY) == 4


async def test_not_those_who_never_wrote(engine: Engine, people: People, run_job: RunJob) -> None:
    with transaction(engine) as session:
        session.connection().exec_driver_sql("UPDATE contact SET greeted_at = NULL WHERE channel = 'sms'")
    assert await run_job("ask_preferences", JANUARY) == 3


async def test_with_children_in_two_settings_asked_once(engine: Engine, people: People, run_job: RunJob) -> None:
    with transaction(engine) as session:
        other = Setting(name="Sunny Side", phone="01632 960124")
        session.add(other)
        session.flush()
        child = Child(setting_id=other.id or 0, name="Adam Khan", born=date(2024, 1, 1))
        session.add(child)
        session.flush()
        tie = Guardianship(guardian_id=people.guardians["Amina"].id or 0, child_id=child.id or 0)
        tie.may_receive, tie.confirmed_at = int(ANY_TOPIC), JANUARY
        session.add(tie)
    assert [await run_job("ask_preferences", JANUARY) for _ in range(2)] == [5, 0]
    with reading(engine) as session:
        assert session.exec(select(TermAnswer)).all() == []
