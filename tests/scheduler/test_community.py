"""New courses are told to whom they interest, offers are asked for and thanked, and help is asked about: each once."""

from datetime import timedelta

from sqlalchemy import Engine, select

from bot.database import reading, transaction
from bot.outbox import TABLE, Priority
from nursery import courses, interests, offers, signposts
from nursery.contacts import contacts_of, stop
from nursery.courses import Details, Kind
from nursery.guardians import Guardian, Topic
from nursery.interests import Tag
from nursery.offers import Free, Offer, Skill
from nursery.services import Need
from nursery.tasks import open_tasks
from tests.cast import MONDAY, People
from tests.scheduler.conftest import RunJob
from tests.talking import Player


def _course(engine: Engine, people: People, *tags: Tag) -> None:
    with transaction(engine) as session:
        courses.add_course(session, people.setting.id or 0, Details(Kind.WORKSHOP, "Bread", tags), MONDAY)


async def test_a_course_is_told_to_whom_it_interests(
    engine: Engine, people: People, run_job: RunJob, play: Player
) -> None:
    _course(engine, people, Tag.COOKING, Tag.MONEY)
    with transaction(engine) as session:
        for who, tag in (("Amina", Tag.COOKING), ("Piotr", Tag.MONEY), ("Piotr", Tag.COOKING), ("Farah", Tag.MUSIC)):
            interests.note(session, people.guardians[who].id or 0, tag, MONDAY)
            session.flush()
        samira = session.get_one(Guardian, people.guardians["Samira"].id)
        samira.stopped_topics = int(Topic.EVENTS)
        interests.note(session, samira.id or 0, Tag.COOKING, MONDAY)
        session.add(samira)
    assert [await run_job("tell_courses", MONDAY) for _ in range(2)] == [2, 0]
    with reading(engine) as session:
        assert set(session.connection().execute(select(TABLE.c.priority)).scalars()) == {Priority.BULK}
    assert sorted(one.who for one in play.deliver()) == ["Amina", "Piotr"]


async def test_one_without_tags_is_told_to_all(engine: Engine, people: People, run_job: RunJob) -> None:
    _course(engine, people)
    assert [await run_job("tell_courses", MONDAY) for _ in range(2)] == [5, 0]


async def test_one_that_has_lain_for_long_is_not_pushed(engine: Engine, people: People, run_job: RunJob) -> None:
    _course(engine, people)
    assert await run_job("tell_courses", MONDAY + timedelta(days=14)) == 0


async def test_an_offer_is_asked_for_and_thanked_once(
    engine: Engine, people: People, run_job: RunJob, play: Player
) -> None:
    with transaction(engine) as session:
        guardian_id = people.guardians["Piotr"].id or 0
        kept = offers.offer(session, people.setting.id or 0, guardian_id, Skill.REPAIRS, Free.ASK, MONDAY)
        offers.ask_for(session, kept, "Our gate sticks. Could you look at it?", MONDAY)
    assert [await run_job("tell_offers", MONDAY) for _ in range(2)] == [1, 0]
    assert "Our gate sticks." in play.deliver()[0].text
    play.say("Piotr", "1")
    assert await run_job("tell_offers", MONDAY) == 0
    with transaction(engine) as session:
        offers.thank(session, session.get_one(Offer, kept.id), MONDAY)
    assert [await run_job("tell_offers", MONDAY) for _ in range(2)] == [1, 0]
    assert [one.who for one in play.deliver()] == ["Piotr"]


async def test_who_is_out_of_reach_is_spoken_with(engine: Engine, people: People, run_job: RunJob) -> None:
    with transaction(engine) as session:
        guardian_id = people.guardians["Piotr"].id or 0
        kept = offers.offer(session, people.setting.id or 0, guardian_id, Skill.REPAIRS, Free.ASK, MONDAY)
        offers.ask_for(session, kept, "Our gate sticks.", MONDAY)
        for contact in contacts_of(session, guardian_id):
            stop(session, contact)
    assert [await run_job("tell_offers", MONDAY) for _ in range(2)] == [1, 0]
    with reading(engine) as session:
        assert [task.kind for task in open_tasks(session)] == ["offer to talk about"]


async def test_whether_it_helped_is_asked_once_and_never_of_safety(
    engine: Engine, people: People, run_job: RunJob, play: Player
) -> None:
    def ask(who: str, *needs: Need) -> None:
        with transaction(engine) as session:
            for need in needs:
                signposts.note_asked(session, people.setting.id or 0, people.guardians[who].id or 0, need, MONDAY)
                session.flush()

    ask("Amina", Need.FOOD, Need.HOUSING)
    ask("Samira", Need.SAFETY)
    play.clock.pass_(days=14)
    assert await run_job("ask_services", play.clock.now - timedelta(hours=1)) == 0
    assert [await run_job("ask_services", play.clock.now) for _ in range(2)] == [1, 0]
    [heard] = play.deliver()
    assert heard.who == "Amina"
    assert "food" not in heard.text.lower()
    assert await run_job("ask_services", play.clock.now + timedelta(days=14)) == 0
    with reading(engine) as session:
        assert {one.need for one in session.execute(select(signposts.ServiceAsked)).scalars()} == {""}
