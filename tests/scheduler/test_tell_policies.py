"""Changed policies are told once to each guardian who has notices; signed agreements are copied once."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from bot.database import reading, transaction
from bot.outbox import TABLE
from nursery import agreements, policies
from nursery.contacts import contacts_of, stop
from nursery.guardians import Guardian, Topic
from nursery.tasks import open_tasks
from tests.cast import MONDAY, People
from tests.scheduler.conftest import RunJob
from tests.talking import Player


def _publish(engine: Engine, people: People, note: str = "Fees go up in January.") -> None:
    with transaction(engine) as session:
        policies.publish(session, people.setting, "fees", note, MONDAY)


async def test_each_guardian_is_told_once(engine: Engine, people: People, run_job: RunJob, play: Player) -> None:
    _publish(engine, people)
    with transaction(engine) as session:
        samira = session.get_one(Guardian, people.guardians["Samira"].id)
        samira.stopped_topics = int(Topic.NOTICES)
        session.add(samira)
    assert [await run_job("tell_policies", MONDAY) for _ in range(2)] == [4, 0]
    heard = {one.who: one for one in play.deliver()}
    assert sorted(heard) == ["Amina", "Farah", "Ioana", "Piotr"]
    assert "Fees go up in January." in heard["Amina"].text
    assert len(heard["Piotr"].choices) == 2


@pytest.mark.parametrize("who", ["Amina", "Piotr"])
async def test_what_has_changed_again_is_said_no_more(
    engine: Engine, people: People, run_job: RunJob, play: Player, who: str
) -> None:
    """It was asked again after the new one, with what held no more: "Fees go up in January"."""
    _publish(engine, people)
    await run_job("tell_policies", MONDAY)
    play.deliver()
    _publish(engine, people, "Fees stay as they are.")
    again = [one.text for one in play.say(who, "WHO") if one.choices]
    assert ["Fees stay as they are." in text for text in again] == [True]
    play.clock.pass_(minutes=6)
    await run_job("tell_policies", play.clock.now)
    assert len([one for one in play.deliver() if one.who == who]) == 1
    [told] = play.say(who, "2")
    assert not told.choices


async def test_one_that_has_lain_for_long_is_not_told(engine: Engine, people: People, run_job: RunJob) -> None:
    _publish(engine, people)
    assert await run_job("tell_policies", MONDAY + timedelta(days=15)) == 0


async def test_the_silent_are_asked_once_more(engine: Engine, people: People, run_job: RunJob, play: Player) -> None:
    _publish(engine, people)
    await run_job("tell_policies", MONDAY)
    play.deliver()
    for words in ("1", "1", "Amina Khan"):
        play.say("Amina", words)
    play.say("Piotr", "2")
    assert await run_job("remind_policies", MONDAY + timedelta(days=6)) == 0
    play.clock.pass_(days=7)
    assert [await run_job("remind_policies", play.clock.now) for _ in range(2)] == [4, 0]
    assert sorted(one.who for one in play.deliver()) == ["Farah", "Ioana", "Piotr", "Samira"]


def _signed(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        signed = agreements.sign(session, people.setting, people.guardians["Amina"], "Amina Khan", "We.\n\nI.", MONDAY)
        agreements.sign(session, people.setting, people.guardians["Piotr"], "Piotr", "We.\n\nI.", MONDAY)
        agreements.countersign(session, signed, people.staff["Grace"], MONDAY)


async def test_a_copy_goes_once_to_its_signer(engine: Engine, people: People, run_job: RunJob, play: Player) -> None:
    _signed(engine, people)
    assert [await run_job("send_agreements", MONDAY) for _ in range(2)] == [1, 0]
    assert [one.who for one in play.deliver()] == ["Amina"]


async def test_a_copy_that_cannot_be_sent_is_given_by_hand(engine: Engine, people: People, run_job: RunJob) -> None:
    _signed(engine, people)
    with transaction(engine) as session:
        for contact in contacts_of(session, people.guardians["Amina"].id or 0):
            stop(session, contact)
    assert await run_job("send_agreements", MONDAY) == 1
    with reading(engine) as session:
        assert session.connection().execute(select(TABLE)).all() == []
        assert open_tasks(session)[0].kind == "copy of the agreement to give"


def test_it_is_countersigned_once_and_by_its_own_setting(engine: Engine, people: People) -> None:
    _signed(engine, people)
    with transaction(engine) as session:
        waiting = agreements.to_countersign(session, people.setting.id or 0)
        assert [one.name for one in waiting] == ["Piotr"]
        grace = people.staff["Grace"]
        agreements.countersign(session, waiting[0], grace, MONDAY)
        with pytest.raises(agreements.SignatureRefused, match="already"):
            agreements.countersign(session, waiting[0], grace, MONDAY)
