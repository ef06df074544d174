"""Thanks for what was shared from home: once, to the one who shared it."""

from datetime import timedelta

from sqlalchemy import Engine

from bot.database import transaction
from nursery import home_observations
from nursery.home_observations import Seen
from tests.cast import MONDAY, People
from tests.scheduler.conftest import RunJob
from tests.talking import Player


def _approved(engine: Engine, people: People) -> None:
    noor, amina = people.children["Noor"], people.guardians["Amina"]
    with transaction(engine) as session:
        kept = home_observations.share(session, people.setting, noor, amina, Seen("Noor sang."), MONDAY)
        home_observations.approve(session, kept, people.staff["Grace"], MONDAY, line="We sing it too.")


async def test_once_to_who_shared_it(play: Player, engine: Engine, people: People, run_job: RunJob) -> None:
    _approved(engine, people)
    assert [await run_job("thank_observations", MONDAY) for _ in range(2)] == [1, 0]
    assert [(heard.who, heard.text) for heard in play.deliver()] == [
        ("Amina", "Grace on what you shared about Noor: We sing it too.")
    ]


async def test_not_at_night(play: Player, engine: Engine, people: People, run_job: RunJob) -> None:
    _approved(engine, people)
    evening = MONDAY + timedelta(hours=12)
    assert await run_job("thank_observations", evening) == 1
    play.clock.now = evening
    assert play.deliver() == []
