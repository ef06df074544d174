"""What every channel keeps to, whoever its provider is."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot
from bot.channels import Broken, Channel, Forbidden, SendError
from bot.channels.http import Http
from bot.channels.sms import SmsChannel
from bot.channels.telegram import TelegramChannel
from bot.messages import Attachment, Hook, Incoming, Kind, Reading
from tests.bot.channels.outside import AMINA, PIOTR, PUBLIC, config, payload, telegram_hook, to, twilio_hook
from tests.providers.failures import Fail
from tests.providers.server import ProviderServer
from tests.providers.telegram import TelegramServer
from tests.providers.twilio import TwilioServer

Make = Callable[..., Channel]


class Case:
    """A channel, its provider's stand-in, somebody to write to, and a message of theirs."""

    def __init__(self, make: Make, server: type[ProviderServer], base: str, address: str, hook: Hook) -> None:
        self.make, self.server, self.base, self.address, self.hook = make, server, base, address, hook

    def channel(self, http: Http, base: str = "http://127.0.0.1:9") -> Channel:
        return self.make(config(**{self.base: base}), http)


CASES = {
    "telegram": Case(
        TelegramChannel,
        TelegramServer,
        "telegram_api_base",
        AMINA,
        telegram_hook(payload("telegram", "private_text")),
    ),
    "sms": Case(SmsChannel, TwilioServer, "twilio_api_base", PIOTR, twilio_hook(payload("twilio", "sms_plain"))),
}
every_channel = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


@every_channel
def test_it_has_all_a_channel_has(case: Case) -> None:
    channel = case.channel(Http())
    assert CASES[channel.name] is case
    for name, member in inspect.getmembers(Channel, inspect.isfunction):
        if not name.startswith("_"):
            ours = getattr(channel, name)
            assert list(inspect.signature(ours).parameters) == list(inspect.signature(member).parameters)[1:]
            assert inspect.iscoroutinefunction(ours) is inspect.iscoroutinefunction(member)
    assert isinstance(channel.has_buttons, bool)
    assert channel.limits.per_second
    assert channel.limits.in_flight > 0
    kind, body = channel.empty_answer
    assert "/" in kind
    assert body


@every_channel
def test_the_same_hook_reads_the_same_every_time(case: Case) -> None:
    """So that a provider's repeat is known for one."""
    channel = case.channel(Http())
    first, again = channel.read(case.hook), channel.read(case.hook)
    assert first == again
    (message,) = first.messages
    assert message.channel == channel.name
    assert message.provider_id
    assert message.kind is Kind.TEXT
    assert message.answerable


@every_channel
@given(st.binary(max_size=500), st.dictionaries(st.text(), st.text(), max_size=4), st.booleans())
def test_whatever_is_posted_is_read_forbidden_or_broken(
    case: Case, body: bytes, headers: dict[str, str], known: bool
) -> None:
    channel = case.channel(Http())
    hook = Hook(f"{PUBLIC}/hooks/{channel.name}", {**headers, **(case.hook.headers if known else {})}, body)
    with suppress(Forbidden, Broken):
        assert isinstance(channel.read(hook), Reading)


@every_channel
async def test_a_message_goes_once_and_says_what_it_cost(case: Case, http: Http) -> None:
    async with case.server() as server:
        channel = case.channel(http, server.base)
        message = to(case.address, "Is Noor coming?", "Yes", "No")
        sent = await channel.send(message)
        assert sent.provider_id
        assert sent.parts == channel.parts(message) == 1
        assert len(server.sent) == 1
        assert server.violations == []


@every_channel
@pytest.mark.parametrize("name", ["TOO_MANY", "SERVER_ERROR", "BAD_GATEWAY", "RESET_BEFORE", "RESET_AFTER", "NEVER"])
async def test_sending_raises_a_send_error_and_nothing_else_and_never_repeats(
    case: Case, http: Http, name: str
) -> None:
    async with case.server() as server:
        http.total_seconds = 0.2 if name == "NEVER" else 5.0
        server.plan(Fail.named(name), None, None, None)
        channel = case.channel(http, server.base)
        with pytest.raises(SendError) as error:
            await channel.send(to(case.address))
        assert error.value.reason
        assert len(server.sent) == (name in ("RESET_AFTER", "NEVER"))
        with pytest.raises(SendError):
            await channel.fetch(Attachment("photo", f"{server.base}/ref"))


@every_channel
@pytest.mark.parametrize("text", ["", " ", "\x00", "\ud800", "<b>", "a" * 20_000])
async def test_no_text_makes_it_raise_anything_else(case: Case, http: Http, text: str) -> None:
    async with case.server() as server:
        channel = case.channel(http, server.base)
        channel.limits = type(channel.limits)()
        with suppress(SendError):
            assert (await channel.send(to(case.address, text))).provider_id


@every_channel
async def test_politeness_never_raises(case: Case, http: Http) -> None:
    async with case.server() as server:
        server.plan(Fail.SERVER_ERROR, None, None, None)
        for channel in (case.channel(http, server.base), case.channel(http)):
            for kind in Kind:
                incoming = Incoming(channel.name, "1", case.address, kind, tapped="42:0", tap_ref="1:2")
                await channel.acknowledge(incoming)


@every_channel
async def test_it_starts_stops_and_can_be_asked_for_the_past(case: Case, http: Http) -> None:
    async with case.server() as server:
        channel = case.channel(http, server.base)
        await channel.start()
        assert await channel.check()
        past = await channel.sent_to(case.address)
        assert past is None or list(past) == []
        await channel.stop()
        await channel.stop()


def test_each_library_is_imported_in_one_place() -> None:
    channels = Path(bot.__file__).parent / "channels"
    for library, home in [("telegram", channels / "telegram"), ("twilio", channels / "sms.py")]:
        importing = {
            home if home in path.parents else path
            for path in channels.parent.rglob("*.py")
            for line in path.read_text(encoding="utf-8").splitlines()
            if line.split()[:1] in (["import"], ["from"]) and line.split()[1].split(".")[0] == library
        }
        assert importing == {home}


@every_channel
def test_a_failure_told_later_means_something_or_nothing(case: Case) -> None:
    channel = case.channel(Http())
    for code in ("", "30003", "99999", "x"):
        assert channel.fault(code) is None or isinstance(channel.fault(code), SendError)
