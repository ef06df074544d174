"""A photo by Telegram: a form as the Bot API wants it, the words below it, and the buttons under both."""

from __future__ import annotations

import pytest

from bot.channels import Limits, Rejected, Stopped, Unknown
from bot.channels.telegram import TelegramChannel
from bot.messages import Outgoing, Picture
from tests.bot.channels.outside import AMINA
from tests.photographs import BARE, png
from tests.providers.failures import Fail
from tests.providers.telegram import TelegramServer

WORDS = "We painted <leaves> & 'snails' \N{SNAIL}"


def with_photo(text: str = WORDS, *choices: str, content: bytes = BARE, mime: str = "image/jpeg") -> Outgoing:
    return Outgoing(42, AMINA, text, "en_GB", choices, picture=Picture(7, content, mime))


@pytest.mark.parametrize(("content", "mime"), [(BARE, "image/jpeg"), (png(), "image/png")])
async def test_the_photo_arrives_with_its_words_and_buttons(
    telegram: TelegramChannel, tg: TelegramServer, content: bytes, mime: str
) -> None:
    message = with_photo(WORDS, "It is clear", "It is not clear", content=content, mime=mime)
    sent = await telegram.send(message)
    (arrived,) = tg.sent
    assert (arrived.method, arrived.text, arrived.chat_id) == ("sendPhoto", WORDS, int(AMINA))
    assert (sent.provider_id, sent.parts, telegram.parts(message)) == (str(arrived.message_id), 1, 1)
    assert tg.files[arrived.params["photo"]] == content
    rows = arrived.params["reply_markup"]["inline_keyboard"]
    assert [button["callback_data"] for row in rows for button in row] == ["42:0", "42:1"]


async def test_the_second_time_it_is_named_and_not_uploaded(telegram: TelegramChannel, tg: TelegramServer) -> None:
    for _ in range(2):
        await telegram.send(with_photo())
    assert len(tg.files) == 1
    assert tg.sent[0].params["photo"] == tg.sent[1].params["photo"]


@pytest.mark.parametrize("text", ["x" * 1024, "\N{SNAIL}" * 512, "&<>" * 341])
async def test_words_that_just_fit_stay_below_it(telegram: TelegramChannel, tg: TelegramServer, text: str) -> None:
    await telegram.send(with_photo(text))
    assert [(one.method, one.text) for one in tg.sent] == [("sendPhoto", text)]


async def test_words_too_long_for_it_come_after_it(
    telegram: TelegramChannel, tg: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TelegramChannel, "limits", Limits(per_chat_seconds=0.01))
    text = "We looked for snails. " * 50
    sent = await telegram.send(with_photo(text, "Lovely"))
    assert [one.method for one in tg.sent] == ["sendPhoto", "sendMessage"]
    assert (tg.sent[0].text, tg.sent[1].text) == ("", text.strip())
    assert ["reply_markup" in one.params for one in tg.sent] == [False, True]
    assert sent.parts == telegram.parts(with_photo(text)) == 2


async def test_who_has_blocked_us_is_told_apart(telegram: TelegramChannel, tg: TelegramServer) -> None:
    tg.fail(Fail.BLOCKED)
    with pytest.raises(Stopped):
        await telegram.send(with_photo())
    await telegram.send(with_photo())
    assert len(tg.sent) == 1


async def test_a_file_that_telegram_has_lost_is_uploaded_again(telegram: TelegramChannel, tg: TelegramServer) -> None:
    await telegram.send(with_photo())
    tg.files.clear()
    with pytest.raises(Rejected):
        await telegram.send(with_photo())
    await telegram.send(with_photo())
    assert len(tg.sent) == 2


async def test_an_upload_of_which_no_answer_comes_is_unknown(telegram: TelegramChannel, tg: TelegramServer) -> None:
    tg.fail(Fail.RESET_AFTER)
    with pytest.raises(Unknown):
        await telegram.send(with_photo())
