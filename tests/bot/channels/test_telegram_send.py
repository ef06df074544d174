"""Sending by Telegram, against a server as strict as Telegram: what arrives, and what each failure is to us."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr
from telegram.error import RetryAfter

from bot.channels import Limits, Misconfigured, Rejected, SendError, Stopped, Throttled, Unknown, Unreachable, polling
from bot.channels.http import Http
from bot.channels.markup import TEXT_LIMIT, keyboard, pieces
from bot.channels.splitting import utf16
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.faults import seconds
from bot.messages import Attachment, Incoming, Kind, Reading
from locales import LANGUAGES
from tests.bot.channels.outside import AMINA, NOWHERE, PUBLIC, SECRET, config, telegram_hook, to
from tests.providers import updates
from tests.providers.failures import Fail, Failure
from tests.providers.telegram import TOKEN, TelegramServer

SAMPLE = 'Let <Noor>\'s A_b<i>& friends know: 5 > 4 && "yes"\n*bold* _not_ [link](x) `code`'


async def test_text_arrives_as_it_was_written(telegram: TelegramChannel, tg: TelegramServer) -> None:
    sent = await telegram.send(to(AMINA, SAMPLE))
    (arrived,) = tg.sent
    assert (arrived.text, arrived.chat_id) == (SAMPLE, int(AMINA))
    assert (sent.provider_id, sent.parts) == (str(arrived.message_id), 1)
    assert arrived.params["link_preview_options"] == {"is_disabled": True}
    assert "reply_markup" not in arrived.params


async def test_choices_are_buttons_that_name_the_message(telegram: TelegramChannel, tg: TelegramServer) -> None:
    await telegram.send(to(AMINA, "Is Noor coming?", "Yes", "No", "A_b<i>&"))
    rows = tg.sent[0].params["reply_markup"]["inline_keyboard"]
    assert [[button["text"] for button in row] for row in rows] == [["Yes", "No"], ["A_b<i>&"]]
    assert [button["callback_data"] for row in rows for button in row] == ["42:0", "42:1", "42:2"]


def test_a_long_label_has_a_row_to_itself() -> None:
    found = keyboard(2**62, ["Yes", "I would rather tell a person"])
    assert found is not None
    assert [len(row) for row in found["inline_keyboard"]] == [1, 1]
    assert all(len(row[0]["callback_data"].encode()) <= 64 for row in found["inline_keyboard"])


async def test_a_long_text_is_several_messages_with_the_buttons_on_the_last(
    telegram: TelegramChannel, tg: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TelegramChannel, "limits", Limits(per_chat_seconds=0.05))
    text = "\n\n".join(f"Day {day}: " + "we went out & looked for snails. " * 20 for day in range(12))
    message = to(AMINA, text, "Lovely")
    sent = await telegram.send(message)
    assert sent.parts == telegram.parts(message) == len(tg.sent) > 1
    assert "".join("".join(one.text for one in tg.sent).split()) == "".join(text.split())
    assert [("reply_markup" in one.params) for one in tg.sent] == [False] * (len(tg.sent) - 1) + [True]
    assert all(one.text.startswith("Day ") for one in tg.sent)
    assert tg.sent[1].at - tg.sent[0].at >= 0.05


async def test_a_part_that_fails_after_another_went_is_unknown(
    telegram: TelegramChannel, tg: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TelegramChannel, "limits", Limits())
    text = "word " * 1000
    tg.fail(Fail.TOO_MANY)
    with pytest.raises(Throttled):
        await telegram.send(to(AMINA, text))
    tg.fail(Fail.SLOW(seconds=0.0))
    tg.fail(Fail.BLOCKED)
    with pytest.raises(Unknown):
        await telegram.send(to(AMINA, text))
    assert len(tg.sent) == 1


@given(st.text(st.sampled_from("ab&<🤒 \n."), min_size=1, max_size=9000))
def test_pieces_fit_and_lose_only_white_space(text: str) -> None:
    found = pieces(text)
    assert all(sum(map(utf16, piece)) <= TEXT_LIMIT for piece in found)
    assert "".join(unescape("".join(found)).split()) == "".join(text.split())
    assert all(found) or found == [""]


ERRORS: list[tuple[Failure, type[SendError], str]] = [
    (Fail.TOO_MANY(retry_after=7), Throttled, "429"),
    (Fail.TOO_MANY(retry_after=0), Throttled, "429"),
    (Fail.BLOCKED, Stopped, "403"),
    (Fail.BLOCKED(text="Forbidden: bot can't initiate conversation with a user"), Stopped, "403"),
    (Fail.BLOCKED(text="Forbidden: user is deactivated"), Rejected, "403"),
    (Fail.CHAT_NOT_FOUND, Rejected, "400"),
    (Fail.REFUSED(text="Bad Request: message is too long"), Rejected, "400"),
    (Fail.REFUSED(text='Bad Request: can\'t parse entities: unsupported start tag "noor" at byte 5'), Rejected, "400"),
    (Fail.REFUSED(status=401, text="Unauthorized"), Misconfigured, "401"),
    (Fail.REFUSED(status=404, text="Not Found"), Misconfigured, "401"),
    (Fail.REFUSED(status=409, text="Conflict: terminated by other getUpdates request"), Misconfigured, "409"),
    (Fail.SERVER_ERROR, Unknown, "NetworkError"),
    (Fail.BAD_GATEWAY, Unknown, "NetworkError"),
    (Fail.RESET_BEFORE, Unknown, ""),
    (Fail.RESET_AFTER, Unknown, ""),
    (Fail.NEVER, Unknown, "TimeoutError"),
]


@pytest.mark.parametrize(("failure", "kind", "code"), ERRORS)
async def test_every_failure_has_its_name(
    telegram: TelegramChannel, tg: TelegramServer, http: Http, failure: Failure, kind: type[SendError], code: str
) -> None:
    http.total_seconds = 0.2 if failure is Fail.NEVER else http.total_seconds
    tg.fail(failure, "sendMessage")
    with pytest.raises(SendError) as raised:
        await telegram.send(to(AMINA, "Noor is well"))
    assert type(raised.value) is kind
    assert raised.value.code.startswith(code)
    assert "noor" not in raised.value.reason
    assert len(tg.sent) == (failure.kind in ("reset_after", "never"))  # never twice
    http.total_seconds = 5.0
    await telegram.send(to(AMINA))


async def test_the_particulars_of_a_failure(telegram: TelegramChannel, tg: TelegramServer) -> None:
    async def raised(failure: Failure) -> SendError:
        tg.fail(failure)
        with pytest.raises(SendError) as error:
            await telegram.send(to(AMINA))
        return error.value

    throttled = await raised(Fail.TOO_MANY(retry_after=7))
    assert isinstance(throttled, Throttled)
    assert (throttled.retry_after, throttled.everyone) == (7.0, True)
    assert (await raised(Fail.BLOCKED)).reason == "blocked"
    for failure, closes in [
        (Fail.CHAT_NOT_FOUND, True),
        (Fail.BLOCKED(text="Forbidden: user is deactivated"), True),
        (Fail.REFUSED(text="Bad Request: message is too long"), False),
    ]:
        rejected = await raised(failure)
        assert isinstance(rejected, Rejected)
        assert rejected.closes is closes


@pytest.mark.parametrize(("switch", "wait"), [("true", timedelta(seconds=3)), ("false", 3)])
@pytest.mark.filterwarnings("ignore:.*retry_after.*")
def test_waits_are_seconds_however_the_library_gives_them(
    monkeypatch: pytest.MonkeyPatch, switch: str, wait: object
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", switch)
    error = RetryAfter(3)
    assert error.retry_after == wait
    assert seconds(error) == 3.0


async def test_nothing_is_sent_where_nobody_listens(http: Http) -> None:
    with pytest.raises(Unreachable):
        await TelegramChannel(config(telegram_api_base=NOWHERE), http).send(to(AMINA))
    with pytest.raises(Unreachable):
        await TelegramChannel(config(telegram_api_base="http://nowhere.invalid"), http).send(to(AMINA))
    with pytest.raises(Unreachable):
        await TelegramChannel(config(), Http()).send(to(AMINA))


async def test_a_tap_is_answered_and_its_buttons_cleared_whatever_fails(
    telegram: TelegramChannel, tg: TelegramServer
) -> None:
    await telegram.send(to(AMINA, "Is Noor coming?", "Yes", "No"))
    update = updates.tap(int(AMINA), "42:0", tg.sent[0].message_id)
    (tapped,) = telegram.read(telegram_hook(update)).messages
    await telegram.acknowledge(tapped)
    assert {call.method for call in tg.calls} == {"answerCallbackQuery", "editMessageReplyMarkup"}
    too_old = Fail.REFUSED(text="Bad Request: query is too old and response timeout expired or query ID is invalid")
    for failure in (Fail.SERVER_ERROR, Fail.RESET_BEFORE, Fail.TOO_MANY, too_old):
        tg.fail(failure, times=2)
        await telegram.acknowledge(tapped)


async def test_a_group_is_left_with_one_sentence_in_its_language(telegram: TelegramChannel, tg: TelegramServer) -> None:
    joined = Incoming("telegram", "1", str(updates.GROUP), Kind.GROUP, language_hint="en")
    await asyncio.gather(*(telegram.acknowledge(joined) for _ in range(5)))
    assert [one.text for one in tg.sent] == ["I only talk with parents one to one. Please write to me directly."]
    assert [(call.method, call.chat_id) for call in tg.calls] == [("leaveChat", updates.GROUP)]
    tg.fail(Fail.TOO_MANY, "sendMessage")
    await telegram.acknowledge(joined)
    assert [call.method for call in tg.calls] == ["leaveChat"] * 2


async def test_start_says_where_updates_go_and_introduces_itself(telegram: TelegramChannel, tg: TelegramServer) -> None:
    telegram.commands = lambda tag: [("menu", f"What I can do ({tag})")]
    telegram.describe = lambda tag: f"The nursery ({tag})"
    tg.fail(Fail.TOO_MANY, "setWebhook")
    started = time.monotonic()
    await telegram.start()
    assert time.monotonic() - started >= 1.0  # it waited as told
    assert telegram.username == "coatpeg_test_bot"
    assert (tg.webhook.url, tg.webhook.secret) == (f"{PUBLIC}/hooks/telegram", SECRET)
    assert tg.webhook.allowed == ["message", "edited_message", "callback_query", "my_chat_member"]
    shown = {call.params.get("language_code", "") for call in tg.calls if call.method == "setMyCommands"}
    assert shown == {"" if tag == "en_GB" else tag for tag in LANGUAGES}
    assert {call.method for call in tg.calls} >= {"setMyDescription", "getMe"}
    await telegram.stop()


async def test_start_without_commands_or_with_some_refused(telegram: TelegramChannel, tg: TelegramServer) -> None:
    await telegram.start()
    assert {call.method for call in tg.calls} == {"getMe", "setWebhook"}
    telegram.commands = lambda tag: [("menu", "Menu")]
    tg.fail(Fail.SERVER_ERROR, "setMyCommands", times=None)
    await telegram.start()


async def test_a_start_that_cannot_be_says_which_variable(tg: TelegramServer, http: Http) -> None:
    wrong = TelegramChannel(config(telegram_api_base=tg.base, telegram_bot_token=SecretStr("1:wrong")), http)
    with pytest.raises(Misconfigured, match=r"^TELEGRAM_BOT_TOKEN: Telegram refuses this token\.$"):
        await wrong.start()
    tg.fail(Fail.REFUSED(text="Bad Request: bad webhook: An HTTPS URL must be provided for webhook"), "setWebhook")
    with pytest.raises(Misconfigured, match=r"^PUBLIC_URL: "):
        await TelegramChannel(config(telegram_api_base=tg.base), http).start()
    with pytest.raises(Unreachable):
        await TelegramChannel(config(), http).start()


@pytest.fixture
def polled(tg: TelegramServer, http: Http, monkeypatch: pytest.MonkeyPatch) -> TelegramChannel:
    monkeypatch.setattr(polling, "FIRST_PAUSE", 0.05)
    return TelegramChannel(config(telegram_api_base=tg.base, telegram_mode="poll"), http)


class Taken:
    """What a poll hands on; `broken` is how often taking fails first."""

    def __init__(self, broken: int = 0) -> None:
        self.readings: list[Reading] = []
        self.broken = broken

    async def __call__(self, reading: Reading) -> None:
        if self.broken:
            self.broken -= 1
            raise RuntimeError("not committed")
        self.readings.append(reading)

    @property
    def words(self) -> list[str]:
        return [message.text for reading in self.readings for message in reading.messages]


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.01)


async def while_polling(channel: TelegramChannel, taken: Taken, body: Callable[[], Awaitable[None]]) -> None:
    task = asyncio.create_task(channel.poll(taken))
    try:
        await body()
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_polling_hands_on_in_order_and_never_loses_what_was_not_taken(
    polled: TelegramChannel, tg: TelegramServer
) -> None:
    tg.webhook.set({"url": "https://elsewhere.example"})
    await polled.start()
    assert tg.webhook.url == ""
    taken = Taken(broken=2)

    async def body() -> None:
        for words in ("one", "two", "three"):
            tg.push(updates.text_update(int(AMINA), words))
        await until(lambda: len(taken.words) == 3)

    await while_polling(polled, taken, body)
    assert taken.words == ["one", "two", "three"]


@pytest.mark.parametrize("failure", [Fail.SERVER_ERROR, Fail.RESET_AFTER, Fail.REFUSED(status=409, text="Conflict: x")])
async def test_polling_goes_on_after_a_failure(polled: TelegramChannel, tg: TelegramServer, failure: Failure) -> None:
    taken = Taken()
    tg.fail(failure, "getUpdates", times=2)
    tg.push(updates.text_update(int(AMINA), "hello"))
    await while_polling(polled, taken, lambda: until(lambda: bool(taken.words)))
    assert taken.words[0] == "hello"


async def test_polling_waits_as_told(polled: TelegramChannel, tg: TelegramServer) -> None:
    taken, started = Taken(), time.monotonic()
    tg.fail(Fail.TOO_MANY(retry_after=1), "getUpdates")
    tg.push(updates.text_update(int(AMINA), "hello"))
    await while_polling(polled, taken, lambda: until(lambda: bool(taken.words)))
    assert time.monotonic() - started >= 1.0


async def test_a_file_is_fetched_and_a_large_one_refused(
    telegram: TelegramChannel, tg: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    tg.files["F1"] = b"\xff\xd8" * 1000
    tg.files["F2"] = b"x" * 10_000_001
    tg.files["F3"] = b"x" * (20 * 1024 * 1024 + 1)
    blob = await telegram.fetch(Attachment("photo", "F1", "image/jpeg"))
    assert (blob.content, blob.mime) == (tg.files["F1"], "image/jpeg")
    for ref in ("F2", "F3", "gone"):
        with pytest.raises(Rejected):
            await telegram.fetch(Attachment("document", ref, "application/pdf"))


async def test_neither_token_nor_words_reach_a_log_or_an_error(
    telegram: TelegramChannel,
    tg: TelegramServer,
    http: Http,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    told = []
    tap = Incoming("telegram", "1", AMINA, Kind.TAP, tapped="42:0", tap_ref="1:2")
    photo = Attachment("photo", "F1")
    for failure, _, _ in ERRORS:
        http.total_seconds = 0.1 if failure is Fail.NEVER else 5.0
        tg.fail(failure, times=None)
        await telegram.acknowledge(tap)
        starting = [] if failure.status == 429 else [telegram.start]
        for call in (lambda: telegram.send(to(AMINA, "Noor has a rash")), lambda: telegram.fetch(photo), *starting):
            with pytest.raises(SendError) as error:
                await call()
            told.append(str(error.getrepr(style="long", chain=True)))
        tg.reset()
    with pytest.raises(Unreachable) as nobody:
        await TelegramChannel(config(), http).send(to(AMINA, "Noor has a rash"))
    told += [str(nobody.getrepr(chain=True)), caplog.text, capsys.readouterr().out]
    assert "not done" in "".join(told)
    for secret in (TOKEN, TOKEN.partition(":")[2], SECRET):
        assert secret not in "".join(told)
    assert "rash" not in "".join(told[-2:])
