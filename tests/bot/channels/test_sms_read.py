"""What Twilio posts and what we make of it: a table of real forms, and what is turned away."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from bot.channels import Broken, Forbidden
from bot.channels.http import Http
from bot.channels.sms import SmsChannel
from bot.messages import Attachment, Hook, Incoming, Reading, Receipt
from tests.bot.channels.outside import PUBLIC, config, names, payload, twilio_hook
from tests.providers.twilio import ACCOUNT_SID, AUTH_TOKEN

SID, MMS = "SM" + "1f" * 16, "MM" + "2e" * 16
LEO = "+12025550143"
STATUS = "/hooks/sms/status?m=42"
MEDIA = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT_SID}/Messages"

channel = SmsChannel(config(), Http())


def said(text: str, sender: str = LEO, sid: str = SID, **more: Any) -> Incoming:
    return Incoming("sms", sid, sender, text=text, message_ref=sid, **more)


def told(number: str, state: str, error_code: str = "") -> Receipt:
    return Receipt("sms", 42, "SM" + number * 16, state, error_code)


TEXTS: dict[str, Incoming | str] = {
    "keyword_arret_optouttype": said("ARRET", handled="STOP"),
    "keyword_help_optouttype": said("HELP", handled="HELP"),
    "keyword_start_optouttype": said("Start", handled="START"),
    "keyword_stop_optouttype": said("STOP", handled="STOP"),
    "mms_no_text": said(
        "",
        sid="MM" + "5b" * 16,
        attachments=(Attachment("photo", f"{MEDIA}/MM{'5b' * 16}/Media/ME{'6a' * 16}", "image/heic"),),
    ),
    "mms_two_media": said(
        "permission slip",
        sid=MMS,
        attachments=(
            Attachment("photo", f"{MEDIA}/{MMS}/Media/ME{'3d' * 16}", "image/jpeg"),
            Attachment("document", f"{MEDIA}/{MMS}/Media/ME{'4c' * 16}", "application/pdf"),
        ),
    ),
    "no_geo_international": said("Hallo", "+4915112345678"),
    "short_code_sender": said("Your parcel is here", "74454", answerable=False),
    "sms_emoji": said("Leo is sick 🤒 sorry! 👩‍👧"),
    "sms_gsm_extension": said("price is 10€ [lunch] {drinks} ~ok|"),
    "sms_long_concatenated": said(payload("twilio", "sms_long_concatenated")["Body"]),
    "sms_plain": said("Hi, Leo will be 20 minutes late today"),
    "sms_rtl_ucs2_long": said(payload("twilio", "sms_rtl_ucs2_long")["Body"]),
    "stop_inside_a_sentence": said("please stop the bus messages"),
    "stop_without_optouttype": said("stop"),
    "whatsapp_text": "whatsapp sender",
}
RECEIPTS = {
    "status_canceled": told("11", "cancelled"),
    "status_delivered": told("0d", "delivered"),
    "status_failed": told("0f", "failed", "30007"),
    "status_queued": told("0a", "sending"),
    "status_read": told("10", "delivered"),
    "status_sending": told("0b", "sending"),
    "status_sent": told("0c", "sent"),
    "status_undelivered": told("0e", "failed", "30003"),
}


def test_the_tables_have_every_payload() -> None:
    assert TEXTS.keys() | RECEIPTS.keys() == names("twilio")


@pytest.mark.parametrize("name", TEXTS)
def test_texts(name: str) -> None:
    expected = TEXTS[name]
    reading = channel.read(twilio_hook(payload("twilio", name)))
    assert reading == (Reading(ignored=expected) if isinstance(expected, str) else Reading((expected,)))


@pytest.mark.parametrize("name", RECEIPTS)
def test_receipts(name: str) -> None:
    reading = channel.read(twilio_hook(payload("twilio", name), STATUS))
    assert reading == Reading(receipts=(RECEIPTS[name],))


@pytest.mark.parametrize(
    ("query", "outbox_id"),
    [("", None), ("?m=", None), ("?m=4x", None), ("?m=" + "9" * 19, None), ("?m=%D9%A3", None), ("?a=b&m=7", 7)],
)
def test_a_receipt_without_a_number_of_ours_is_still_one(query: str, outbox_id: int | None) -> None:
    (receipt,) = channel.read(twilio_hook(payload("twilio", "status_sent"), f"/hooks/sms/status{query}")).receipts
    assert receipt.outbox_id == outbox_id


def test_an_unknown_status_is_passed_over() -> None:
    form = {**payload("twilio", "status_sent"), "MessageStatus": "receiving"}
    assert channel.read(twilio_hook(form, STATUS)) == Reading(ignored="status receiving")


@pytest.mark.parametrize("sender", ["74454", "NHSnoreply", "+0123456789", "+44", "+٤٤٧٧٠٠٩٠٠١٠٢", "", "+447700900102x"])
def test_only_a_whole_number_can_be_answered(sender: str) -> None:
    (message,) = channel.read(twilio_hook({**payload("twilio", "sms_plain"), "From": sender})).messages
    assert (message.address, message.answerable) == (sender, False)


@pytest.mark.parametrize("told", ["", "x", "-1", "0", "9999", "٣"])
def test_media_that_is_not_there_is_not_attached(told: str) -> None:
    form = {**payload("twilio", "sms_plain"), "NumMedia": told}
    (message,) = channel.read(twilio_hook(form)).messages
    assert message.attachments == ()


FORM = payload("twilio", "sms_plain")


def signed(form: dict[str, str], url: str = f"{PUBLIC}/hooks/sms", algorithm: str | None = None) -> str:
    return str(RequestValidator(AUTH_TOKEN).compute_signature(url, form, algorithm))


@pytest.mark.parametrize(
    "hook",
    [
        twilio_hook(FORM, token="0d" * 16),
        Hook(f"{PUBLIC}/hooks/sms", {}, urlencode(FORM).encode()),
        Hook(f"{PUBLIC}/hooks/sms", {"x-twilio-signature": ""}, urlencode(FORM).encode()),
        Hook(f"{PUBLIC}/hooks/sms", {"x-twilio-signature": signed(FORM)[:-1] + "é"}, urlencode(FORM).encode()),
        Hook(f"{PUBLIC}/hooks/sms", {"x-twilio-signature": signed(FORM)}, urlencode({**FORM, "Body": "STOP"}).encode()),
        Hook(f"{PUBLIC}/hooks/sms", {"x-twilio-signature": signed(FORM)}, urlencode({**FORM, "Extra": ""}).encode()),
        Hook(f"{PUBLIC}/hooks/sms/", {"x-twilio-signature": signed(FORM)}, urlencode(FORM).encode()),
        Hook("http://nursery.example/hooks/sms", {"x-twilio-signature": signed(FORM)}, urlencode(FORM).encode()),
        Hook(f"{PUBLIC}/hooks/sms", {"x-twilio-signature": signed(FORM)}, b""),
        Hook(f"{PUBLIC}/hooks/sms", {"x-twilio-signature": signed(FORM)}, b"\xff\xfe"),
        twilio_hook({**FORM, "AccountSid": "AC" + "0b" * 16}),
        twilio_hook({name: value for name, value in FORM.items() if name != "AccountSid"}),
        twilio_hook({}),
        Hook(
            f"{PUBLIC}/hooks/sms",
            {"x-twilio-signature": signed(FORM), "x-twilio-webhooks-signature-settings": "algorithm=HMAC_MD5"},
            urlencode(FORM).encode(),
        ),
    ],
)
def test_what_twilio_did_not_sign_is_forbidden(hook: Hook) -> None:
    with pytest.raises(Forbidden):
        channel.read(hook)


def test_a_receipt_cannot_be_moved_to_another_message() -> None:
    hook = twilio_hook(payload("twilio", "status_delivered"), STATUS)
    with pytest.raises(Forbidden):
        channel.read(Hook(hook.url.replace("m=42", "m=43"), hook.headers, hook.body))


def test_blank_fields_fragments_and_the_newer_signature_are_understood() -> None:
    assert "" in FORM.values()
    hook = twilio_hook(FORM, "/hooks/sms#rc=3&rp=all")
    assert channel.read(hook).messages
    headers = {
        "x-twilio-signature": signed(FORM, algorithm="HMAC_SHA256"),
        "x-twilio-webhooks-signature-settings": "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256",
    }
    assert channel.read(Hook(f"{PUBLIC}/hooks/sms", headers, hook.body)).messages


def test_a_form_without_a_sid_is_broken() -> None:
    for path in ("/hooks/sms", STATUS):
        with pytest.raises(Broken):
            channel.read(twilio_hook({name: value for name, value in FORM.items() if name != "MessageSid"}, path))


def test_a_form_of_a_thousand_fields_is_broken() -> None:
    with pytest.raises(Broken):
        channel.read(twilio_hook({**FORM, **{f"Field{place}": "" for place in range(1000)}}))


fields = st.dictionaries(st.sampled_from([*FORM, "MediaUrl0", "MessageStatus", "OptOutType"]), st.text(), max_size=8)


@given(fields, st.sampled_from(["/hooks/sms", STATUS, "/hooks/sms/status"]))
def test_no_signed_form_is_a_traceback(changes: dict[str, str], path: str) -> None:
    form = {**FORM, **changes, "AccountSid": ACCOUNT_SID}
    with suppress(Broken):
        reading = channel.read(twilio_hook(form, path))
        assert bool(reading.ignored) is not bool(reading.messages or reading.receipts)


@given(st.binary(), st.text())
def test_no_unsigned_body_is_a_traceback(body: bytes, signature: str) -> None:
    with pytest.raises((Forbidden, Broken)):
        channel.read(Hook(f"{PUBLIC}/hooks/sms", {"x-twilio-signature": signature}, body))
