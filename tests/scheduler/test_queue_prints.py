"""Notices and policies are made in the form a guardian has asked for, once, for those they are for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.database import reading, transaction
from nursery import notices, policies, preferences, prints
from nursery.guardians import Guardian
from nursery.prints import PrintJob
from nursery.recipients import Audience
from nursery.tasks import open_tasks
from tests.cast import MONDAY, People
from tests.scheduler.conftest import RunJob
from tests.talking import Player

WORDS = "The gate sticks. Please push it hard!"
PLAINER = "Push the gate. It is stiff."


def _prefer(engine: Engine, people: People, **forms: str) -> None:
    with transaction(engine) as session:
        for name, form in forms.items():
            preferences.prefer(session, people.guardians[name].id or 0, form=form)


async def _publish(engine: Engine, run_job: RunJob, **fields: Any) -> None:
    with transaction(engine) as session:
        words: dict[str, Any] = {"text": WORDS, "plainer": PLAINER, "publish_at": MONDAY, "now": MONDAY}
        notices.draft(session, Audience(1, room_id=fields.pop("room_id", None)), **(words | fields))
    await run_job("publish_notices", MONDAY)


def _texts(engine: Engine) -> dict[str, tuple[str, str, str]]:
    with reading(engine) as session:
        jobs = session.exec(select(PrintJob)).all()
        return {
            session.get_one(Guardian, job.guardian_id).name: (job.format, *prints.words_of(session, job))
            for job in jobs
        }


async def test_each_form_is_made_once(engine: Engine, people: People, run_job: RunJob) -> None:
    _prefer(engine, people, Amina="large print", Farah="easy read", Samira="braille", Piotr="text")
    await _publish(engine, run_job)
    assert [await run_job("queue_prints", MONDAY + timedelta(hours=1)) for _ in range(2)] == [3, 0]
    made = _texts(engine)
    assert made["Amina"] == ("large print", WORDS, "en_GB")
    assert made["Samira"] == ("braille", WORDS, "en_GB"), "braille is of the English text"
    form, text, language = made["Farah"]
    assert (form, language) == ("easy read", "ur")
    assert text.splitlines()[:2] == ["\u2068Push the gate.\u2069", "\u2068It is stiff.\u2069"], "English in Urdu"


async def test_a_voice_note_is_a_persons_to_record(engine: Engine, people: People, run_job: RunJob) -> None:
    _prefer(engine, people, Amina="voice note")
    await _publish(engine, run_job)
    assert [await run_job("queue_prints", MONDAY) for _ in range(2)] == [1, 0]
    with reading(engine) as session:
        [task] = open_tasks(session)
        assert (task.kind, task.about, task.guardian_id) == (
            "record a voice note",
            "notice 1",
            people.guardians["Amina"].id,
        )


async def test_only_for_those_it_is_for(engine: Engine, people: People, run_job: RunJob) -> None:
    _prefer(engine, people, Amina="large print", Piotr="large print")
    await _publish(engine, run_job, room_id=people.rooms["Caterpillars"].id)
    assert await run_job("queue_prints", MONDAY) == 1
    assert set(_texts(engine)) == {"Piotr"}


async def test_not_what_is_old_or_taken_back(engine: Engine, people: People, run_job: RunJob) -> None:
    _prefer(engine, people, Amina="large print")
    await _publish(engine, run_job)
    assert await run_job("queue_prints", MONDAY + timedelta(days=8)) == 0
    with transaction(engine) as session:
        notices.withdraw(session, session.get_one(notices.Notice, 1), MONDAY)
    assert await run_job("queue_prints", MONDAY) == 0


async def test_a_changed_policy(engine: Engine, people: People, run_job: RunJob) -> None:
    _prefer(engine, people, Amina="large print")
    with transaction(engine) as session:
        policies.publish(session, people.setting, "fees", "Fees go up.", MONDAY, full="Ten pounds.")
    await run_job("tell_policies", MONDAY)
    assert [await run_job("queue_prints", MONDAY) for _ in range(2)] == [1, 0]
    assert _texts(engine)["Amina"][1] == "Ten pounds."


@pytest.mark.parametrize(("form", "told"), [("large print", True), ("text", False)])
def test_a_policy_read_in_full_is_made_too(
    on_both: Player, engine: Engine, people: People, form: str, told: bool
) -> None:
    _prefer(engine, people, Amina=form)
    for _ in range(2):
        on_both.say("Amina", "POLICY fees")
        texts = [one.text for one in on_both.say("Amina", "1")]
        on_both.say("Amina", "1")
        assert any("You will get it at the nursery" in text for text in texts) is told
        told = False  # once is enough
    assert len(_texts(engine)) == (form != "text")
