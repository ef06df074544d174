"""The demo phone as a channel: what it reads, what it refuses, and when a message arrives."""

from __future__ import annotations

import asyncio
import base64
from typing import Any

import orjson
import pytest

from bot.channels import Broken, Forbidden, Rejected, Stopped
from bot.channels.phone import PhoneChannel
from bot.messages import Hook, Kind, Outgoing, Reading

KEY = "the page's key"


def hook(said: Any, key: str = KEY) -> Hook:
    body = said if isinstance(said, bytes) else orjson.dumps(said)
    return Hook("http://127.0.0.1/hooks/sms", {"x-phone-key": key}, body)


def phone(name: str = "sms") -> tuple[PhoneChannel, list[Reading]]:
    """A phone whose receipts come at once, and what it has handed in."""
    handed: list[Reading] = []

    async def deliver(reading: Reading) -> None:
        handed.append(reading)

    channel = PhoneChannel(name, KEY, seconds=(0, 0))
    channel.deliver = deliver
    return channel, handed


def outgoing(text: str = "Is Zosia away?", choices: tuple[str, ...] = ()) -> Outgoing:
    return Outgoing(7, "+447700900002", text, "pl", choices)


def test_words_are_read_as_the_channel_it_stands_in_for() -> None:
    channel, _ = phone()
    (incoming,) = channel.read(hook({"id": "m1", "address": "+447700900002", "text": "Dzień dobry"})).messages
    assert (incoming.channel, incoming.kind, incoming.text) == ("sms", Kind.TEXT, "Dzień dobry")
    assert (incoming.provider_id, incoming.address) == ("m1", "+447700900002")


def test_a_tap_carries_the_data_of_its_button() -> None:
    channel, _ = phone("telegram")
    said = {"id": "m2", "address": "70001", "tapped": "12:0", "tap_ref": "12:0"}
    (incoming,) = channel.read(hook(said)).messages
    assert (incoming.kind, incoming.tapped, incoming.tap_ref) == (Kind.TAP, "12:0", "12:0")


@pytest.mark.parametrize("key", ["", "another", "żółw"])
def test_who_has_not_the_key_is_refused(key: str) -> None:
    with pytest.raises(Forbidden):
        phone()[0].read(hook({"id": "m1", "address": "1", "text": "x"}, key))


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"{",
        b"\xff",
        [],
        None,
        {"id": "m1"},
        {"id": 3, "address": "1"},
        {"id": "", "address": "1"},
        {"id": "m1", "address": "1" * 41},
        {"id": "m1", "address": "1", "text": ["x"]},
        {"id": "m1", "address": "1", "attachment": "photo"},
        {"id": "m1", "address": "1", "attachment": {"kind": "photo", "mime": "image/png", "data": "%%"}},
    ],
)
def test_what_cannot_be_read_is_broken(said: Any) -> None:
    with pytest.raises(Broken):
        phone()[0].read(hook(said))


async def test_a_photo_is_fetched_from_memory() -> None:
    channel, _ = phone("telegram")
    data = base64.b64encode(b"\x89PNG").decode()
    attachment = {"kind": "photo", "mime": "image/png", "name": "tower.png", "data": data}
    (incoming,) = channel.read(hook({"id": "m3", "address": "70001", "attachment": attachment})).messages
    (kept,) = incoming.attachments
    assert (kept.kind, kept.mime, kept.name, kept.size) == ("photo", "image/png", "tower.png", 4)
    assert (await channel.fetch(kept)).content == b"\x89PNG"
    with pytest.raises(Rejected):
        await phone("telegram")[0].fetch(kept)


async def test_what_is_sent_is_delivered_a_moment_later() -> None:
    channel, handed = phone()
    sent = await channel.send(outgoing(choices=("Tak", "Nie")))
    assert handed == []
    await asyncio.sleep(0.02)
    (receipt,) = handed[0].receipts
    assert (receipt.outbox_id, receipt.provider_id, receipt.state) == (7, sent.provider_id, "delivered")


def test_by_sms_choices_are_numbers_and_parts_are_counted() -> None:
    sms, telegram = phone("sms")[0], phone("telegram")[0]
    message = outgoing("Czy Zosia jest dziś chora?", ("Tak", "Nie"))
    assert sms.wording(message) == "Czy Zosia jest dziś chora?\n1 Tak\n2 Nie"
    assert (sms.parts(message), sms.parts(outgoing("ź" * 71)), sms.parts(outgoing("z" * 160))) == (1, 2, 1)
    assert (telegram.wording(message), telegram.parts(outgoing("ź" * 999))) == (message.text, 1)


async def test_a_phone_that_is_off_gets_it_when_it_is_on() -> None:
    channel, handed = phone()
    await channel.switch("+447700900002", off=True, blocked=False)
    await channel.send(outgoing())
    await asyncio.sleep(0.02)
    assert handed == []
    await channel.switch("+447700900002", off=False, blocked=False)
    assert [receipt.state for reading in handed for receipt in reading.receipts] == ["delivered"]


async def test_a_block_stops_sending_and_an_unblock_is_told() -> None:
    channel, handed = phone("telegram")
    await channel.switch("70001", off=False, blocked=True)
    with pytest.raises(Stopped, match="blocked"):
        await channel.send(Outgoing(8, "70001", "Hello", "en_GB"))
    await channel.switch("70001", off=False, blocked=False)
    assert [incoming.kind for reading in handed for incoming in reading.messages] == [Kind.UNBLOCKED]
    await channel.send(Outgoing(9, "70001", "Hello", "en_GB"))


async def test_receipts_on_their_way_end_with_the_channel() -> None:
    channel = PhoneChannel("sms", KEY, seconds=(60, 60))
    await channel.send(outgoing())
    await channel.stop()
