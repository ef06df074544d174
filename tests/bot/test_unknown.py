"""Messages of which nobody knows whether they left: what is found out, sent once more, or told to staff."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.outbox import Priority, State
from tests.bot.office import UNKNOWN_SECONDS, Office
from tests.cast import People
from tests.providers.failures import Fail, Failure


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
