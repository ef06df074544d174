"""Who has stopped us at their carrier and writes all the same: no answer arrives, so a person has their words."""

from __future__ import annotations

import pytest

from console.kinds import TASKS
from nursery.inbox import waiting_for_staff
from tests.bot.office import Office
from tests.cast import CAST, People


async def _stop(office: Office, who: str) -> None:
    await office.hear(who, "STOP", channel="sms", handled="STOP")
    office.twilio.stop(CAST[who].phone)
    await office.drain()


def _waiting(office: Office) -> list[str]:
    with office.session() as session:
        return [one.text for one in waiting_for_staff(session)]


@pytest.mark.parametrize("who", ["Piotr", "Ioana"])
async def test_their_words_are_staffs_with_one_task_a_day_that_says_so(
    office: Office, people: People, who: str
) -> None:
    await _stop(office, who)
    assert (office.tasks(), _waiting(office)) == ([], []), "the stop itself is nothing to ring about"
    for words in ("ABSENT", "1"):
        await office.hear(who, words)
        await office.drain()
    assert office.twilio.sent == []
    assert [(task.kind, task.guardian_id) for task in office.tasks()] == [
        ("written after a stop", people.guardians[who].id)
    ]
    assert "written after a stop" in TASKS
    assert _waiting(office) == ["ABSENT", "1"]


async def test_start_opens_it_again_and_nothing_is_raised(office: Office, people: People) -> None:
    await _stop(office, "Piotr")
    office.twilio.stopped.discard(CAST["Piotr"].phone)
    await office.hear("Piotr", "START", handled="START")
    await office.hear("Piotr", "KTO")
    await office.drain()
    assert office.twilio.sent != []
    assert (office.tasks(), _waiting(office)) == ([], [])
