"""The translation servers: each asked as it wants to be, and every way in which it can fail has its name."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from bot.channels import Misconfigured, Rejected, SendError, Throttled, Unknown, Unreachable
from bot.channels.http import Http
from bot.config import Config, load_config
from bot.translating import lacking
from bot.translators import KINDS, Server, server_of
from tests.providers.translators import SERVERS, Fail, TranslationServer, key_of, turned

SECRET = SecretStr("k" * 32)


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    http = Http()
    await http.start()
    yield http
    await http.stop()


@pytest.fixture(params=SERVERS)
async def theirs(request: pytest.FixtureRequest) -> AsyncIterator[TranslationServer]:
    async with SERVERS[request.param]() as server:
        yield server


def configured(theirs: TranslationServer, key: str | None = None) -> Config:
    key = key_of(theirs.kind) if key is None else key
    fields = {"secret_key": SECRET, "translate_url": theirs.base, "translate_kind": theirs.kind, "translate_key": key}
    return load_config(_env_file=None, **fields)


@pytest.fixture
def ours(theirs: TranslationServer, http: Http) -> Server:
    server = server_of(configured(theirs), http)
    assert server is not None
    return server


def test_every_kind_has_its_stand_in() -> None:
    assert set(KINDS) == set(SERVERS)


async def test_none_is_configured_by_itself(http: Http) -> None:
    assert server_of(load_config(_env_file=None, secret_key=SECRET), http) is None


@pytest.mark.parametrize("language", ["pl", "ro", "ar"])
async def test_english_is_put_into_a_language(theirs: TranslationServer, ours: Server, language: str) -> None:
    words = "Please bring XQ0Z's wellies.\nIt's muddy & wet (really)."
    assert await ours.translate(words, "en_GB", language) == turned(words, language)
    assert theirs.violations == []
    assert [(one.source.lower(), one.target.lower()) for one in theirs.asked] == [("en", language)]


async def test_a_parents_words_are_put_into_english(theirs: TranslationServer, ours: Server) -> None:
    assert await ours.translate("Nie ma jej dziś", "pl", "en_GB")
    assert theirs.violations == []


async def test_it_says_what_it_lacks(theirs: TranslationServer, ours: Server) -> None:
    assert await lacking(ours) == (["اردو"] if theirs.kind == "deepl" else [])
    assert theirs.violations == []


@pytest.mark.parametrize("theirs", ["deepl"], indirect=True)
async def test_a_language_it_does_not_know_is_rejected(theirs: TranslationServer, ours: Server) -> None:
    with pytest.raises(Rejected):
        await ours.translate("Good morning", "en_GB", "ur")


@pytest.mark.parametrize(
    ("failure", "named"),
    [
        (Fail.SERVER_ERROR, Unreachable),
        (Fail.BAD_GATEWAY, Unreachable),
        (Fail.TOO_MANY, Throttled),
        (Fail.REFUSED(status=403), Misconfigured),
        (Fail.REFUSED(status=401), Misconfigured),
        (Fail.REFUSED(status=456), Misconfigured),
        (Fail.REFUSED(status=301), Misconfigured),
        (Fail.REFUSED(status=413), Rejected),
        (Fail.RESET_BEFORE, Unknown),
        (Fail.RESET_AFTER, Unknown),
    ],
)
async def test_a_failure_has_its_name(
    theirs: TranslationServer, ours: Server, failure: object, named: type[SendError]
) -> None:
    theirs.fail(failure)  # type: ignore[arg-type]
    with pytest.raises(named) as failed:
        await ours.translate("Good morning", "en_GB", "pl")
    assert key_of(theirs.kind) not in str(failed.value)


async def test_one_that_is_slow_is_waited_for_so_long_and_no_longer(
    theirs: TranslationServer, ours: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.translators.SECONDS", 0.2)
    theirs.fail(Fail.SLOW(seconds=5))
    with pytest.raises(Unknown):
        await ours.translate("Good morning", "en_GB", "pl")


async def test_one_that_is_not_there_is_unreachable(theirs: TranslationServer, ours: Server) -> None:
    await theirs.close()
    with pytest.raises(Unreachable):
        await ours.translate("Good morning", "en_GB", "pl")


@pytest.mark.parametrize(
    "raw", [b"", b"<html>", b"[]", b"{}", b"null", b'{"translatedText": 7}', b'[{"translations": []}]']
)
async def test_an_answer_of_another_shape_is_none(theirs: TranslationServer, ours: Server, raw: bytes) -> None:
    theirs.raw = raw
    with pytest.raises(Unknown):
        await ours.translate("Good morning", "en_GB", "pl")


async def test_a_wrong_key_is_our_mistake(theirs: TranslationServer, http: Http) -> None:
    server = server_of(configured(theirs, "another"), http)
    assert server is not None
    with pytest.raises(Misconfigured):
        await server.translate("Good morning", "en_GB", "pl")
