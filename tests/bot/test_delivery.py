"""Delivery, with the real channels: what every failure comes to, who is written to instead, and in what order."""

from __future__ import annotations

import asyncio
import signal
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlmodel import select

from bot.channels import Limits
from bot.consequences import MOST_TRIES
from bot.messages import Receipt
from bot.outbox import Priority, State
from bot.pace import Pace
from nursery.complaints import Complaint
from nursery.contacts import ContactState
from nursery.inbox import waiting_for_staff
from tests.bot.office import UNKNOWN_SECONDS, Office
from tests.cast import CAST, MONDAY, People
from tests.providers.failures import Fail, Failure

TELEGRAM, SMS = "Amina", "Piotr"
"""Who is written to on which channel."""


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


async def test_a_complaint_about_the_manager_is_not_in_the_inbox_though_an_answer_was_lost(
    office: Office, people: People
) -> None:
    for words in ("SKARGA", "Helen nigdy nie odbiera telefonu", "1"):
        await office.hear("Piotr", words)
        await office.drain()
    asked = next(row for row in office.rows() if row.key.startswith("in:2:"))
    await receipt(office, asked.id, State.FAILED, "30005")
    with office.session() as session:
        assert session.exec(select(Complaint.about_manager)).all() == [True]
        assert waiting_for_staff(session) == []
    assert "unreached" in [task.kind for task in office.tasks()]


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
