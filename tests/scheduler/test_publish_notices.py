"""Publishing: everyone of the audience, once, and nothing lost by breaking off."""

from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import Engine, Insert, select, update
from sqlmodel import SQLModel

from bot.database import reading, transaction
from bot.outbox import TABLE, Priority
from bot.writer import Writer
from nursery import notices
from nursery.contacts import Contact
from nursery.guardians import Guardian, Guardianship
from nursery.notices import Notice
from nursery.recipients import Audience
from nursery.tasks import open_tasks
from scheduler import publish_notices
from tests.cast import MONDAY, People
from tests.scheduler.conftest import RunJob
from tests.talking import Player


def _draft(engine: Engine, audience: Audience, **fields: object) -> int:
    with transaction(engine) as session:
        fields = {"text": "The gate sticks.", "publish_at": MONDAY, "now": MONDAY} | fields
        return notices.draft(session, audience, **fields).id or 0  # type: ignore[arg-type]


def _told(engine: Engine) -> set[int]:
    with reading(engine) as session:
        return set(session.connection().execute(select(TABLE.c.guardian_id)).scalars())


async def test_the_whole_setting(engine: Engine, people: People, run_job: RunJob) -> None:
    number = _draft(engine, Audience(people.setting.id or 0))
    assert await run_job("publish_notices", MONDAY) == 5
    with reading(engine) as session:
        assert session.get_one(Notice, number).published_at == MONDAY
        rows = session.connection().execute(select(TABLE)).all()
    assert {row.key for row in rows} == {
        f"notice:{number}:guardian:{guardian.id}" for guardian in people.guardians.values()
    }
    assert {(row.conversation, row.priority, row.child_id) for row in rows} == {("notice", Priority.NOTICE, None)}


async def test_a_room_or_a_child(engine: Engine, people: People, run_job: RunJob) -> None:
    setting, ids = people.setting.id or 0, {name: guardian.id for name, guardian in people.guardians.items()}
    _draft(engine, Audience(setting, room_id=people.rooms["Caterpillars"].id))
    await run_job("publish_notices", MONDAY)
    assert _told(engine) == {ids["Piotr"], ids["Ioana"]}
    _draft(engine, Audience(setting, child_id=people.children["Noor"].id))
    assert await run_job("publish_notices", MONDAY) == 2
    assert _told(engine) == {ids["Piotr"], ids["Ioana"], ids["Amina"], ids["Farah"]}


async def test_not_before_its_time_and_not_once_withdrawn(engine: Engine, people: People, run_job: RunJob) -> None:
    number = _draft(engine, Audience(people.setting.id or 0), publish_at=MONDAY + timedelta(seconds=60))
    assert await run_job("publish_notices", MONDAY + timedelta(seconds=59)) == 0
    with transaction(engine) as session:
        notices.withdraw(session, session.get_one(Notice, number), MONDAY)
    assert await run_job("publish_notices", MONDAY + timedelta(seconds=61)) == 0


async def test_not_to_a_parent_under_a_contact_limit_nor_to_one_who_said_stop(
    engine: Engine, people: People, run_job: RunJob
) -> None:
    with transaction(engine) as session:
        farah, piotr = people.guardians["Farah"].id, people.guardians["Piotr"].id
        limit = update(Guardianship).where(Guardianship.guardian_id == farah)  # type: ignore[arg-type]
        session.connection().execute(limit.values(restricted_from=date(2026, 1, 1)))
        stop = update(Contact).where(Contact.guardian_id == piotr)  # type: ignore[arg-type]
        session.connection().execute(stop.values(state="stopped"))
        session.add(Contact(channel="telegram", address="70002", guardian_id=piotr))
    _draft(engine, Audience(people.setting.id or 0))
    assert await run_job("publish_notices", MONDAY) == 3
    assert _told(engine).isdisjoint({farah, piotr})


async def test_broken_off_in_the_middle_it_goes_on(engine: Engine, people: People, writer: Writer) -> None:
    number = _draft(engine, Audience(people.setting.id or 0))
    half = sorted(guardian.id or 0 for guardian in people.guardians.values())[2]
    statement, _ = publish_notices._plan(engine, number, MONDAY)
    chunk = partial(publish_notices._publish_chunk, notice_id=number, statement=statement, after=0, upto=half)
    assert await writer.do(chunk) == 3
    assert await publish_notices.run(writer, MONDAY) == 2
    assert len(_told(engine)) == 5


async def test_an_urgent_one_of_a_day_goes_at_night_and_not_after_that_day(
    play: Player, engine: Engine, people: People, run_job: RunJob
) -> None:
    play.clock.pass_(hours=12)  # nine in the evening
    audience = Audience(people.setting.id or 0, child_id=people.children["Yusuf"].id)
    slots = {"day": "2026-11-23", "time": "21:30"}
    _draft(engine, audience, text="", template="closing-early", slots=slots)
    await run_job("publish_notices", play.clock.now)
    assert [heard.who for heard in play.deliver()] == ["Samira"]
    _draft(engine, audience, text="", template="closing-early", slots=slots)
    await run_job("publish_notices", play.clock.now)
    play.clock.pass_(hours=3)
    assert play.deliver() == []


@pytest.mark.parametrize("count", [4000])
async def test_a_large_fan_out_goes_in_chunks(engine: Engine, people: People, writer: Writer, count: int) -> None:
    with transaction(engine) as session:
        run = session.connection()
        run.execute(
            _rows("guardian"), [{"id": 100 + n, "name": "G", "language": "pl", "channel": "sms"} for n in range(count)]
        )
        run.execute(_rows("contact"), [_contact(n) for n in range(count)])
        run.execute(_rows("guardianship"), [_tie(n, people.children["Noor"].id or 0) for n in range(count)])
    _draft(engine, Audience(people.setting.id or 0))
    assert await publish_notices.run(writer, MONDAY) == count + 5


def _rows(table: str) -> Insert:
    return SQLModel.metadata.tables[table].insert()


def _contact(number: int) -> dict[str, object]:
    return {"channel": "sms", "address": f"+4477009{number:05}x", "guardian_id": 100 + number}


def _tie(number: int, child_id: int) -> dict[str, object]:
    return {"guardian_id": 100 + number, "child_id": child_id, "may_receive": 1, "confirmed_at": MONDAY}


@pytest.mark.parametrize("word", ["STOP", "PAUSE", "TOPICS"])
@pytest.mark.parametrize("who", ["Amina", "Piotr", "Samira"])
async def test_what_is_urgent_a_person_tells_whoever_asked_for_silence(
    engine: Engine, people: People, on_both: Player, run_job: RunJob, who: str, word: str
) -> None:
    """As each of them was told: "If it is urgent, staff will ring you." """
    for said in (word,) if word == "STOP" else (word, "1"):
        on_both.say(who, said)
    _draft(engine, Audience(people.setting.id or 0))
    number = _draft(engine, Audience(people.setting.id or 0), text="We are closed today.", urgent=True)
    for _ in range(2):
        await run_job("publish_notices", MONDAY)
    guardian_id = people.guardians[who].id
    with reading(engine) as session:
        assert (
            session.connection()
            .execute(select(TABLE.c.id).where(TABLE.c.key == f"notice:{number}:guardian:{guardian_id}"))
            .all()
            == []
        )
        tasks = [(one.kind, one.guardian_id, one.about, one.urgent) for one in open_tasks(session)]
    assert tasks == [("call or doorstep", guardian_id, f"notice {number}", True)]


async def test_nobody_is_rung_about_a_child_they_may_not_be_told_of(
    engine: Engine, people: People, play: Player, run_job: RunJob
) -> None:
    with transaction(engine) as session:
        session.connection().execute(
            update(Guardianship).where(Guardianship.guardian_id == people.guardians["Farah"].id).values(may_receive=0)  # type: ignore[arg-type]
        )
        session.connection().execute(
            update(Guardian).where(Guardian.name == "Piotr").values(sends_held=True)  # type: ignore[arg-type]
        )
    for who in ("Farah", "Piotr"):
        play.say(who, "STOP")
    _draft(engine, Audience(people.setting.id or 0), urgent=True)
    await run_job("publish_notices", MONDAY)
    with reading(engine) as session:
        assert open_tasks(session) == []
