"""What Telegram sends and what we make of it: a table of real payloads, and everything else there could be."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels import Broken, Forbidden
from bot.channels.http import Http
from bot.channels.telegram import TelegramChannel, read_by_library, read_update
from bot.channels.updates import plainly
from bot.messages import Attachment, Incoming, Kind, Reading
from nursery.inbox import refusal
from tests.bot.channels.outside import config, names, payload, telegram_hook
from tests.providers import updates

ANA, GROUP = "700000123", "-1001987654321"
HINTS = {"language_hint": "pt-br", "name_hint": "Ana"}

channel = TelegramChannel(config(), Http())


def ana(update_id: int, **content: Any) -> Incoming:
    return Incoming("telegram", str(812345000 + update_id), **{"address": ANA, **HINTS, **content})


TABLE: dict[str, Incoming | str] = {
    "private_text": ana(1, text="Olá! A Sofia está doente hoje 🤒", message_ref="101"),
    "start_deep_link": ana(2, text="/start fam_7Kq2-Xz_9", message_ref="102"),
    "contact_share": ana(3, message_ref="103", attachments=(Attachment("contact", ""),)),
    "contact_of_someone_else": ana(4, message_ref="104", attachments=(Attachment("contact", ""),)),
    "photo_with_caption": ana(
        5,
        text="Doctor's note for Sofia",
        message_ref="105",
        attachments=(Attachment("photo", "AgACAgQAAxkBAAI3", "image/jpeg", 140211),),
    ),
    "photo_album_1_of_2": ana(
        6,
        text="two pages",
        message_ref="106",
        attachments=(Attachment("photo", "AgACAgQAAxkBAAI4", "image/jpeg", 140211),),
    ),
    "voice_note": ana(7, message_ref="107", attachments=(Attachment("voice", "AgACAgQAAxkBAAI5", "audio/ogg", 28431),)),
    "document_pdf": ana(
        8,
        message_ref="108",
        attachments=(Attachment("document", "AgACAgQAAxkBAAI6", "application/pdf", 83211, "consent form (signé).pdf"),),
    ),
    "callback_query": ana(9, kind=Kind.TAP, tapped="abs:confirm:42", tap_ref="3006477777123456789:98"),
    "callback_query_old_message": ana(10, kind=Kind.TAP, tapped="abs:confirm:7", tap_ref="3006477777123456790:12"),
    "edited_message": ana(11, kind=Kind.EDIT, text="Olá! A Sofia está doente hoje e amanhã 🤒", message_ref="101"),
    "bot_blocked": ana(12, kind=Kind.BLOCKED),
    "bot_unblocked": ana(13, kind=Kind.UNBLOCKED),
    "group_message": ana(14, kind=Kind.GROUP, address=GROUP),
    "added_to_group": ana(15, kind=Kind.GROUP, address=GROUP),
    "group_migrated": "service message",
    "sticker": ana(17, message_ref="109", attachments=(Attachment("sticker", ""),)),
    "location": ana(18, message_ref="110", attachments=(Attachment("location", ""),)),
    "forwarded": ana(19, text="School is closed tomorrow!!!", message_ref="111"),
    "reply_with_quote": ana(20, text="this one", message_ref="112"),
    "emoji_zwj_rtl": ana(21, text="👩‍👩‍👧‍👦 שלום, ابني مريض 🤒🏽", message_ref="113"),
    "poll_answer_ignored": "poll_answer",
}


def read(update: object) -> Reading:
    return channel.read(telegram_hook(update))


def only(update: object) -> Incoming:
    (message,) = read(update).messages
    return message


def test_the_table_has_every_payload() -> None:
    assert TABLE.keys() == names("telegram")


@pytest.mark.parametrize("name", TABLE)
def test_payloads(name: str) -> None:
    reading, expected = read(payload("telegram", name)), TABLE[name]
    assert reading == (Reading(ignored=expected) if isinstance(expected, str) else Reading((expected,)))


def test_nothing_is_read_without_the_secret() -> None:
    update = payload("telegram", "private_text")
    for secret in (None, "", "wrong", "\u00e9"):
        with pytest.raises(Forbidden):
            channel.read(telegram_hook(update, secret))
    without = TelegramChannel(config(telegram_mode="poll", telegram_webhook_secret=""), Http())
    for secret in (None, ""):
        with pytest.raises(Forbidden):
            without.read(telegram_hook(update, secret))


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[]", b"5", b'"words"', b"[" * 5000])
def test_what_is_no_json_object_is_broken(body: bytes) -> None:
    with pytest.raises(Broken):
        read(body)


@pytest.mark.parametrize("kind", ["animation", "video", "video_note", "venue", "poll", "dice", "story", "checklist"])
def test_what_is_not_kept_is_noted_and_refused_by_the_nursery(kind: str) -> None:
    file = {"file_id": "F", "file_unique_id": "U", "mime_type": "video/mp4", "file_name": "cat.gif"}
    message = only(updates.message({kind: file, "document": file, "location": {"latitude": 1.0, "longitude": 2.0}}, 5))
    ((attachment,), text) = message.attachments, message.text
    assert (text, attachment.ref) == ("", "")
    assert refusal(attachment.kind, attachment.mime, attachment.size) == "type"


def test_an_audio_file_is_a_voice_note_to_us() -> None:
    audio = {"file_id": "A", "file_unique_id": "U", "duration": 3, "file_name": "song.mp3"}
    assert only(updates.message({"audio": audio}, 5)).attachments == (
        Attachment("voice", "A", "audio/mpeg", None, "song.mp3"),
    )


@pytest.mark.parametrize(
    ("sent", "read_as"),
    [("/menu@coatpeg_test_bot", "/menu"), ("/start@x CODE", "/start CODE"), ("mail me@home", "mail me@home")],
)
def test_the_bots_own_name_is_cut_from_a_command(sent: str, read_as: str) -> None:
    assert only(updates.text_update(5, sent)).text == read_as


HI = updates.text_update(5, "hi")["message"]
MOVING = updates.message({"location": {"latitude": 51.5, "longitude": 0}}, 5)["message"]
INLINE = {"id": "1", "from": updates.person(5), "chat_instance": "x", "data": "1:0"}
KICKED = updates.blocked(1)["my_chat_member"]["new_chat_member"]
JOINED = {"new_chat_members": [updates.BOT], "chat": {"id": -5, "type": "group", "title": "Parents"}}

PASSED_OVER: list[tuple[dict[str, Any], str]] = [
    (updates.message({"pinned_message": {"message_id": 1}}, 5), "service message"),
    (updates.message(JOINED, 5), "service message"),
    ({"update_id": 1, "message": {**HI, "from": updates.BOT}}, "from a bot"),
    ({"update_id": 1, "edited_message": MOVING}, "service message"),
    ({"update_id": 1, "edited_message": updates.group_message()["message"]}, "edit in a group"),
    ({"update_id": 1, "callback_query": INLINE}, "unreadable"),
    (
        {"update_id": 1, "my_chat_member": {**updates.added_to_group()["my_chat_member"], "new_chat_member": KICKED}},
        "now",
    ),
    ({"update_id": "1", "message": HI}, "unreadable"),
    ({"update_id": 1, "message": {**HI, "text": 5}}, "unreadable"),
    ({"update_id": 1, "message": None}, "unreadable"),
    ({"update_id": 1, "message": {}}, "unreadable"),
    ({"update_id": 1, "chat_boost": {}}, "chat_boost"),
    ({"update_id": 1}, "nothing"),
    ({"message": HI}, "no update_id"),
    ({}, "no update_id"),
]


@pytest.mark.parametrize(("update", "why"), PASSED_OVER)
def test_what_is_passed_over_is_named(update: dict[str, Any], why: str) -> None:
    reading = read(update)
    assert (reading.messages, reading.receipts) == ((), ())
    assert reading.ignored.startswith(why)


def test_a_deep_reply_is_no_trouble() -> None:
    message = inner = updates.text_update(5, "hi")["message"]
    for _ in range(200):
        inner["reply_to_message"] = dict(inner)
        inner = inner["reply_to_message"]
    assert only(orjson.dumps({"update_id": 1, "message": message})).text == "hi"


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def mutated(update: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """The update with some value anywhere in it replaced by any other, or gone."""
    paths = list(_paths(update))
    return st.tuples(st.sampled_from(paths), values, st.booleans()).map(lambda change: _changed(update, *change))


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Any:
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield (*path, key)
        yield from _paths(value[key], (*path, key))


def _changed(update: dict[str, Any], path: tuple[Any, ...], value: Any, gone: bool) -> dict[str, Any]:
    copy: Any = orjson.loads(orjson.dumps(update))
    inner = copy
    for key in path[:-1]:
        inner = inner[key]
    if gone:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return copy  # type: ignore[no-any-return]


every_update = st.sampled_from(sorted(names("telegram"))).flatmap(lambda name: mutated(payload("telegram", name)))


@given(values | every_update)
def test_nothing_that_comes_is_a_traceback(update: Any) -> None:
    try:
        reading = read(update)
    except Broken:
        assert not isinstance(update, dict)
        return
    for message in reading.messages:
        fields = (message.provider_id, message.address, message.text, message.message_ref, message.tapped)
        assert all(isinstance(field, str) for field in (*fields, message.tap_ref, message.name_hint))
        assert str(int(message.address)) == message.address
    assert bool(reading.ignored) is not bool(reading.messages)


words_alone = st.sampled_from(("private_text", "start_deep_link")).map(lambda name: payload("telegram", name))


@given(every_update | words_alone.flatmap(mutated) | words_alone.flatmap(mutated).flatmap(mutated))
def test_what_is_read_plainly_is_read_as_the_library_would(update: dict[str, Any]) -> None:
    if "update_id" in update and plainly(update) is not None:
        assert read_update(update) == read_by_library(update)


@pytest.mark.parametrize("name", sorted(names("telegram")))
def test_words_alone_are_read_plainly_and_nothing_else(name: str) -> None:
    taken = plainly(payload("telegram", name)) is not None
    assert taken is (name in ("private_text", "start_deep_link", "emoji_zwj_rtl"))


@given(st.binary())
def test_no_bytes_are_a_traceback(body: bytes) -> None:
    with suppress(Broken):
        read(body)
