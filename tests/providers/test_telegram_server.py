"""The stand-in for Telegram, driven by the real python-telegram-bot."""

import asyncio
import time
from datetime import timedelta
from typing import Any

import httpx
import pytest
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from tests.providers.clients import bot_of
from tests.providers.failures import Failure
from tests.providers.telegram import Fail, TelegramServer

pytestmark = pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")  # RetryAfter, of its own seconds

AMINA, PIOTR = 700000123, 700000124


def buttons(data: str = "yes", **more: Any) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data=data, **more)]])


async def test_a_message_comes_back_as_telegram_shapes_it(tg: TelegramServer, bot: Bot) -> None:
    first = await bot.send_message(AMINA, "<b>Noor</b> &amp; Zosia", parse_mode="HTML", reply_markup=buttons())
    second = await bot.send_message(AMINA, "And tomorrow?")
    assert (first.text, first.message_id, second.message_id) == ("Noor & Zosia", 1, 2)
    assert [(entity.type, entity.offset, entity.length) for entity in first.entities] == [("bold", 0, 4)]
    assert first.reply_markup == buttons()
    sent = tg.sent[0]
    assert (sent.method, sent.chat_id, sent.text, sent.message_id) == ("sendMessage", AMINA, "Noor & Zosia", 1)
    assert tg.violations == []


@pytest.mark.parametrize(
    ("failure", "error", "accepted"),
    [
        (Fail.TOO_MANY(retry_after=2), RetryAfter, 0),
        (Fail.BLOCKED, Forbidden, 0),
        (Fail.CHAT_NOT_FOUND, BadRequest, 0),
        (Fail.REFUSED(text="Bad Request: PEER_ID_INVALID"), BadRequest, 0),
        (Fail.SERVER_ERROR, NetworkError, 0),
        (Fail.BAD_GATEWAY, NetworkError, 0),
        (Fail.RESET_BEFORE, NetworkError, 0),
        (Fail.RESET_AFTER, NetworkError, 1),
        (Fail.NEVER, TimedOut, 1),
        (Fail.SLOW(seconds=5), TimedOut, 1),
    ],
)
async def test_each_failure_once_and_then_all_is_well(
    tg: TelegramServer, bot: Bot, failure: Failure, error: type[Exception], accepted: int
) -> None:
    tg.fail(failure, method="sendMessage", chat_id=AMINA)
    await bot.send_message(PIOTR, "Not the one")
    with pytest.raises(error):
        await bot.send_message(AMINA, "Good morning", read_timeout=0.2)
    assert len(tg.sent) == 1 + accepted
    await bot.send_message(AMINA, "Good morning")


async def test_a_flood_is_told_how_long_to_wait(tg: TelegramServer) -> None:
    tg.fail(Fail.TOO_MANY(retry_after=7))
    async with httpx.AsyncClient() as client:
        reply = await client.post(f"{tg.base}/bot{tg.token}/sendMessage", json={"chat_id": AMINA, "text": "Hi"})
    assert (reply.status_code, reply.headers["Retry-After"], tg.refused) == (429, "7", 1)
    assert reply.json()["parameters"] == {"retry_after": 7}


async def test_slow_is_late_but_right(tg: TelegramServer, bot: Bot) -> None:
    tg.fail(Fail.SLOW(seconds=0.2), times=2)
    began = time.monotonic()
    await bot.send_message(AMINA, "Good morning")
    assert time.monotonic() - began >= 0.2


@pytest.mark.parametrize(
    ("method", "fields", "fault"),
    [
        ("sendMessage", {"chat_id": AMINA}, "sendMessage needs text"),
        ("sendMessage", {"chat_id": AMINA, "text": "Hi", "colour": 1}, "sendMessage has no field colour"),
        ("sendMessage", {"chat_id": AMINA, "text": 5}, "text must be String"),
        ("sendMessage", {"chat_id": AMINA, "text": "Hi", "protect_content": "yes"}, "protect_content must be Boolean"),
        ("sendMessage", {"chat_id": AMINA, "text": " \n"}, "message text is empty"),
        ("sendMessage", {"chat_id": AMINA, "text": "x" * 4097}, "message is too long"),
        ("sendMessage", {"chat_id": AMINA, "text": "🤒" * 2049}, "message is too long"),
        ("sendMessage", {"chat_id": AMINA, "text": "*Hi*", "parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
        ("sendMessage", {"chat_id": AMINA, "text": "3 < 4", "parse_mode": "HTML"}, "can't parse entities: Unsupported"),
        ("sendMessage", {"chat_id": AMINA, "text": "Hi", "reply_markup": {"keyboard": 1}}, "keyboard must be an array"),
        ("sendPhoto", {"chat_id": AMINA, "photo": "x", "caption": "x" * 1025}, "message caption is too long"),
        ("sendChatAction", {"chat_id": AMINA, "action": "smiling"}, "wrong parameter action"),
        ("setMyCommands", {"commands": [{"command": "Menu", "description": "Menu"}]}, "BOT_COMMAND_INVALID"),
        ("setMyDescription", {"description": "x" * 513}, "longer than 512"),
        ("setWebhook", {"url": "http://x.example", "secret_token": "a b"}, "unallowed characters"),
        ("sendSmile", {"chat_id": AMINA}, "Not Found: method not found"),
    ],
)
async def test_our_mistakes_are_recorded_and_refused(
    tg: TelegramServer, method: str, fields: dict[str, Any], fault: str
) -> None:
    async with httpx.AsyncClient() as client:
        reply = await client.post(f"{tg.base}/bot{tg.token}/{method}", json=fields)
    assert reply.status_code in (400, 404)
    assert len(tg.violations) == 1
    assert tg.violations[0].startswith(f"{method}: ")
    assert fault in tg.violations[0]
    assert tg.sent == []


@pytest.mark.parametrize(
    ("button", "fault"),
    [
        ({"text": "Yes", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "Yes", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "Yes"}, "Text buttons are unallowed"),
        ({"text": "Yes", "callback_data": "y", "url": "https://x.example"}, "exactly one"),
        ({"text": "Yes", "url": "http://localhost:8080"}, "Wrong HTTP URL"),
        ({"text": "Yes", "data": "y"}, "InlineKeyboardButton has no field data"),
    ],
)
async def test_a_button_does_one_thing_telegram_allows(
    tg: TelegramServer, bot: Bot, button: dict[str, str], fault: str
) -> None:
    with pytest.raises(BadRequest):
        await bot.send_message(AMINA, "Coming?", api_kwargs={"reply_markup": {"inline_keyboard": [[button]]}})
    assert fault in tg.violations[0]


async def test_limits_hold_a_chat_to_one_a_second_and_all_to_thirty() -> None:
    async with TelegramServer(enforce=True) as tg, bot_of(tg) as bot:
        await bot.send_message(AMINA, "One")
        with pytest.raises(RetryAfter) as refused:
            await bot.send_message(AMINA, "Two")
        assert refused.value.retry_after in (1, timedelta(seconds=1))  # as PTB_TIMEDELTA says
        for chat_id in range(1, 30):
            await bot.send_message(chat_id, "Good morning")
        with pytest.raises(RetryAfter):
            await bot.send_message(PIOTR, "Good morning")
        assert (len(tg.sent), tg.refused) == (30, 2)
        await asyncio.sleep(1.05)
        await bot.send_message(AMINA, "Two")


@pytest.mark.parametrize("token", ["123456:another", "nonsense"])
async def test_a_wrong_token_gets_nowhere(tg: TelegramServer, token: str) -> None:
    with pytest.raises(InvalidToken):
        async with bot_of(tg, token):
            pass


async def test_files_go_up_and_come_down(tg: TelegramServer, bot: Bot) -> None:
    tg.files["voice1"] = b"OggS"
    file = await bot.get_file("voice1")
    assert bytes(await file.download_as_bytearray()) == b"OggS"
    sent = await bot.send_document(AMINA, b"%PDF", filename="menu.pdf", thumbnail=b"\xff\xd8", caption="This week")
    assert sent.document is not None
    assert tg.files[sent.document.file_id] == b"%PDF"
    heard = await bot.send_voice(AMINA, "voice1")
    assert heard.voice is not None
    kept = await bot.send_audio(AMINA, b"ID3", duration=2)
    assert kept.audio is not None
    assert tg.files[kept.audio.file_id] == b"ID3"
    assert (await bot.send_voice(AMINA, b"RIFF")).voice is None, "what is no voice note's file is made a document"
    with pytest.raises(BadRequest, match="Wrong file identifier"):
        await bot.send_photo(AMINA, "never-seen")
    assert tg.violations == []


async def test_buttons_change_once(tg: TelegramServer, bot: Bot) -> None:
    sent = await bot.send_message(AMINA, "Coming?", reply_markup=buttons())
    await bot.edit_message_reply_markup(AMINA, sent.message_id)
    assert tg.calls[-1].method == "editMessageReplyMarkup"
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_reply_markup(AMINA, sent.message_id)
    with pytest.raises(BadRequest, match="not found"):
        await bot.edit_message_reply_markup(AMINA, 99)


async def test_the_rest_of_what_a_bot_calls(tg: TelegramServer, bot: Bot) -> None:
    await bot.answer_callback_query("3006477777123456789", "Thank you")
    await bot.send_chat_action(AMINA, "typing")
    await bot.leave_chat(-1001987654321)
    await bot.set_my_commands([BotCommand("menu", "Menu")], BotCommandScopeAllPrivateChats(), "pl")
    await bot.set_my_description("Words for parents")
    await bot.set_my_short_description("Words", "pl")
    assert len(tg.calls) == 7
    assert tg.violations == []
