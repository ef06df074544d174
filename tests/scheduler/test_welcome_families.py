"""The first weeks of a family: one small step at a time, each once, none while it would be unwelcome."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import Engine, select, update
from sqlmodel import select as orm_select

from bot.database import reading
from bot.outbox import TABLE
from nursery.agreements import Signature, agreement
from nursery.beginnings import DAYS, Beginning
from nursery.consents import Consent, Purpose
from nursery.guardians import Guardian, Guardianship, Topic
from nursery.people import Child
from tests.cast import MONDAY, People, contact_of
from tests.joining import join
from tests.scheduler.conftest import RunJob
from tests.talking import Player

STEPS = [
    "beginning:settings",
    "beginning:key_person",
    "beginning:sign",
    "beginning:consent",
    "beginning:about",
    "beginning:finding",
]


async def _weeks(play: Player, run_job: RunJob, days: int) -> list[tuple[str, str, int]]:
    """Who was sent what and how many days after the beginning, looking several times a day."""
    told = []
    for ahead in range(days):
        for hours in (0, 1, 10):
            play.clock.now = MONDAY + timedelta(days=ahead, hours=hours)
            await run_job("welcome_families", play.clock.now)
            told += [
                (one.who, one.key.split(":guardian")[0], ahead) for one in play.deliver() if "beginning" in one.key
            ]
    return told


async def test_one_small_thing_at_a_time(play: Player, people: People, run_job: RunJob) -> None:
    join(play, "Amina")
    told = await _weeks(play, run_job, 30)
    assert told == [("Amina", step, day) for step, day in zip(STEPS, DAYS.values(), strict=True)]
    with play.session() as session:
        assert session.exec(orm_select(Beginning)).one().ended_on is not None


@pytest.mark.parametrize("topic", [Topic.LEARNING, Topic.NOTICES])
async def test_who_may_not_hear_of_the_childs_day_is_asked_how_to_be_written_to_and_no_more(
    play: Player, people: People, run_job: RunJob, topic: Topic
) -> None:
    with play.session() as session:
        tie = orm_select(Guardianship).where(Guardianship.guardian_id == people.guardians["Farah"].id)
        session.exec(tie).one().may_receive = int(topic)
    join(play, "Farah")
    told = await _weeks(play, run_job, 20)
    assert [step for _, step, _ in told] == ["beginning:settings", "beginning:finding"]


async def test_for_who_joined_before_nothing_starts(play: Player, people: People, run_job: RunJob) -> None:
    play.say("Amina", "hello")
    assert await _weeks(play, run_job, 20) == []


async def test_a_second_address_begins_nothing_anew(play: Player, people: People, run_job: RunJob) -> None:
    with play.session() as session:
        contact_of(session, "Amina", "sms", greeted=False)
    play.channel = "sms"
    play.say("Amina", "hello")
    assert await _weeks(play, run_job, 20) == []


async def test_what_is_done_already_is_left_out(play: Player, people: People, run_job: RunJob) -> None:
    amina, noor = people.guardians["Amina"].id or 0, people.children["Noor"].id or 0
    join(play, "Amina", "Piotr")
    for words in ("SETTINGS", "skip", "skip", "Any time", "skip", "skip"):
        play.say("Amina", words)
    with play.session() as session:
        signed: dict[str, Any] = {
            "version": agreement().version,
            "name": "A",
            "language": "en_GB",
            "text": "",
            "signed_at": MONDAY,
        }
        session.add(Signature(setting_id=1, guardian_id=amina, **signed))
        for purpose in Purpose:
            given: dict[str, Any] = {"wording": 1, "text": "", "language": "en_GB", "given": False, "given_at": MONDAY}
            day = MONDAY.date() + timedelta(days=365)
            session.add(Consent(child_id=noor, guardian_id=amina, purpose=purpose, expires_on=day, **given))
        session.connection().execute(update(Child).values(key_person_id=None))
    for words in ("ABOUT", "Water", "later"):
        play.say("Amina", words)
    told = await _weeks(play, run_job, 30)
    assert [step for who, step, _ in told if who == "Amina"] == ["beginning:finding"]
    assert "beginning:sign" in [step for who, step, _ in told if who == "Piotr"]


@pytest.mark.parametrize("how", ["pause", "stop", "unconfirmed", "left"])
async def test_none_while_it_would_be_unwelcome_and_then_it_goes_on(
    play: Player, people: People, run_job: RunJob, how: str
) -> None:
    join(play, "Amina")
    if how == "pause":
        play.say("Amina", "PAUSE")
        play.say("Amina", "2")
    elif how == "stop":
        play.say("Amina", "STOP")
    elif how == "left":
        with play.session() as session:
            session.connection().execute(update(Guardian).values(left_on=MONDAY.date()))
    else:
        with play.session() as session:
            session.connection().exec_driver_sql("UPDATE guardianship SET confirmed_at = NULL")
    assert await _weeks(play, run_job, 14) == []
    with play.session() as session:
        if how == "unconfirmed":
            session.connection().exec_driver_sql("UPDATE guardianship SET confirmed_at = '2026-11-23 09:00:00'")
    if how == "stop":
        play.say("Amina", "START")
    days = [day for _, _, day in await _weeks(play, run_job, 40)]
    assert len(days) == (0 if how == "left" else 6)
    assert all(second > first for first, second in pairwise(days))


async def test_the_next_waits_until_the_last_has_gone(engine: Engine, play: Player, run_job: RunJob) -> None:
    join(play, "Amina")
    for ahead in range(1, 9):
        await run_job("welcome_families", MONDAY + timedelta(days=ahead))
    with reading(engine) as session:
        keys = session.connection().execute(select(TABLE.c.key).where(TABLE.c.key.startswith("beginning"))).all()
    assert len(keys) == 1


async def test_what_the_lead_holds_waits_and_does_not_pile_up(play: Player, run_job: RunJob) -> None:
    join(play, "Amina")
    with play.session() as session:
        session.connection().execute(update(Guardian).values(sends_held=True))
    assert await _weeks(play, run_job, 30) == []
    with play.session() as session:
        keys = session.connection().execute(select(TABLE.c.key).where(TABLE.c.key.startswith("beginning"))).all()
    assert len(keys) == 1


async def test_none_in_quiet_hours_and_none_twice(engine: Engine, play: Player, run_job: RunJob) -> None:
    join(play, "Amina")
    assert await run_job("welcome_families", MONDAY + timedelta(days=1, hours=11)) == 0
    assert [await run_job("welcome_families", MONDAY + timedelta(days=2)) for _ in range(2)] == [1, 0]


async def test_after_three_months_it_is_no_beginning_any_more(play: Player, people: People, run_job: RunJob) -> None:
    join(play, "Amina")
    play.say("Amina", "STOP")
    play.clock.pass_(days=91)
    await run_job("welcome_families", play.clock.now)
    play.say("Amina", "START")
    assert await run_job("welcome_families", play.clock.now + timedelta(days=2)) == 0


@pytest.mark.parametrize("who", ["Piotr", "Ioana", "Samira", "Farah"])
async def test_in_every_language(play: Player, people: People, run_job: RunJob, who: str) -> None:
    join(play, who)
    told = []
    for ahead in range(20):
        play.clock.now = MONDAY + timedelta(days=ahead)
        await run_job("welcome_families", play.clock.now)
        told += play.deliver()
    assert [one.key.split(":guardian")[0] for one in told] == STEPS
    assert {one.language for one in told} == {people.guardians[who].language}
    assert [len(one.choices) for one in told] == [2, 0, 3, 2, 2, 4]
