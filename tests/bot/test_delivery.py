"""Delivery, with the real channels: what every failure comes to, and what may still be said at the very moment."""

from __future__ import annotations

import asyncio
import signal
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlmodel import Session, col, select

from bot.channels import Limits
from bot.consequences import MOST_TRIES
from bot.messages import Receipt
from bot.outbox import Priority, State
from bot.pace import Pace
from bot.pushes import cancel
from nursery.concerns import release
from nursery.contacts import ContactState
from nursery.guardians import Guardian, Guardianship, Topic
from nursery.settings import Setting, at
from tests.bot.office import Office
from tests.cast import CAST, MONDAY, People
from tests.providers.failures import Fail, Failure

TELEGRAM, SMS = "Amina", "Piotr"
"""Who is written to on which channel."""

UNKNOWN_SECONDS = 21
"""After these an unknown message is looked into."""


@dataclass(frozen=True, slots=True)
class Case:
    """A failure, and what becomes of an answer that meets it once."""

    failure: Failure
    at_once: State
    in_the_end: State
    arrived: int = 1
    """How often it reached the parent, all told."""
    contact: ContactState = ContactState.ACTIVE
    tasks: int = 0


TELEGRAM_CASES = {
    "too fast": Case(Fail.TOO_MANY(retry_after=1), State.DUE, State.SENT),
    "blocked": Case(Fail.BLOCKED, State.FAILED, State.FAILED, 0, ContactState.BLOCKED),
    "no such chat": Case(Fail.CHAT_NOT_FOUND, State.FAILED, State.FAILED, 0, ContactState.CLOSED),
    "refused": Case(Fail.REFUSED(text="Bad Request: message is too long"), State.FAILED, State.FAILED, 0),
    "500": Case(Fail.SERVER_ERROR, State.UNKNOWN, State.SENT),
    "502": Case(Fail.BAD_GATEWAY, State.UNKNOWN, State.SENT),
    "reset before": Case(Fail.RESET_BEFORE, State.UNKNOWN, State.SENT),
    "taken, no answer": Case(Fail.RESET_AFTER, State.UNKNOWN, State.SENT, 2),
    "slow": Case(Fail.SLOW(seconds=0.3), State.SENT, State.SENT),
}

SMS_CASES = {
    "too fast": Case(Fail.TOO_MANY, State.DUE, State.SENT),
    "opted out": Case(Fail.REFUSED(code=21610), State.FAILED, State.FAILED, 0, ContactState.STOPPED, 1),
    "no such number": Case(Fail.REFUSED(code=21211), State.FAILED, State.FAILED, 0, ContactState.CLOSED),
    "not a mobile": Case(Fail.REFUSED(code=21614), State.FAILED, State.FAILED, 0, ContactState.CLOSED),
    "our mistake": Case(Fail.REFUSED(code=21617), State.FAILED, State.FAILED, 0),
    "500": Case(Fail.SERVER_ERROR, State.UNKNOWN, State.SENT),
    "reset before": Case(Fail.RESET_BEFORE, State.UNKNOWN, State.SENT),
    "taken, no answer": Case(Fail.RESET_AFTER, State.UNKNOWN, State.SENT, 1),
    "slow": Case(Fail.SLOW(seconds=0.3), State.SENT, State.SENT),
}


@pytest.mark.parametrize("case", TELEGRAM_CASES.values(), ids=TELEGRAM_CASES.keys())
async def test_an_answer_on_telegram_that_meets(office: Office, people: People, case: Case) -> None:
    office.telegram.fail(case.failure, "sendMessage")
    await meets(office, TELEGRAM, case)
    assert len(office.telegram.sent) == case.arrived


@pytest.mark.parametrize("case", SMS_CASES.values(), ids=SMS_CASES.keys())
async def test_an_answer_by_sms_that_meets(office: Office, people: People, case: Case) -> None:
    office.clock.now = datetime.now(UTC)  # Twilio's list has dates of its own
    office.twilio.fail(case.failure, "create")
    await meets(office, SMS, case)
    assert len(office.twilio.sent) == case.arrived


async def meets(office: Office, who: str, case: Case) -> None:
    number = office.reply(who)
    await office.drain()
    assert office.state(number) == case.at_once
    wait = 10 if case.at_once is State.DUE else UNKNOWN_SECONDS
    office.clock.pass_(seconds=wait)
    if case.at_once is State.DUE and who == SMS:
        office.delivery.senders["sms"].pace = Pace(
            Limits()
        )  # the ten seconds pass on the test's clock, not on the pace's
    await office.tidy()
    assert office.state(number) == case.in_the_end
    assert office.contact(who).state == case.contact
    assert office.row(number).lease == ""


async def test_retry_after_is_obeyed_to_the_second_and_by_everybody(office: Office, people: People) -> None:
    """RapidPro ignores Retry-After; to Chatwoot a 429 is the end."""
    office.telegram.fail(Fail.TOO_MANY(retry_after=1), "sendMessage", chat_id=int(CAST["Amina"].chat))
    number = office.reply("Amina")
    await office.drain("telegram")
    told = office.row(number)
    assert (told.state, told.due_at, told.tries) == (State.DUE, MONDAY + timedelta(seconds=1), 0)
    office.clock.pass_(seconds=1)
    office.reply("Farah")
    begun = office.delivery.senders["telegram"].pace._paused - 1
    await office.drain("telegram")
    assert office.states() == [State.SENT, State.SENT]
    assert all(1.0 <= one.at - begun < 1.5 for one in office.telegram.sent)


async def test_no_connection_is_tried_again_later_each_time(office: Office, people: People) -> None:
    number = office.reply("Amina")
    await office.telegram.close()
    waits = []
    for _ in range(3):
        await office.drain("telegram")
        row = office.row(number)
        assert (row.state, row.reason) == (State.DUE, "unreachable")
        waits.append((row.due_at - office.clock.now).total_seconds())
        office.clock.now = row.due_at
    assert waits == [5, 10, 20]
    await office.telegram.start()
    await office.drain("telegram")
    assert office.state(number) == State.SENT
    assert len(office.telegram.sent) == 1


async def test_no_connection_for_very_long_is_staffs(office: Office, people: People) -> None:
    number = office.reply("Amina")
    await office.telegram.close()
    for _ in range(MOST_TRIES):
        office.delivery.senders["telegram"].pace = Pace(Limits())
        await office.drain("telegram")
        office.clock.now = max(office.clock.now, office.row(number).due_at)
    assert office.state(number) == State.FAILED
    assert [task.kind for task in office.tasks()] == ["unreached"]


async def test_no_answer_at_all_is_given_up_in_time(office: Office, people: People) -> None:
    office.http.total_seconds = 0.3
    office.telegram.fail(Fail.NEVER, "sendMessage")
    number = office.reply("Amina")
    await office.drain("telegram")
    assert office.state(number) == State.UNKNOWN


@pytest.mark.parametrize("failure", [Fail.SERVER_ERROR, Fail.RESET_AFTER])
async def test_a_notice_on_telegram_of_which_nobody_knows_is_a_line_for_staff(
    office: Office, people: People, failure: Failure
) -> None:
    office.telegram.fail(failure, "sendMessage")
    number = office.push("Amina")
    await office.drain()
    office.clock.pass_(seconds=UNKNOWN_SECONDS)
    for _ in range(2):
        await office.tidy()
    assert office.state(number) == State.UNKNOWN
    assert [task.kind for task in office.tasks()] == ["perhaps not sent"]
    assert len(office.telegram.sent) == (failure is Fail.RESET_AFTER)


@pytest.mark.parametrize("priority", [Priority.URGENT, Priority.REPLY])
async def test_an_answer_is_sent_once_more_and_not_twice_more(
    office: Office, people: People, priority: Priority
) -> None:
    office.telegram.fail(Fail.SERVER_ERROR, "sendMessage", times=None)
    number = office.reply("Amina", priority=priority)
    for _ in range(4):
        await office.tidy()
        office.clock.pass_(seconds=UNKNOWN_SECONDS)
    assert (office.state(number), office.row(number).tries) == (State.UNKNOWN, 2)
    assert [task.kind for task in office.tasks()] == ["perhaps not sent"]


async def test_an_sms_of_which_nobody_knows_waits_for_the_list(office: Office, people: People) -> None:
    """While Twilio can't be asked either, nothing is repeated and nothing given up."""
    office.clock.now = datetime.now(UTC)
    office.twilio.fail(Fail.RESET_AFTER, "create")
    number = office.reply("Piotr")
    await office.drain()
    office.clock.pass_(seconds=UNKNOWN_SECONDS)
    office.twilio.fail(Fail.SERVER_ERROR, "list")
    await office.tidy()
    assert office.state(number) == State.UNKNOWN
    await office.tidy()
    assert (office.state(number), len(office.twilio.sent)) == (State.SENT, 1)
    assert office.row(number).provider_id == office.twilio.sent[0].sid


async def test_an_sms_found_at_twilio_is_not_taken_for_its_twin(office: Office, people: People) -> None:
    """The same words were sent before and arrived: the list has those, and not these."""
    office.clock.now = datetime.now(UTC)
    first = office.reply("Piotr", "Thank you")
    await office.drain()
    office.twilio.fail(Fail.RESET_BEFORE, "create")
    second = office.reply("Piotr", "Thank you")
    await office.drain()
    assert office.state(second) == State.UNKNOWN
    office.clock.pass_(seconds=UNKNOWN_SECONDS)
    await office.tidy()
    assert (office.state(first), office.state(second)) == (State.SENT, State.SENT)
    assert len(office.twilio.sent) == 2
    assert office.row(first).provider_id != office.row(second).provider_id


async def test_an_sms_that_went_in_part_is_not_begun_again(office: Office, people: People) -> None:
    """RapidPro: when the second part fails, the first is sent again."""
    office.clock.now = datetime.now(UTC)
    number = office.reply("Piotr", " ".join(f"Word{place}" for place in range(400)))
    office.twilio.fail(Fail.SLOW(seconds=0), "create")
    office.twilio.fail(Fail.REFUSED(code=21617), "create")
    await office.drain()
    assert (office.state(number), office.row(number).reason) == (State.UNKNOWN, "only a part was sent")
    office.clock.pass_(seconds=UNKNOWN_SECONDS)
    await office.tidy()
    assert len(office.twilio.sent) == 1
    assert [task.kind for task in office.tasks()] == ["perhaps not sent"]


async def test_a_long_sms_of_which_nobody_knows_is_found_by_its_last_part(office: Office, people: People) -> None:
    office.clock.now = datetime.now(UTC)
    number = office.reply("Piotr", " ".join(f"Word{place}" for place in range(400)))
    office.twilio.fail(Fail.SLOW(seconds=0), "create")
    office.twilio.fail(Fail.RESET_AFTER, "create")
    await office.drain()
    assert office.state(number) == State.UNKNOWN
    office.clock.pass_(seconds=UNKNOWN_SECONDS)
    await office.tidy()
    assert (office.state(number), len(office.twilio.sent)) == (State.SENT, 2)


async def test_a_message_twilio_still_has_queued_counts_as_sent(office: Office, people: People) -> None:
    """Or it would stand as being sent for ever, with nobody sending it."""
    office.clock.now = datetime.now(UTC)
    office.twilio.fail(Fail.RESET_AFTER, "create")
    number = office.reply("Piotr")
    await office.drain()
    office.twilio.move(office.twilio.sent[0], "queued")
    office.clock.pass_(seconds=UNKNOWN_SECONDS)
    await office.tidy()
    assert office.state(number) == State.SENT


async def test_a_message_twilio_failed_is_dealt_with_as_any_failure(office: Office, people: People) -> None:
    office.clock.now = datetime.now(UTC)
    office.twilio.fail(Fail.RESET_AFTER, "create")
    number = office.reply("Piotr")
    await office.drain()
    office.twilio.move(office.twilio.sent[0], "undelivered", 30007)
    office.clock.pass_(seconds=UNKNOWN_SECONDS)
    await office.tidy()
    assert (office.state(number), len(office.twilio.sent)) == (State.FAILED, 1)
    assert [task.kind for task in office.tasks()] == ["unreached"]


async def test_who_blocks_the_bot_is_written_to_by_sms(office: Office, people: People) -> None:
    office.contact("Amina", "sms")
    office.telegram.fail(Fail.BLOCKED, "sendMessage")
    number = office.push("Amina")
    await office.drain("telegram")
    await office.drain("sms")
    assert office.sent() == [("Amina", "Shoes, please [en_GB]")]
    assert office.twilio.sent[0].to == CAST["Amina"].phone
    assert office.state(number) == State.FAILED
    assert office.tasks() == []


async def test_who_opts_out_by_sms_is_not_written_to_on_telegram_instead(office: Office, people: People) -> None:
    office.contact("Piotr", "telegram")
    office.twilio.stop(CAST["Piotr"].phone)
    number = office.push("Piotr")
    for _ in range(2):
        await office.drain()
    assert [row.key for row in office.rows()[1:]] == [f"stopped:out:{number}:{office.contact('Piotr', 'telegram').id}"]
    assert len(office.sent()) == 1, "but is told so there, in one line"
    assert office.contact("Piotr").state == ContactState.STOPPED


@pytest.mark.parametrize("late", [False, True])
async def test_who_has_said_start_elsewhere_since_is_stopped_by_sms_alone(
    office: Office, people: People, late: bool
) -> None:
    office.contact("Piotr", "telegram")
    await office.hear("Piotr", "STOP")
    assert office.woken == ["telegram"], "to say that it stops there too"
    office.twilio.stop(CAST["Piotr"].phone)
    office.clock.pass_(minutes=1)
    await office.hear("Piotr", "START", channel="telegram")
    await office.drain()
    if not late:
        office.shut("Piotr", ContactState.ACTIVE)  # as a code redeemed there, or staff, may have opened it
    before = len(office.telegram.sent)
    number = office.push("Piotr")
    for _ in range(2):
        await office.drain()
    assert office.contact("Piotr").state == ContactState.BLOCKED
    assert (len(office.telegram.sent) - before, office.twilio.sent) == (1, [])
    assert office.state(number) in (State.FAILED, State.SUPPRESSED)
    await office.hear("Piotr", "KTO")
    assert office.woken[-1] == "telegram"
    assert [task.kind for task in office.tasks()] == []


async def test_a_closed_address_found_at_sending_hands_over(office: Office, people: People) -> None:
    office.contact("Amina", "sms")
    number = office.push("Amina")
    office.shut("Amina", ContactState.BLOCKED)
    await office.drain("telegram")
    await office.drain("sms")
    assert [one.to for one in office.twilio.sent] == [CAST["Amina"].phone]
    assert (office.state(number), office.row(number).reason) == (State.SUPPRESSED, "moved")


async def receipt(office: Office, number: int, state: State, code: str = "") -> None:
    await office.told(Receipt("sms", number, office.row(number).provider_id, state, code))


async def test_a_phone_that_was_off_is_tried_once_more_in_an_hour(office: Office, people: People) -> None:
    number = office.push("Piotr", "Shoes, please")
    await office.drain()
    await receipt(office, number, State.FAILED, "30003")
    await receipt(office, number, State.FAILED, "30003")
    again = office.rows()[-1]
    assert (len(office.rows()), again.state, again.due_at) == (2, State.DUE, MONDAY + timedelta(hours=1))
    office.clock.pass_(hours=1)
    await office.drain()
    await receipt(office, again.id, State.FAILED, "30003")
    assert (len(office.rows()), office.contact("Piotr").state) == (2, ContactState.ACTIVE)
    assert [task.kind for task in office.tasks()] == ["unreached"]


async def test_a_number_no_longer_in_use_hands_over(office: Office, people: People) -> None:
    office.contact("Piotr", "telegram")
    number = office.push("Piotr")
    await office.drain()
    await receipt(office, number, State.FAILED, "30005")
    await office.drain()
    assert office.contact("Piotr").state == ContactState.CLOSED
    assert [one.chat_id for one in office.telegram.sent] == [int(CAST["Piotr"].chat)]


async def test_receipts_in_any_order_end_the_same(office: Office, people: People) -> None:
    number = office.push("Piotr")
    await office.drain()
    for state in (State.DELIVERED, State.SENT, State.SENDING, State.DELIVERED, State.FAILED):
        await receipt(office, number, state)
    assert (office.state(number), office.tasks()) == (State.DELIVERED, [])


async def test_one_bad_number_does_not_stop_the_others(office: Office, people: People) -> None:
    """Chatwoot, Gibbon: the first error ends the run."""
    office.telegram.fail(Fail.CHAT_NOT_FOUND, "sendMessage", chat_id=int(CAST["Amina"].chat))
    office.twilio.fail(Fail.REFUSED(code=21211), "create", to=CAST["Piotr"].phone)
    for who in ("Amina", "Piotr", "Farah", "Ioana", "Samira"):
        office.push(who)
    await office.drain()
    assert sorted(who for who, _ in office.sent()) == ["Farah", "Ioana", "Samira"]
    assert sorted(office.states()) == [State.FAILED] * 2 + [State.SENT] * 3


async def test_a_drain_whose_time_is_up_still_sends_what_it_has_claimed(office: Office, people: People) -> None:
    for text in ("One", "Two"):
        office.reply("Amina", text)
    await office.delivery.drain("telegram", seconds=0.2)
    assert [text for _, text in office.sent()] == ["One", "Two"]


async def test_a_channel_that_breaks_costs_one_message(
    office: Office, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A channel may raise SendErrors alone; should it not, the others still go."""
    send = office.channels["telegram"].send

    async def broken(message: Any) -> Any:
        if message.address == CAST["Amina"].chat:
            raise ZeroDivisionError
        return await send(message)

    monkeypatch.setattr(office.channels["telegram"], "send", broken)
    first, second = office.reply("Amina"), office.reply("Farah")
    await office.drain()
    assert (office.state(first), office.state(second)) == (State.UNKNOWN, State.SENT)


@pytest.mark.parametrize(
    ("who", "failure"), [("Amina", Fail.REFUSED(status=401, text="Unauthorized")), ("Piotr", Fail.REFUSED(code=20003))]
)
async def test_a_misconfigured_sender_stops_and_parents_are_not_marked(
    office: Office, people: People, who: str, failure: Failure
) -> None:
    provider = office.telegram if who == "Amina" else office.twilio
    provider.fail(failure, times=None)
    channel = CAST[who].home
    for _ in range(3):
        office.reply(who)
    await office.drain()
    assert set(office.states()) == {State.DUE}
    assert {row.tries for row in office.rows()} == {0}
    assert office.contact(who).state == ContactState.ACTIVE
    assert [(task.kind, task.urgent, task.about) for task in office.tasks()] == [("sender stopped", True, channel)]
    assert channel in office.delivery.stopped
    await office.drain()
    assert set(office.states()) == {State.DUE}


async def test_a_stopped_sender_asks_the_provider_nothing_more(office: Office, people: People) -> None:
    office.telegram.fail(Fail.REFUSED(status=401, text="Unauthorized"), "sendMessage")
    for _ in range(10):
        office.reply("Amina")
    await office.drain("telegram")
    assert office.telegram.sent == []
    assert set(office.states()) == {State.DUE}
    assert {row.lease for row in office.rows()} == {""}


@pytest.mark.parametrize("stopped", [True, False], ids=["stopped", "its time is up"])
async def test_a_nudge_at_the_end_of_a_drain_is_left_to_the_next(office: Office, people: People, stopped: bool) -> None:
    """And does not keep this one turning for ever, with nothing it may do."""

    def too_long(*_: object) -> None:
        raise TimeoutError

    office.reply("Amina")
    if stopped:
        office.telegram.fail(Fail.REFUSED(status=401, text="Unauthorized"), "sendMessage")
    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(5)
    try:
        drain = asyncio.create_task(office.delivery.drain("telegram", seconds=30.0 if stopped else 0.0))
        while not drain.done():
            office.delivery.nudge("telegram")
            await asyncio.sleep(0.001)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    assert office.delivery.senders["telegram"].nudge.is_set()


async def test_urgent_before_answers_before_notices_before_bulk(office: Office, people: People) -> None:
    names = {Priority.BULK: "Samira", Priority.NOTICE: "Farah", Priority.REPLY: "Ioana", Priority.URGENT: "Amina"}
    for priority, who in names.items():
        office.push(who, channel="telegram", priority=priority)
    await office.drain("telegram")
    assert [who for who, _ in office.sent()] == ["Amina", "Ioana", "Farah", "Samira"]


async def test_two_answers_to_one_chat_arrive_in_order(office: Office, people: People) -> None:
    for text in ("One", "Two", "Three"):
        office.reply("Amina", text)
    await office.drain("telegram")
    assert [text for _, text in office.sent()] == ["One", "Two", "Three"]
    times = [one.at for one in office.telegram.sent]
    assert all(later - earlier > 0.99 for earlier, later in pairwise(times))


# what may still be said


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
