"""The stand-in for Twilio, driven by the real client and checked with its own validator."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import httpx
import pytest
from twilio.base.exceptions import TwilioRestException  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]

from tests.providers.failures import Failure
from tests.providers.twilio import Fail, TwilioServer

pytestmark = [  # Twilio's own client still signs in the way aiohttp is leaving behind
    pytest.mark.filterwarnings("ignore:BasicAuth is deprecated"),
    pytest.mark.filterwarnings("ignore:The 'auth' parameter is deprecated"),
]

AMINA, PIOTR, NURSERY = "+447700900101", "+447700900102", "+447700900000"
SERVICE = "MG" + "7" * 32


async def send(client: Any, to: str = AMINA, **fields: Any) -> Any:
    return await client.messages.create_async(**{"to": to, "from_": NURSERY, "body": "Good morning", **fields})


async def test_a_message_comes_back_as_twilio_shapes_it(tw: TwilioServer, client: Any) -> None:
    message = await send(client, body="Dzień dobry", validity_period=3600)
    assert (message.status, message.num_segments, message.price, message.to) == ("queued", "1", None, AMINA)
    assert message.sid.startswith("SM")
    sent = tw.sent[0]
    assert (sent.sid, sent.to, sent.from_, sent.body) == (message.sid, AMINA, NURSERY, "Dzień dobry")
    assert (await client.messages(message.sid).fetch_async()).body == "Dzień dobry"
    assert tw.violations == []


async def test_a_messaging_service_has_not_chosen_a_sender_yet(tw: TwilioServer, client: Any) -> None:
    message = await client.messages.create_async(to=AMINA, messaging_service_sid=SERVICE, body="Hi")
    assert (message.status, message.from_, message.num_segments) == ("accepted", None, "0")
    assert tw.sent[0].from_ == SERVICE


async def test_the_blocking_client_works_too(tw: TwilioServer) -> None:
    client = Client(tw.account_sid, tw.auth_token)
    client.api.base_url = tw.base
    try:
        message = await asyncio.to_thread(client.messages.create, to=AMINA, from_=NURSERY, body="Hi")
    finally:
        client.http_client.session.close()
    assert message.status == "queued"


@pytest.mark.parametrize(
    ("failure", "status", "code"),
    [
        (Fail.TOO_MANY(retry_after=2), 429, 20429),
        (Fail.REFUSED(code=20003), 401, 20003),
        (Fail.REFUSED(code=21211), 400, 21211),
        (Fail.REFUSED(code=21408), 400, 21408),
        (Fail.REFUSED(code=21610), 400, 21610),
        (Fail.SERVER_ERROR, 500, 20500),
        (Fail.BAD_GATEWAY, 502, 502),
    ],
)
async def test_each_refusal_once_for_one_person(
    tw: TwilioServer, client: Any, failure: Failure, status: int, code: int
) -> None:
    tw.fail(failure, method="create", to=AMINA)
    await send(client, PIOTR)
    with pytest.raises(TwilioRestException) as refused:
        await send(client)
    assert (refused.value.status, refused.value.code) == (status, code)
    await send(client)
    assert (len(tw.sent), tw.refused) == (2, int(status == 429))


@pytest.mark.parametrize(
    ("failure", "error", "accepted"),
    [
        (Fail.RESET_BEFORE, aiohttp.ClientError, 0),
        (Fail.RESET_AFTER, aiohttp.ClientError, 1),
        (Fail.NEVER, TimeoutError, 1),
        (Fail.SLOW(seconds=5), TimeoutError, 1),
    ],
)
async def test_a_lost_answer_may_be_a_message_taken(
    tw: TwilioServer, client: Any, failure: Failure, error: type[Exception], accepted: int
) -> None:
    tw.fail(failure)
    with pytest.raises(error):
        async with asyncio.timeout(0.3):
            await send(client)
    assert len(tw.sent) == accepted
    assert len(await client.messages.list_async(to=AMINA, from_=NURSERY)) == accepted


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"Colour": "red"}, 20001),
        ({"To": "07700 900101"}, 21211),
        ({"To": ""}, 21604),
        ({"From": ""}, 21603),
        ({"From": "Butterfly Room"}, 21212),
        ({"Body": ""}, 21619),
        ({"Body": "x" * 1601}, 21617),
        ({"ValidityPeriod": "36001"}, 30045),
        ({"ValidityPeriod": "0"}, 30045),
        ({"ValidityPeriod": "soon"}, 20422),
        ({"SmartEncoded": "yes"}, 20422),
        ({"ContentRetention": "burn"}, 20422),
        ({"MessagingServiceSid": "MG1"}, 20422),
        ({"StatusCallback": "nursery.example/hooks"}, 21609),
        ({"StatusCallback": "https://my_nursery.example/hooks"}, 21609),
        ({"ScheduleType": "fixed"}, 35118),
    ],
)
async def test_our_mistakes_are_recorded_and_refused(tw: TwilioServer, fields: dict[str, str], code: int) -> None:
    form = {"To": AMINA, "From": NURSERY, "Body": "Hi", **fields}
    async with httpx.AsyncClient(auth=(tw.account_sid, tw.auth_token)) as http:
        reply = await http.post(f"{tw.base}/2010-04-01/Accounts/{tw.account_sid}/Messages.json", data=form)
    assert (reply.status_code, reply.json()["code"], reply.json()["status"]) == (400, code, 400)
    assert len(tw.violations) == 1
    assert tw.sent == []


async def test_a_wrong_password_gets_nowhere(tw: TwilioServer) -> None:
    async with httpx.AsyncClient(auth=(tw.account_sid, "wrong")) as http:
        reply = await http.get(f"{tw.base}/2010-04-01/Accounts/{tw.account_sid}/Messages.json")
    assert (reply.status_code, reply.json()["code"]) == (401, 20003)


async def test_the_list_is_newest_first_filtered_and_paged(tw: TwilioServer, client: Any) -> None:
    for number in range(5):
        await send(client, body=str(number))
    await send(client, PIOTR)
    pages = client.messages.list_async(to=AMINA, page_size=2)
    assert [message.body for message in await pages] == ["4", "3", "2", "1", "0"]
    tw.move(tw.sent[2], "sent")
    hour = timedelta(hours=1)
    since, before = (datetime.now(UTC) - hour), (datetime.now(UTC) + hour)
    found = await client.messages.list_async(date_sent_after=since, date_sent_before=before)
    assert [(message.body, message.status) for message in found] == [("2", "sent")]
    assert await client.messages.list_async(date_sent=datetime.now(UTC).date() - timedelta(days=1)) == []


async def test_a_message_can_be_redacted_and_only_a_waiting_one_cancelled(tw: TwilioServer, client: Any) -> None:
    message = await send(client)
    assert (await client.messages(message.sid).update_async(body="")).body == ""
    tw.move(message.sid, "sent")
    with pytest.raises(TwilioRestException):
        await client.messages(message.sid).update_async(status="canceled")
