"""Sending by SMS, against a server as strict as Twilio: what arrives, what comes back, what each failure is to us."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.channels import Misconfigured, Rejected, SendError, Stopped, Throttled, Unknown, Unreachable
from bot.channels.http import Http
from bot.channels.sms import SmsChannel
from bot.channels.twilio_codes import REFUSALS
from bot.channels.wording import BODY_LIMIT, bodies, count, wording
from bot.messages import Attachment, Hook, Reading
from bot.segments import parts
from tests.bot.channels.outside import PIOTR, PUBLIC, config, to
from tests.providers.failures import Fail, Failure
from tests.providers.twilio import ACCOUNT_SID, AUTH_TOKEN, NUMBER, TwilioServer

SERVICE = "MG" + "0c" * 16
URDU = "کیا نور آج آئے گی؟"


@asynccontextmanager
async def hooks(tw: TwilioServer, channel: SmsChannel) -> AsyncIterator[list[Reading]]:
    """Our hooks as providers see them: what the channel reads of each request, under the public address."""
    readings: list[Reading] = []

    async def take(request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        readings.append(channel.read(Hook(PUBLIC + request.path_qs, headers, await request.read())))
        return web.Response(status=204)

    app = web.Application()
    app.router.add_post("/{path:.*}", take)
    async with TestServer(app) as ours:
        tw.deliver_to = str(ours.make_url("/"))
        yield readings


async def test_a_text_is_sent_with_the_address_of_its_receipts(sms: SmsChannel, tw: TwilioServer) -> None:
    sent = await sms.send(to(PIOTR, "Noor\u2019s day \u2013 all well\u2026"))
    (arrived,) = tw.sent
    assert (arrived.to, arrived.from_, arrived.body) == (PIOTR, NUMBER, "Noor's day - all well...")
    assert arrived.params["StatusCallback"] == f"{PUBLIC}/hooks/sms/status?m=42"
    assert "ValidityPeriod" not in arrived.params
    assert (sent.provider_id, sent.parts) == (arrived.sid, 1)


async def test_choices_are_numbered_lines_in_latin_digits(sms: SmsChannel, tw: TwilioServer) -> None:
    message = to(PIOTR, URDU, "ہاں", "نہیں")
    sent = await sms.send(message)
    assert tw.sent[0].body == f"{URDU}\n1 ہاں\n2 نہیں" == wording(URDU, ["ہاں", "نہیں"])
    assert sent.parts == sms.parts(message) == 1


@pytest.mark.parametrize(("seconds", "validity"), [(0, "1"), (-5, "1"), (90, "90"), (10**6, "36000")])
async def test_what_is_bound_to_a_time_does_not_arrive_after_it(
    sms: SmsChannel, tw: TwilioServer, seconds: int, validity: str
) -> None:
    await sms.send(to(PIOTR, valid_for=seconds))
    assert tw.sent[0].params["ValidityPeriod"] == validity


async def test_a_messaging_service_chooses_the_number(pooled: SmsChannel, sms: SmsChannel, tw: TwilioServer) -> None:
    await pooled.send(to(PIOTR))
    assert tw.sent[0].params["MessagingServiceSid"] == SERVICE
    assert "From" not in tw.sent[0].params
    assert (sms.limits.per_second, pooled.limits.per_second) == (1.0, 10.0)


async def test_a_long_text_is_several_of_whole_sentences(sms: SmsChannel, tw: TwilioServer) -> None:
    message = to(PIOTR, "We looked for snails [three] today. " * 100, "Lovely", "Thanks")
    sent = await sms.send(message)
    assert [one.body[-6:] for one in tw.sent[:-1]] == ["today."] * (len(tw.sent) - 1)
    assert tw.sent[-1].body.endswith("today.\n1 Lovely\n2 Thanks")
    assert sent.parts == sms.parts(message) == sum(parts(one.body).count for one in tw.sent)
    assert [("StatusCallback" in one.params) for one in tw.sent] == [False] * (len(tw.sent) - 1) + [True]
    assert sent.provider_id == tw.sent[-1].sid


async def test_a_body_that_fails_after_another_went_is_unknown(sms: SmsChannel, tw: TwilioServer) -> None:
    tw.fail(Fail.SLOW(seconds=0.0), "create")
    tw.fail(Fail.TOO_MANY, "create")
    with pytest.raises(Unknown):
        await sms.send(to(PIOTR, "word " * 500))
    assert len(tw.sent) == 1


texts = st.text(st.sampled_from("aż🤒 \n.’"), max_size=5000)


@given(texts, st.lists(st.text(st.sampled_from("abż "), min_size=1, max_size=400), max_size=6))
def test_bodies_fit_and_keep_every_word(text: str, choices: list[str]) -> None:
    found = bodies(text, choices)
    assert all(len(body.encode("utf-16-le")) <= 2 * BODY_LIMIT for body in found)
    assert "".join("".join(found).split()) == "".join(wording(text, choices).split())
    assert count(found) >= len(found)


def coded(code: int, status: int = 400) -> Failure:
    return Fail.REFUSED(status=status, code=code)


ERRORS: list[tuple[Failure, type[SendError], bool]] = [
    (coded(21610), Stopped, False),
    (coded(21211), Rejected, True),
    (coded(21614), Rejected, True),
    (coded(21635), Rejected, True),
    (coded(30005), Rejected, True),
    (coded(21612), Rejected, False),
    (coded(21408), Rejected, False),
    (coded(21617), Rejected, False),
    (coded(30450), Rejected, False),
    (coded(21606), Misconfigured, False),
    (coded(21659), Misconfigured, False),
    (coded(21660), Misconfigured, False),
    (coded(21608), Misconfigured, False),
    (coded(20003), Misconfigured, False),
    (coded(20404), Misconfigured, False),
    (coded(30002), Misconfigured, False),
    (coded(0, 401), Misconfigured, False),
    (coded(21611), Throttled, False),
    (coded(30001), Throttled, False),
    (Fail.TOO_MANY, Throttled, False),
    (Fail.SERVER_ERROR, Unknown, False),
    (Fail.BAD_GATEWAY, Unknown, False),
    (Fail.RESET_BEFORE, Unknown, False),
    (Fail.RESET_AFTER, Unknown, False),
    (Fail.NEVER, Unknown, False),
]


@pytest.mark.parametrize(("failure", "kind", "closes"), ERRORS)
async def test_every_failure_has_its_name_and_nothing_is_posted_twice(
    sms: SmsChannel, tw: TwilioServer, http: Http, failure: Failure, kind: type[SendError], closes: bool
) -> None:
    http.total_seconds = 0.2 if failure is Fail.NEVER else 5.0
    tw.fail(failure, "create")
    with pytest.raises(SendError) as raised:
        await sms.send(to(PIOTR, "Noor is well"))
    assert type(raised.value) is kind
    assert getattr(raised.value, "closes", False) is closes
    assert len(tw.sent) == (failure.kind in ("reset_after", "never"))
    if failure.code:
        assert raised.value.code == str(failure.code)
    if isinstance(raised.value, Throttled):
        assert (raised.value.retry_after, raised.value.everyone) == (10.0, True)
    http.total_seconds = 5.0
    await sms.send(to(PIOTR))


def test_the_table_of_refusals_is_tried_whole() -> None:
    tried = {failure.code for failure, _, _ in ERRORS} | {21212, 21609, 30006}
    assert tried >= REFUSALS.keys()


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (201, b"not JSON", Unknown),
        (201, b"{}", Unknown),
        (201, b"[]", Unknown),
        (201, b'{"sid": null}', Unknown),
        (200, b'{"sid": "SM1", "date_sent": 5}', Unknown),
        (302, b"", Unknown),
        (400, b"<html>", Rejected),
        (400, b'{"code": [], "message": {}}', Rejected),
        (400, b'{"type": "t", "title": "x", "status": 400, "code": 21610}', Stopped),
        (429, b'{"type": "t", "title": "x", "status": 429, "code": 20429}', Throttled),
        (400, b'{"type": "t", "title": "x", "status": "400", "code": {}}', Unknown),
    ],
)
async def test_answers_of_any_shape(http: Http, status: int, body: bytes, kind: type[SendError]) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=status, body=body, content_type="application/json", headers={"Location": "/x"})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    async with TestServer(app) as odd:
        base = str(odd.make_url("/")).rstrip("/")
        with pytest.raises(SendError) as raised:
            await SmsChannel(config(twilio_api_base=base), http).send(to(PIOTR))
    assert type(raised.value) is kind


async def test_nothing_is_sent_where_nobody_listens(http: Http, tw: TwilioServer) -> None:
    for channel in (SmsChannel(config(), http), SmsChannel(config(twilio_api_base=tw.base), Http())):
        with pytest.raises(Unreachable):
            await channel.send(to(PIOTR))


async def test_receipts_come_back_with_our_number(sms: SmsChannel, tw: TwilioServer) -> None:
    tw.fail(Fail.RESET_AFTER, "create")
    with pytest.raises(Unknown):
        await sms.send(to(PIOTR))
    async with hooks(tw, sms) as readings:
        for status in ("sent", "delivered"):
            await tw.callback(tw.sent[0], status)
        await tw.callback(tw.sent[0], "undelivered", error_code=30003)
    receipts = [receipt for reading in readings for receipt in reading.receipts]
    assert {(receipt.outbox_id, receipt.provider_id) for receipt in receipts} == {(42, tw.sent[0].sid)}
    assert [(receipt.state, receipt.error_code) for receipt in receipts] == [
        ("sent", ""),
        ("delivered", ""),
        ("failed", "30003"),
    ]


async def test_texts_come_in_as_twilio_delivers_them(sms: SmsChannel, tw: TwilioServer) -> None:
    async with hooks(tw, sms) as readings:
        await tw.deliver(PIOTR, "Zosia się spóźni 🤒 ", url=f"{PUBLIC}/hooks/sms#rc=3", sid="SM1")
        await tw.deliver(PIOTR, "STOP", url=f"{PUBLIC}/hooks/sms", opt_out_type="STOP")
    late, stop = [reading.messages[0] for reading in readings]
    assert (late.text, late.provider_id, late.handled) == ("Zosia się spóźni 🤒 ", "SM1", "")
    assert stop.handled == "STOP"
    with pytest.raises(Stopped):
        await sms.send(to(PIOTR))


@pytest.mark.parametrize("through", ["sms", "pooled"])
async def test_what_was_sent_can_be_asked(through: str, sms: SmsChannel, pooled: SmsChannel, tw: TwilioServer) -> None:
    channel = sms if through == "sms" else pooled
    other = pooled if through == "sms" else sms
    assert await channel.sent_to(PIOTR) == []
    tw.fail(Fail.RESET_AFTER, "create")
    with pytest.raises(Unknown):
        await channel.send(to(PIOTR, "Noor is well"))
    await channel.send(to(PIOTR, "And so is Leo"))
    await other.send(to(PIOTR, "From elsewhere"))
    await channel.send(to("+447700900103", "To another"))
    tw.move(tw.sent[0], "delivered")
    past = await channel.sent_to(PIOTR) or ()
    assert [(one.provider_id, one.text, one.state) for one in past] == [
        (tw.sent[1].sid, "And so is Leo", "sending"),
        (tw.sent[0].sid, "Noor is well", "delivered"),
    ]
    assert all(one.at is not None and one.at.tzinfo is not None for one in past)


async def test_a_long_message_is_traced_by_its_last_body(sms: SmsChannel, tw: TwilioServer) -> None:
    message = to(PIOTR, "We looked for snails today. " * 100, "Lovely")
    await sms.send(message)
    past = await sms.sent_to(PIOTR) or ()
    assert [one.provider_id for one in past if one.text == sms.wording(message)] == [tw.sent[-1].sid]


async def test_check_finds_a_wrong_token_and_sends_nothing(sms: SmsChannel, tw: TwilioServer, http: Http) -> None:
    assert await sms.check() == NUMBER
    wrong = SmsChannel(config(twilio_api_base=tw.base, twilio_auth_token=SecretStr("0f" * 16)), http)
    with pytest.raises(Misconfigured, match="TWILIO_AUTH_TOKEN"):
        await wrong.check()
    assert tw.sent == []


async def test_only_the_newest_are_asked_for(sms: SmsChannel, tw: TwilioServer) -> None:
    for _ in range(25):
        await sms.send(to(PIOTR))
    assert len(await sms.sent_to(PIOTR) or ()) == 20
    for failure, kind in [
        (Fail.TOO_MANY, Throttled),
        (Fail.SERVER_ERROR, Unknown),
        (Fail.BAD_GATEWAY, Unknown),
        (coded(20404, 404), Misconfigured),
    ]:
        tw.fail(failure, "list")
        with pytest.raises(kind):
            await sms.sent_to(PIOTR)


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def elsewhere(handler: Handler) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_get("/{path:.*}", handler)
    async with TestServer(app) as server:
        yield str(server.make_url("/file")).rstrip("/")


async def test_media_is_fetched_with_the_password_from_twilio_alone(sms: SmsChannel, tw: TwilioServer) -> None:
    async with hooks(tw, sms) as readings:
        await tw.deliver(PIOTR, "", url=f"{PUBLIC}/hooks/sms", media=[("image/jpeg", b"\xff\xd8")])
    (photo,) = readings[0].messages[0].attachments
    blob = await sms.fetch(photo)
    assert (blob.content, blob.mime) == (b"\xff\xd8", "image/jpeg")
    logins: list[str | None] = []

    async def note(request: web.Request) -> web.Response:
        logins.append(request.headers.get("Authorization"))
        return web.Response(body=b"stored", content_type="image/png")

    async with elsewhere(note) as store:
        assert (await sms.fetch(Attachment("photo", store))).mime == "image/png"

        async def redirect(request: web.Request) -> web.Response:
            logins.append(request.headers.get("Authorization"))
            raise web.HTTPTemporaryRedirect(store)

        async with elsewhere(redirect) as twilio:
            there = SmsChannel(config(twilio_api_base=twilio.removesuffix("/file")), sms._http)
            assert (await there.fetch(Attachment("photo", twilio))).content == b"stored"
    assert [login is not None for login in logins] == [False, True, False]


async def test_what_cannot_be_fetched_is_rejected_and_what_may_be_later_is_not(sms: SmsChannel) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        if request.query_string == "large":
            stream = web.StreamResponse()  # says nothing of its length
            await stream.prepare(request)
            for _ in range(11):
                await stream.write(b"x" * 1_000_000)
            return stream
        if request.query_string == "loop":
            raise web.HTTPFound("/file?loop")
        return web.Response(status=int(request.query_string))

    async with elsewhere(answer) as store:
        for query, kind in [
            ("401", Rejected),
            ("404", Rejected),
            ("large", Rejected),
            ("loop", Rejected),
            ("429", Unreachable),
            ("503", Unreachable),
        ]:
            with pytest.raises(kind):
                await sms.fetch(Attachment("photo", f"{store}?{query}"))
    for ref in ("", "nowhere", "ftp://x/y", "http://[", "mailto:x"):
        with pytest.raises(Rejected):
            await sms.fetch(Attachment("photo", ref))
    with pytest.raises(Unreachable):
        await sms.fetch(Attachment("photo", "http://127.0.0.1:9/file"))


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("30001", Unreachable),
        ("30003", Unreachable),
        ("30008", Unreachable),
        ("30005", Rejected),
        ("30006", Rejected),
        ("21610", Stopped),
        ("30004", Stopped),
        ("30007", None),
        ("30036", None),
        ("", None),
        ("99999", None),
    ],
)
def test_what_a_delivery_that_failed_means(sms: SmsChannel, code: str, kind: type[SendError] | None) -> None:
    fault = sms.fault(code)
    assert (None if fault is None else type(fault)) is kind
    assert fault is None or fault.code == code
    assert not isinstance(fault, Rejected) or fault.closes


async def test_neither_token_nor_words_nor_numbers_reach_a_log_or_an_error(
    sms: SmsChannel, tw: TwilioServer, http: Http, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    told = []
    for failure, _, _ in ERRORS:
        http.total_seconds = 0.1 if failure is Fail.NEVER else 5.0
        tw.fail(failure, times=None)
        for call in (lambda: sms.send(to(PIOTR, "Noor has a rash")), lambda: sms.sent_to(PIOTR)):
            with pytest.raises(SendError) as error:
                await call()
            told += [str(error.value), str(error.value.args), error.value.reason]
        tw.reset()
    told += [caplog.text, capsys.readouterr().out]
    for secret in (AUTH_TOKEN, ACCOUNT_SID, PIOTR, PIOTR[1:], "rash"):
        assert secret not in "".join(told)
