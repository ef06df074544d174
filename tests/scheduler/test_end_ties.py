"""A tie that ends by its date, or a limit whose day has come: what stood open is closed once, nobody at the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.database import reading, transaction
from bot.opened import OpenConversation
from nursery import ties
from nursery.settings import today
from tests.cast import MONDAY, People
from tests.scheduler.conftest import RunJob
from tests.talking import Player

TOMORROW = MONDAY + timedelta(days=1)


def _open(engine: Engine) -> int:
    with reading(engine) as session:
        return len(session.exec(select(OpenConversation)).all())


@pytest.mark.parametrize("how", ["ends today", "limited from tomorrow"])
async def test_on_its_day_what_was_asked_is_closed_once(
    engine: Engine, people: People, play: Player, run_job: RunJob, how: str
) -> None:
    with transaction(engine) as session:
        for tie, _ in ties.ties_of(session, people.guardians["Farah"].id or 0):
            if how == "ends today":
                ties.end(session, tie, today(MONDAY))
            else:
                ties.limit(session, tie, today(TOMORROW), None)
    for who in ("Farah", "Amina"):
        assert play.say(who, "ABSENT")[0].choices
    await run_job("end_ties", MONDAY)
    assert _open(engine) == 2
    await run_job("end_ties", TOMORROW)
    assert _open(engine) == 1
    play.clock.now = TOMORROW + timedelta(hours=1)
    assert "Noor" not in " ".join(one.text for one in play.say("Farah", "1"))
    play.say("Farah", "LANGUAGE")
    now_open = _open(engine)
    await run_job("end_ties", TOMORROW + timedelta(hours=2))
    assert _open(engine) == now_open


async def test_a_limit_that_is_over_shuts_nobody_out(
    engine: Engine, people: People, play: Player, run_job: RunJob
) -> None:
    with transaction(engine) as session:
        for tie, _ in ties.ties_of(session, people.guardians["Farah"].id or 0):
            ties.limit(session, tie, today(MONDAY) - timedelta(days=9), today(MONDAY) - timedelta(days=1))
    play.say("Farah", "ABSENT")
    await run_job("end_ties", MONDAY)
    assert _open(engine) == 1
