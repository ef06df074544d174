"""A real `coatpeg serve` with a translation server beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bot.database import transaction
from nursery import notices
from nursery.recipients import Audience
from tests.providers.translators import SERVERS, Fail, TranslationServer, key_of, turned
from tests.serving import Served


def served(database_url: str, folder: Path, theirs: TranslationServer) -> Served:
    house = Served(database_url, folder)
    house.environment |= {
        "TRANSLATE_URL": theirs.base,
        "TRANSLATE_KIND": theirs.kind,
        "TRANSLATE_KEY": key_of(theirs.kind),
    }
    return house


def tell(house: Served, text: str) -> None:
    with transaction(house.engine) as session:
        notices.draft(session, Audience(1), publish_at=house.now(), now=house.now(), text=text)


async def test_a_notice_is_translated_within_seconds_and_english_goes_when_the_server_dies(
    new_database: Callable[[], str], tmp_path: Path
) -> None:
    async with SERVERS["deepl"]() as theirs, served(new_database(), tmp_path, theirs) as house:
        await house.begin()
        begun = house.now()
        tell(house, "Noor and friends made a den.")
        await house.until(lambda: _had(house, turned("friends made a den", "pl")), "Piotr has the translation")
        assert house.now() - begun < timedelta(seconds=25)
        theirs.fail(Fail.SERVER_ERROR)
        tell(house, "We planted beans in the garden.")
        await house.until(lambda: _had(house, "We planted beans in the garden."), "Piotr has the English")
        assert theirs.violations == []


async def _had(house: Served, words: str) -> bool:
    return any(words in one.body for one in house.twilio.sent)
