"""The jobs that forget what is old, and that end what no consent carries any more."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.outbox import OutboxMessage
from nursery import consents, sharing
from nursery.consents import Purpose
from nursery.inbox import InboundMessage, waiting_for_staff
from nursery.record_links import LASTS, RecordLink
from nursery.records import accesses
from nursery.scopes import Scope
from nursery.tasks import open_tasks
from tests.cast import MONDAY, People
from tests.scheduler.conftest import RunJob
from tests.talking import Player


async def test_old_messages_go_and_new_ones_stay(play: Player, people: People, run_job: RunJob) -> None:
    play.say("Amina", "hello there")
    play.clock.pass_(days=300)
    play.say("Amina", "hello again")
    for _ in range(2):
        assert await run_job("forget_old", MONDAY + timedelta(days=370)) == 0
    with play.session() as session:
        assert [one.text for one in session.exec(select(InboundMessage))] == ["hello again"]


async def test_a_link_that_has_run_out_is_blanked_where_it_was_told(
    play: Player, people: People, run_job: RunJob
) -> None:
    for words in ("RECORD", "14/05/2023", "1"):
        play.say("Amina", words)
    await run_job("forget_old", MONDAY)
    assert _told(play)
    for _ in range(2):
        await run_job("forget_old", MONDAY + LASTS)
    assert not _told(play)
    await run_job("forget_old", MONDAY + timedelta(days=40))
    with play.session() as session:
        assert session.exec(select(RecordLink)).all() == []
        assert [one.what for one in accesses(session)] == ["link made"]


async def test_sharing_ends_with_its_consent(play: Player, people: People, run_job: RunJob) -> None:
    child, guardian = people.children["Noor"], people.guardians["Amina"].id or 0
    with play.session() as session:
        consents.answer(
            session, child, guardian, Purpose.HEALTH_VISITOR, given=True, text="", language="en_GB", now=MONDAY
        )
        staff = people.staff["Grace"]
        sharing.give(session, child, Purpose.HEALTH_VISITOR, [Scope.PROGRESS], "Ann", staff=staff, now=MONDAY)
    assert await run_job("end_sharings", MONDAY + timedelta(days=300)) == 0
    assert [await run_job("end_sharings", MONDAY + timedelta(days=400)) for _ in range(2)] == [1, 0]
    with play.session() as session:
        assert [task.about for task in open_tasks(session)] == ["Ann"]


def _told(play: Player) -> bool:
    """Whether a whole link stands in the outbox."""
    with play.session() as session:
        return any(re.search(r"/r/\w{24}", one.text) for one in session.exec(select(OutboxMessage)))


@pytest.mark.parametrize(
    ("words", "waits"),
    [
        (("COMPLAIN", "The gate was open"), ["The gate was open"]),
        (("SHARE", "Noor sang"), ["Noor sang"]),
        (("LATE",), []),
    ],
)
async def test_what_was_said_and_never_finished_is_a_persons_to_read(
    on_both: Player, run_job: RunJob, words: tuple[str, ...], waits: list[str]
) -> None:
    for text in words:
        on_both.say("Amina", text)
    await run_job("forget_conversations", MONDAY + timedelta(hours=23))
    with on_both.session() as session:
        assert waiting_for_staff(session) == []
    await run_job("forget_conversations", MONDAY + timedelta(days=30))
    with on_both.session() as session:
        assert [message.text for message in waiting_for_staff(session)] == waits
