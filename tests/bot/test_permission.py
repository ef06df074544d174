"""Permission, with the real channels: what may still be said at the very moment of sending."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from bot.channels import Limits
from bot.outbox import Priority, State
from bot.pace import Pace
from bot.pushes import cancel
from nursery.concerns import release
from nursery.guardians import Guardian, Guardianship, Topic
from nursery.settings import Setting, at
from tests.bot.office import Office
from tests.cast import MONDAY, People


def in_the_evening(office: Office) -> None:
    office.clock.now = MONDAY + timedelta(hours=13)


async def test_quiet_hours_hold_and_release(office: Office, people: People) -> None:
    in_the_evening(office)
    number = office.push("Amina")
    await office.tidy()
    row = office.row(number)
    assert (row.state, row.reason, row.tries) == (State.HELD, "quiet hours", 0)
    assert row.due_at == at(MONDAY.date() + timedelta(days=1), time(8))
    office.clock.now = row.due_at - timedelta(seconds=1)
    await office.tidy()
    assert office.state(number) == State.HELD
    office.clock.pass_(seconds=1)
    await office.tidy()
    assert (office.state(number), len(office.telegram.sent)) == (State.SENT, 1)


async def test_quiet_hours_do_not_hold_answers_nor_what_is_urgent(office: Office, people: People) -> None:
    in_the_evening(office)
    office.push("Amina", priority=Priority.URGENT)
    office.reply("Farah")
    await office.drain()
    assert office.states() == [State.SENT, State.SENT]


async def test_one_budget_a_guardian_and_day(office: Office, people: People) -> None:
    """The fourth of a day waits for tomorrow; what can't wait, what is urgent and answers go."""
    for _ in range(4):
        office.delivery.senders["telegram"].pace = Pace(Limits())
        office.push("Amina", channel="telegram")
        await office.drain("telegram")
        office.clock.pass_(minutes=10)
    held = office.rows()[-1]
    assert [row.state for row in office.rows()] == [State.SENT] * 3 + [State.HELD]
    assert (held.reason, held.due_at) == ("budget", at(MONDAY.date() + timedelta(days=1), time(8)))
    office.push("Amina", priority=Priority.URGENT)
    office.push("Amina", expires_at=MONDAY + timedelta(hours=3))
    office.reply("Amina")
    await office.drain("telegram")
    assert office.states()[4:] == [State.SENT] * 3
    office.clock.now = held.due_at
    await office.tidy()
    assert office.state(held.id) == State.SENT


def limit_contact(session: Session, guardian: Guardian) -> None:
    tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == guardian.id)).one()
    tie.restricted_from = MONDAY.date()
    session.add(tie)


def stop_topic(session: Session, guardian: Guardian) -> None:
    guardian.stopped_topics = int(Topic.NOTICES)
    session.add(guardian)


def pause(session: Session, guardian: Guardian) -> None:
    guardian.paused_until = MONDAY.date()
    session.add(guardian)


def leave(session: Session, guardian: Guardian) -> None:
    guardian.left_on = MONDAY.date()
    session.add(guardian)


def hold(session: Session, guardian: Guardian) -> None:
    guardian.sends_held = True
    session.add(guardian)


def end_tie(session: Session, guardian: Guardian) -> None:
    tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == guardian.id)).one()
    tie.ends_on = MONDAY.date() - timedelta(days=1)
    session.add(tie)


def withdraw(session: Session, guardian: Guardian) -> None:
    tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == guardian.id)).one()
    tie.may_receive = int(Topic.LEARNING)
    session.add(tie)


def say_stop(session: Session, guardian: Guardian) -> None:
    from nursery.contacts import contacts_of, stop

    stop(session, contacts_of(session, guardian.id or 0)[0])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (limit_contact, "not allowed"),
        (stop_topic, "not allowed"),
        (pause, "not allowed"),
        (leave, "not allowed"),
        (end_tie, "not allowed"),
        (withdraw, "not allowed"),
        (say_stop, "stopped"),
    ],
)
@pytest.mark.parametrize("priority", [Priority.URGENT, Priority.NOTICE])
async def test_what_changed_since_it_was_queued_holds_at_sending(
    office: Office, people: People, change: Any, reason: str, priority: Priority
) -> None:
    number = office.push("Farah", priority=priority)
    with office.session() as session:
        change(session, session.get_one(Guardian, people.guardians["Farah"].id))
    await office.drain()
    assert (office.state(number), office.row(number).reason) == (State.SUPPRESSED, reason)
    assert (office.sent(), office.row(number).text) == ([], "")


@pytest.mark.parametrize("priority", [Priority.URGENT, Priority.NOTICE])
async def test_what_the_safeguarding_lead_holds_waits_for_the_release(
    office: Office, people: People, priority: Priority
) -> None:
    number = office.push("Farah", priority=priority)
    with office.session() as session:
        hold(session, session.get_one(Guardian, people.guardians["Farah"].id))
    await office.drain()
    assert (office.state(number), office.row(number).reason, office.sent()) == (State.HELD, "held", [])
    with office.session() as session:
        release(session, session.get_one(Guardian, people.guardians["Farah"].id))
    office.clock.pass_(minutes=31)
    await office.tidy()
    assert [who for who, _ in office.sent()] == ["Farah"]


async def test_the_language_is_that_of_the_moment_of_sending(office: Office, people: People) -> None:
    number = office.push("Amina", "Hello")
    with office.session() as session:
        guardian = session.exec(select(Guardian).where(col(Guardian.name) == "Amina")).one()
        guardian.language = "pl"
        session.add(guardian)
    await office.drain()
    assert office.sent() == [("Amina", "Hello [pl]")]
    assert (office.row(number).text, office.row(number).language) == ("Hello [pl]", "pl")


async def test_what_comes_too_late_does_not_go(office: Office, people: People) -> None:
    number = office.push("Amina", expires_at=MONDAY + timedelta(minutes=5))
    office.clock.pass_(minutes=5)
    await office.drain()
    assert (office.state(number), office.row(number).reason) == (State.CANCELLED, "too late")
    assert office.sent() == []


async def test_a_text_is_told_how_long_it_is_of_use(office: Office, people: People) -> None:
    office.push("Piotr", expires_at=MONDAY + timedelta(minutes=5))
    await office.drain()
    assert int(office.twilio.sent[0].params["ValidityPeriod"]) == 300


async def test_what_was_taken_back_does_not_go(office: Office, people: People) -> None:
    office.push("Amina")
    with office.session() as session:
        assert cancel(session, "push:1", MONDAY) == 1
    await office.drain()
    assert office.sent() == []


async def test_a_question_waits_while_the_parent_is_talking(office: Office, people: People) -> None:
    """Or their next "1" would be taken for its answer."""
    await office.hear("Amina", "NAMEIT")
    await office.drain("telegram")
    number = office.push("Amina", conversation="clear")
    await office.drain("telegram")
    assert (office.state(number), office.row(number).reason) == (State.HELD, "talking")
    await office.hear("Amina", "apples")
    await office.hear("Amina", "pears")
    office.clock.pass_(minutes=5)
    await office.tidy()
    assert office.state(number) == State.SENT


async def test_a_push_that_cannot_be_rendered_costs_only_itself(office: Office, people: People) -> None:
    broken, good = office.push("Amina", conversation="fall"), office.push("Farah")
    unheard_of = office.push("Samira", conversation="no such conversation")
    await office.drain("telegram")
    assert [office.state(number) for number in (broken, unheard_of, good)] == ["failed", "failed", "sent"]
    assert [task.kind for task in office.tasks()] == ["broken message"]


async def test_a_setting_may_choose_its_quiet_hours(office: Office, people: People) -> None:
    with office.session() as session:
        setting = session.get_one(Setting, people.setting.id)
        setting.quiet_until = time(12)
        session.add(setting)
    number = office.push("Amina")
    await office.drain()
    assert office.state(number) == State.HELD
