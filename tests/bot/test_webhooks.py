"""The web's door, at a real server: who is let in, what is turned away, and that nobody waits for another."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio
from aiohttp import ClientSession

from tests.cast import CAST
from tests.providers import updates
from tests.providers.failures import Fail
from tests.serving import SECRET, Served

pytestmark = pytest.mark.asyncio(loop_scope="module")

TELEGRAM = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
LIMIT = 256 * 1024
WORDS = "Noor's secret words are zebra-crossing"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    async with Served(new_database(), tmp_path_factory.mktemp("webhooks")) as served:
        await served.begin()
        yield served


@pytest_asyncio.fixture(loop_scope="module")
async def http(served: Served) -> AsyncIterator[ClientSession]:
    async with ClientSession(served.base) as session:
        yield session


async def post(http: ClientSession, path: str, body: bytes, headers: dict[str, str]) -> int:
    """The status; whatever the answer is, it is no traceback."""
    async with http.post(path, data=body, headers=headers) as answer:
        text = await answer.text()
        assert "Traceback" not in text
        assert len(text) < 200
        return answer.status


def hello(chat: int = 70001) -> bytes:
    return json.dumps(updates.text_update(chat, WORDS)).encode()


WRONG = {
    "none": {},
    "empty": {"X-Telegram-Bot-Api-Secret-Token": ""},
    "wrong": {"X-Telegram-Bot-Api-Secret-Token": "guess"},
    "nearly": {"X-Telegram-Bot-Api-Secret-Token": SECRET[:-1]},
    "not ASCII": {"X-Telegram-Bot-Api-Secret-Token": "gé"},
}


@pytest.mark.parametrize("headers", WRONG.values(), ids=WRONG.keys())
async def test_a_wrong_secret_is_refused_and_nothing_kept(
    served: Served, http: ClientSession, headers: dict[str, str]
) -> None:
    before = len(served.inbound())
    assert await post(http, "/hooks/telegram", hello(), headers) == 403
    assert len(served.inbound()) == before


@pytest.mark.parametrize("path", ["/hooks/sms", "/hooks/sms/status?m=1"])
@pytest.mark.parametrize("headers", [{}, {"X-Twilio-Signature": ""}, {"X-Twilio-Signature": "bm8="}, TELEGRAM])
async def test_a_wrong_signature_is_refused_and_nothing_kept(
    served: Served, http: ClientSession, path: str, headers: dict[str, str]
) -> None:
    before = len(served.inbound())
    form = {"Content-Type": "application/x-www-form-urlencoded"} | headers
    assert await post(http, path, b"MessageSid=SM1&From=%2B447700900002&Body=hello", form) == 403
    assert len(served.inbound()) == before


async def test_a_signature_for_another_address_is_refused(served: Served) -> None:
    status = await served.twilio.deliver(CAST["Piotr"].phone, WORDS, url="http://127.0.0.1/hooks/sms")
    assert status == 403
    assert all(message.text != WORDS for message in served.inbound())


@pytest.mark.parametrize("path", ["/hooks/telegram", "/hooks/sms", "/hooks/sms/status"])
async def test_too_large_a_body_is_refused_before_it_is_read(http: ClientSession, path: str) -> None:
    assert await post(http, path, b"x" * (LIMIT + 1), TELEGRAM) == 413


async def test_too_large_a_body_is_refused_that_did_not_say_so(http: ClientSession) -> None:
    async def drips() -> AsyncIterator[bytes]:
        for _ in range(9):
            yield b"x" * (LIMIT // 8)

    async with http.post("/hooks/telegram", data=drips(), headers=TELEGRAM) as answer:
        assert answer.status == 413


async def test_a_body_of_just_the_limit_is_read(http: ClientSession) -> None:
    update = updates.text_update(70002, "x")
    update["padding"] = ""
    update["padding"] = "x" * (LIMIT - len(json.dumps(update)))
    assert await post(http, "/hooks/telegram", json.dumps(update).encode(), TELEGRAM) == 200


BROKEN = {
    "nothing": b"",
    "not JSON": b"{",
    "not UTF-8": b'{"update_id": "\xff"}',
    "a list": b"[]",
    "a number": b"7",
    "deep": b"[" * 50_000 + b"]" * 50_000,
    "half a pair": b'{"update_id": 1, "message": {"text": "\\ud83d"}}',
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN.keys())
async def test_what_cannot_be_read_is_refused(http: ClientSession, body: bytes) -> None:
    assert await post(http, "/hooks/telegram", body, TELEGRAM) == 400


PASSED_OVER = {
    "an unknown kind": {"update_id": 5, "purchased_paid_media": {"from": {"id": 1}}},
    "no kind": {"update_id": 5},
    "no update_id": {"message": {"text": "hello"}},
    "a message of the wrong shape": {"update_id": 5, "message": {"text": ["hello"], "chat": 7}},
    "a message that is a word": {"update_id": 5, "message": "hello"},
    "a poll": {"update_id": 5, "poll_answer": {"poll_id": "1", "option_ids": [0]}},
}


@pytest.mark.parametrize("update", PASSED_OVER.values(), ids=PASSED_OVER.keys())
async def test_what_we_do_not_use_is_answered_200_and_not_kept(
    served: Served, http: ClientSession, update: dict[str, object]
) -> None:
    """Or Telegram would send it again for a day, and hold back that chat's messages meanwhile."""
    before = len(served.inbound())
    assert await post(http, "/hooks/telegram", json.dumps(update).encode(), TELEGRAM) == 200
    assert len(served.inbound()) == before


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/hooks/telegram", 405),
        ("PUT", "/hooks/sms", 405),
        ("POST", "/hooks/nobody", 404),
        ("POST", "/hooks/", 404),
        ("GET", "/live", 200),
        ("GET", "/ready", 200),
        ("GET", "/metrics", 200),
        ("GET", "/phone", 404),
        ("GET", "/docs", 404),
    ],
)
async def test_doors_that_are_there_and_doors_that_are_not(
    http: ClientSession, method: str, path: str, status: int
) -> None:
    async with http.request(method, path) as answer:
        assert answer.status == status
        assert "Traceback" not in await answer.text()


async def test_who_hangs_up_in_the_middle_harms_nobody(served: Served) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(b"POST /hooks/telegram HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{")
    await writer.drain()
    writer.close()
    await served.says("Ioana", "MENU")


async def test_both_providers_are_let_in_answered_and_told(served: Served) -> None:
    await served.settled()
    served.telegram.reset()
    assert await served.says("Samira", "MENU") == 200
    assert served.telegram.answers[-1].text == "{}"
    assert await served.twilio_says("Piotr", "MENU", "SM" + "1" * 32) == 200
    assert served.twilio.answers[-1].text.endswith("<Response/>")
    await served.settled()
    assert [one.chat_id for one in served.telegram.sent] == [int(CAST["Samira"].chat)]
    piotrs = next(one for one in served.twilio.sent if one.to == CAST["Piotr"].phone)
    assert await served.twilio.callback(piotrs, "delivered") == 204
    assert any(row.state == "delivered" for row in served.rows())
    assert served.telegram.violations == served.twilio.violations == []


async def test_200_is_said_after_the_commit(served: Served) -> None:
    before = len(served.inbound())
    for number in range(1, 6):
        await served.says("Amina", "MENU")
        assert len(served.inbound()) == before + number


async def test_nobody_waits_for_anothers_provider(served: Served) -> None:
    """Telegram takes two seconds over one chat: the other's answer is there long before."""
    await served.settled()
    served.telegram.reset()
    slow, quick = int(CAST["Farah"].chat), int(CAST["Ioana"].chat)
    served.telegram.fail(Fail.SLOW(seconds=2.0), "sendMessage", chat_id=slow)
    begun = time.monotonic()
    await asyncio.gather(served.says("Farah", "MENU"), served.says("Ioana", "MENU"))
    assert time.monotonic() - begun < 1.0, "nor does the webhook wait for any answer to arrive"

    async def answered() -> bool:
        return quick in [one.chat_id for one in served.telegram.sent]

    await served.until(answered, "the quick one is answered")
    assert time.monotonic() - begun < 1.9
    await served.settled()


async def test_two_messages_of_one_parent_at_once_are_taken_in_order(served: Served) -> None:
    await served.settled()
    served.telegram.reset()
    many = [updates.text_update(70099, f"Hello {number}", first_name="Stranger") for number in range(8)]
    before = len(served.inbound())
    async with asyncio.TaskGroup() as group:
        for update in many:
            group.create_task(served.telegram_says(update))
            await asyncio.sleep(0.002)
    texts = [message.text for message in served.inbound()[before:]]
    assert texts == [f"Hello {number}" for number in range(8)]
    answers = [row.key for row in served.rows() if row.contact_id == served.inbound()[-1].contact_id]
    assert answers == sorted(answers, key=lambda key: int(key.split(":")[1]))


async def test_nothing_of_anybody_is_in_the_log(served: Served, http: ClientSession) -> None:
    """Of all that was done above, and of failures of every kind: no token, number, name or word."""
    for failure in (Fail.SERVER_ERROR, Fail.TOO_MANY, Fail.RESET_AFTER, Fail.BLOCKED):
        served.telegram.fail(failure, "sendMessage")
        served.twilio.fail(Fail.REFUSED(code=21211) if failure is Fail.BLOCKED else failure)
        await served.says("Amina", WORDS)
        await served.twilio_says("Ioana", WORDS, f"SM{failure.status:032d}")
        await asyncio.sleep(0.3)
    text = served.log
    assert "started" in text
    assert "not sent" in text
    secrets = [served.telegram.token, served.twilio.auth_token, SECRET, "own secret", "zebra-crossing", "Hello 3"]
    people = [word for member in CAST.values() for word in (member.name, member.phone, member.phone[1:])]
    found = [word for word in [*secrets, *people, "Noor", "Khan", "Traceback"] if word in text]
    assert found == []


async def test_it_ends_politely_and_finishes_what_is_on_its_way(served: Served) -> None:
    served.telegram.reset()
    chat = int(CAST["Farah"].chat)
    served.telegram.fail(Fail.SLOW(seconds=1.0), "sendMessage", chat_id=chat)
    await served.says("Farah", "MENU")
    number = len(served.rows())

    async def on_its_way() -> bool:
        return any(one.chat_id == chat for one in served.telegram.sent)

    await served.until(on_its_way, "Telegram has it")
    assert served.rows()[number - 1].state == "sending"
    assert await served.end() == 0
    assert served.rows()[number - 1].state == "sent"
    assert "Traceback" not in served.log
