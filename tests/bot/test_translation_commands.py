"""Translations as the office sees them: does the server answer, and what does a parent say?"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlmodel import Session, select

from bot.commands.translating import to_mend
from bot.config import Config, load_config
from bot.database import open_engine, transaction
from nursery.contacts import Contact
from nursery.guardians import Guardian
from nursery.inbox import InboundMessage
from nursery.translations import State, Translation
from tests.cast import MONDAY
from tests.command_line import Coatpeg
from tests.providers.translators import SERVERS, Fail, TranslationServer, key_of


@pytest.fixture(params=SERVERS)
async def theirs(request: pytest.FixtureRequest) -> AsyncIterator[TranslationServer]:
    async with SERVERS[request.param]() as server:
        yield server


def configured(theirs: TranslationServer, key: str | None = None) -> Config:
    return load_config(
        _env_file=None,
        secret_key=SecretStr("k" * 32),
        translate_url=theirs.base,
        translate_kind=theirs.kind,
        translate_key=SecretStr(key_of(theirs.kind) if key is None else key),
    )


async def test_a_server_that_answers_says_what_it_lacks_and_whose_it_is(theirs: TranslationServer) -> None:
    wrong, known = await to_mend(configured(theirs))
    said = [str(one) for one in known]
    assert wrong == []
    assert any("اردو" in one for one in said) is (theirs.kind == "deepl")
    assert any(f"go to {theirs.kind}" in one for one in said) is (theirs.kind != "libretranslate")


async def test_a_key_that_is_refused_is_to_mend(theirs: TranslationServer) -> None:
    wrong, _ = await to_mend(configured(theirs, "another"))
    assert [str(one).startswith("TRANSLATE_URL, TRANSLATE_KEY: ") for one in wrong] == [True]


async def test_so_is_one_that_does_not_work(theirs: TranslationServer) -> None:
    theirs.fail(Fail.SERVER_ERROR)
    wrong, _ = await to_mend(configured(theirs))
    assert ["can't be reached" in str(one) for one in wrong] == [True]


async def test_without_one_there_is_nothing_to_say() -> None:
    assert await to_mend(load_config(_env_file=None, secret_key=SecretStr("k" * 32))) == ([], [])


def test_check_names_a_server_that_is_away(acorns: Coatpeg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRANSLATE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("TRANSLATE_KIND", "libretranslate")
    ran = acorns("check")
    assert ran.code != 0
    assert "Mend: The translation server can't be reached from here" in ran.out


def _written(session: Session, text: str, gist: str, *, restricted: bool = False) -> None:
    piotr = session.exec(select(Guardian).where(Guardian.name == "Piotr Nowak")).one()
    contact = session.exec(select(Contact).where(Contact.guardian_id == piotr.id)).one()
    message = InboundMessage(
        channel="sms", provider_id=text, contact_id=contact.id, kind="text", text=text, received_at=MONDAY
    )
    message.for_staff, message.restricted = True, restricted
    session.add(message)
    session.flush()
    made = Translation(key=f"in:{message.id}", source="pl", language="en_GB", words=text, wanted_at=MONDAY)
    made.text, made.state, made.inbound_id, made.guardian_id = gist, State.DONE, message.id, piotr.id
    session.add(made)


def test_the_inbox_has_the_gist_after_the_words(acorns: Coatpeg, tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/coatpeg.db")
    with transaction(engine) as session:
        _written(session, "Czy jutro jest wycieczka?", "Is there a trip tomorrow?")
    engine.dispose()
    shown = acorns("inbox").out
    assert "Czy jutro jest wycieczka?  (translated by computer: Is there a trip tomorrow?)" in shown
    (row,) = json.loads(acorns("inbox", "--json").out)["messages"]
    assert row["text"] == "Czy jutro jest wycieczka?"
    assert row["gist"] == "(translated by computer: Is there a trip tomorrow?)"


def test_what_became_the_leads_is_not_shown_in_english_either(acorns: Coatpeg, tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/coatpeg.db")
    with transaction(engine) as session:
        _written(session, "Boję się", "I am afraid", restricted=True)
    engine.dispose()
    assert "afraid" not in acorns("inbox").out


def test_the_price_of_a_translation_is_told_before_it_is_sent(acorns: Coatpeg, monkeypatch: pytest.MonkeyPatch) -> None:
    """A translation is longer than the English."""
    notice = ("notice", "--to", "setting:Little Acorns", "--text", "We made a den. " * 30, "--dry-run", "--json")
    before = json.loads(acorns(*notice).out)["parts"]
    monkeypatch.setenv("TRANSLATE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("TRANSLATE_KIND", "libretranslate")
    assert json.loads(acorns(*notice).out)["parts"] > before
