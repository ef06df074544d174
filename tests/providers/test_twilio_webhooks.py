"""What Twilio posts to us: receipts and texts, signed for the public address whatever host they reach."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from twilio.base.exceptions import TwilioRestException  # type: ignore[import-untyped]
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from tests.providers.twilio import TwilioServer

pytestmark = [  # Twilio's own client still signs in the way aiohttp is leaving behind
    pytest.mark.filterwarnings("ignore:BasicAuth is deprecated"),
    pytest.mark.filterwarnings("ignore:The 'auth' parameter is deprecated"),
]

AMINA, NURSERY = "+447700900101", "+447700900000"
PUBLIC = "https://nursery.example"

Seen = list[tuple[str, dict[str, str]]]


@pytest.fixture
async def seen(tw: TwilioServer) -> AsyncIterator[Seen]:
    """What reaches our hooks, each request's signature found good for its public address."""
    found: Seen = []

    async def hook(request: web.Request) -> web.Response:
        form = {key: str(value) for key, value in (await request.post()).items()}
        url = PUBLIC + request.path_qs
        assert RequestValidator(tw.auth_token).validate(url, form, request.headers["X-Twilio-Signature"])
        found.append((request.headers["I-Twilio-Idempotency-Token"], form))
        return web.Response(status=204)

    app = web.Application()
    app.router.add_post("/{path:.*}", hook)
    async with TestServer(app) as ours:
        tw.deliver_to = str(ours.make_url("/"))
        yield found


async def send(client: Any, to: str = AMINA, **fields: Any) -> Any:
    return await client.messages.create_async(**{"to": to, "from_": NURSERY, "body": "Good morning", **fields})


async def test_receipts_are_signed_for_the_address_we_gave(tw: TwilioServer, client: Any, seen: Seen) -> None:
    message = await send(client, status_callback=f"{PUBLIC}/hooks/sms/status?m=42")
    assert await tw.callback(tw.sent[0], "undelivered", error_code=30003) == 204
    form = seen[0][1]
    assert (form["MessageSid"], form["MessageStatus"], form["ErrorCode"]) == (message.sid, "undelivered", "30003")
    assert (await client.messages(message.sid).fetch_async()).error_code == 30003
    await send(client)
    with pytest.raises(LookupError):
        await tw.callback(tw.sent[1], "sent")


async def test_a_text_from_a_parent_is_signed_and_a_redelivery_is_the_same(tw: TwilioServer, seen: Seen) -> None:
    for _ in range(2):
        assert await tw.deliver(AMINA, "Noor będzie później 🤒 ", url=f"{PUBLIC}/hooks/sms#rc=3", sid="SM1") == 204
    first, again = seen
    assert first == again
    assert (first[1]["From"], first[1]["To"], first[1]["Body"]) == (AMINA, NURSERY, "Noor będzie później 🤒 ")


@pytest.mark.parametrize(
    ("words", "opt_out_type", "stopped"),
    [("Stop", None, True), ("ARRET", "STOP", True), ("please stop the bus", None, False), ("CANCEL", None, True)],
)
async def test_stop_words_stop_and_start_words_start(
    tw: TwilioServer, client: Any, seen: Seen, words: str, opt_out_type: str | None, stopped: bool
) -> None:
    url = f"{PUBLIC}/hooks/sms"
    await tw.deliver(AMINA, words, url=url, opt_out_type=opt_out_type)
    assert len(seen) == 1
    assert (AMINA in tw.stopped) is stopped
    tw.stop(AMINA)
    with pytest.raises(TwilioRestException) as refused:
        await send(client)
    assert refused.value.code == 21610
    await tw.deliver(AMINA, "START", url=url)
    await send(client)


async def test_media_needs_the_password(tw: TwilioServer, seen: Seen) -> None:
    await tw.deliver(AMINA, "", url=f"{PUBLIC}/hooks/sms", media=[("image/jpeg", b"\xff\xd8")])
    url = seen[0][1]["MediaUrl0"]
    async with httpx.AsyncClient() as http:
        assert (await http.get(url)).status_code == 401
        reply = await http.get(url, auth=(tw.account_sid, tw.auth_token))
    assert (reply.content, reply.headers["Content-Type"]) == (b"\xff\xd8", "image/jpeg")
