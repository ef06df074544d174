"""Who has stopped us at their carrier and writes all the same: no answer arrives, so a person has their words."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.outbox import Priority
from bot.pushes import Push, push_one
from console.kinds import TASKS
from nursery import signposts
from nursery.guardians import Topic
from nursery.inbox import waiting_for_staff
from nursery.services import Need
from nursery.signposts import ServiceAsked
from tests.bot.office import Office
from tests.cast import CAST, MONDAY, People, contact_of


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
    assert [(task.kind, task.guardian_id, task.about) for task in office.tasks()] == [
        ("written after a stop", people.guardians[who].id, "message 2")
    ]
    assert "written after a stop" in TASKS
    assert _waiting(office) == ["ABSENT", "1"]


async def test_a_start_that_the_carrier_does_not_know_is_told_to_staff(office: Office, people: People) -> None:
    await _stop(office, "Piotr")
    await office.hear("Piotr", "WZNÓW")
    await office.drain()
    assert [task.kind for task in office.tasks()] == ["written after a stop"]
    assert _waiting(office) == ["WZNÓW"]


async def test_for_thanks_nobody_has_to_ring(office: Office, people: People) -> None:
    await _stop(office, "Piotr")
    await office.hear("Piotr", "Dziękuję!")
    await office.drain()
    assert (office.twilio.sent, office.tasks(), _waiting(office)) == ([], [], [])


async def test_start_opens_it_again_and_nothing_is_raised(office: Office, people: People) -> None:
    await _stop(office, "Piotr")
    office.twilio.unstop(CAST["Piotr"].phone)
    await office.hear("Piotr", "START", handled="START")
    await office.hear("Piotr", "KTO")
    await office.drain()
    assert office.twilio.sent != []
    assert (office.tasks(), _waiting(office)) == ([], [])


async def test_what_is_the_familys_own_affair_stays_so(office: Office, people: People) -> None:
    """Whether help that they had looked for helped."""
    with office.session() as session:
        number = people.guardians["Piotr"].id or 0
        signposts.note_asked(session, people.setting.id or 0, number, Need.HOUSING, MONDAY)
        session.flush()
        asked, contact = session.exec(select(ServiceAsked.id)).one(), contact_of(session, "Piotr", "sms")
        push = Push("help", "service_help", {"asked": asked}, Topic.NOTICES, 1, MONDAY, Priority.NOTICE)
        assert push_one(session, push, contact, MONDAY)
    await office.drain()
    assert len(office.twilio.sent) == 1
    office.twilio.stop(CAST["Piotr"].phone)
    await office.hear("Piotr", "nie pomogli nam wcale z czynszem")
    await office.drain()
    assert ([task.kind for task in office.tasks()], _waiting(office)) == (["written after a stop"], [])
