"""A voice note by Telegram: a form as the Bot API wants it, its words below it, and who takes none."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels import Limits, Misconfigured, Rejected, SendError, Stopped, Throttled, Unknown, Unreachable
from bot.channels.telegram import TelegramChannel
from bot.messages import Outgoing, VoiceNote
from tests.bot.channels.outside import AMINA
from tests.providers.failures import Fail, Failure
from tests.providers.telegram import TelegramServer
from tests.recordings import m4a, mp3, ogg

WORDS = "Bring <wellies> & 'gloves' \N{SNOWMAN}"
SILENT = Fail.REFUSED(text="Bad Request: VOICE_MESSAGES_FORBIDDEN")
FILES = {"audio/ogg": ogg(), "audio/mpeg": mp3(), "audio/mp4": m4a()}


def spoken(mime: str = "audio/ogg", *choices: str, to: str = AMINA, text: str = WORDS) -> Outgoing:
    return Outgoing(42, to, text, "en_GB", choices, voice=VoiceNote(7, FILES[mime], mime, 2))


@pytest.mark.parametrize("mime", FILES)
async def test_it_is_heard_with_its_words_below_it(telegram: TelegramChannel, tg: TelegramServer, mime: str) -> None:
    sent = await telegram.send(spoken(mime, "It is clear"))
    (arrived,) = tg.sent
    assert (arrived.method, arrived.text, arrived.params["duration"]) == ("sendVoice", WORDS, 2)
    assert (sent.provider_id, sent.parts, telegram.parts(spoken())) == (str(arrived.message_id), 1, 1)
    assert tg.files[arrived.params["voice"]] == FILES[mime]
    assert arrived.params["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "42:0"
    assert tg.violations == []


async def test_it_is_uploaded_once_for_all(telegram: TelegramChannel, tg: TelegramServer) -> None:
    for chat in (AMINA, "70002", AMINA):
        await telegram.send(spoken(to=chat))
    assert len(tg.files) == 1
    assert len({one.params["voice"] for one in tg.sent}) == 1


async def test_however_many_go_first_at_once_one_uploads_it(telegram: TelegramChannel, tg: TelegramServer) -> None:
    await asyncio.gather(*(telegram.send(spoken(to=str(70_001 + number))) for number in range(8)))
    assert (len(tg.files), len(tg.sent)) == (1, 8)


async def test_where_that_one_fails_another_does(telegram: TelegramChannel, tg: TelegramServer) -> None:
    tg.fail(Fail.BLOCKED, times=1)
    sending = (telegram.send(spoken(to=str(70_001 + number))) for number in range(4))
    went = await asyncio.gather(*sending, return_exceptions=True)
    assert [type(one) for one in went].count(Stopped) == 1
    assert (len(tg.files), len(tg.sent)) == (1, 3)


async def test_an_upload_that_takes_too_long_is_not_waited_for(
    telegram: TelegramChannel, tg: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.post.WAIT_SECONDS", 0.05)
    tg.fail(Fail.SLOW(seconds=0.4), times=1)
    first = asyncio.create_task(telegram.send(spoken()))
    await asyncio.sleep(0.1)
    await telegram.send(spoken(to="70002"))
    assert not first.done()
    await first
    await telegram.send(spoken(to="70003"))
    assert (len(tg.files), len(tg.sent)) == (2, 3)


async def test_for_what_telegram_makes_something_else_of_nobody_waits(
    telegram: TelegramChannel, tg: TelegramServer
) -> None:
    """It has no name there, so that each uploads it: one after the other, a notice to all would take an hour."""

    async def send(chat: str) -> None:
        voice = VoiceNote(7, b"RIFF", "audio/ogg", 2)
        await telegram.send(Outgoing(42, chat, WORDS, "en_GB", voice=voice))

    await send("70001")
    tg.fail(Fail.SLOW(seconds=0.4), times=1)
    first = asyncio.create_task(send("70002"))
    await asyncio.sleep(0.1)
    await send("70003")
    assert not first.done()
    await first
    assert (len(tg.files), len(tg.sent)) == (3, 3)


async def test_words_too_long_for_it_come_after_it(
    telegram: TelegramChannel, tg: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TelegramChannel, "limits", Limits(per_chat_seconds=0.01))
    sent = await telegram.send(spoken(text="We looked for snails. " * 50))
    assert [(one.method, bool(one.text)) for one in tg.sent] == [("sendVoice", False), ("sendMessage", True)]
    assert sent.parts == 2


@pytest.mark.parametrize("mime", FILES)
async def test_who_takes_no_voice_notes_has_it_as_a_file_at_the_next_try(
    telegram: TelegramChannel, tg: TelegramServer, mime: str
) -> None:
    tg.fail(SILENT, "sendVoice", int(AMINA), times=None)
    with pytest.raises(Unreachable):
        await telegram.send(spoken(mime))
    for _ in range(2):
        await telegram.send(spoken(mime))
    kind = "document" if mime == "audio/ogg" else "audio"
    assert {(one.method.lower(), one.text) for one in tg.sent} == {(f"send{kind}", WORDS)}
    assert len({one.params[kind] for one in tg.sent}) == 1
    await telegram.send(spoken(mime, to="70002"))
    assert tg.sent[-1].method == "sendVoice", "nobody else is taken for them"
    assert tg.violations == []


@pytest.mark.parametrize(
    ("failure", "meant"),
    [
        (Fail.BLOCKED, Stopped),
        (Fail.CHAT_NOT_FOUND, Rejected),
        (Fail.REFUSED(text="Bad Request: VOICE_IS_BROKEN"), Rejected),
        (Fail.TOO_MANY, Throttled),
        (Fail.REFUSED(status=401, text="Unauthorized"), Misconfigured),
        (Fail.RESET_AFTER, Unknown),
        (Fail.BAD_GATEWAY, Unknown),
    ],
)
async def test_what_goes_wrong_is_what_it_is_with_words(
    telegram: TelegramChannel, tg: TelegramServer, failure: Failure, meant: type[SendError]
) -> None:
    tg.fail(failure)
    with pytest.raises(meant):
        await telegram.send(spoken())
    assert meant is not Unknown or len(tg.sent) <= 1
    before = len(tg.sent)
    await telegram.send(spoken())
    assert len(tg.sent) == before + 1
