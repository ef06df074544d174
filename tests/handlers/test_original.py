"""ORIGINAL: what staff wrote, where a computer has translated it."""

from __future__ import annotations

import pytest

from bot import translated as store
from bot.house import House, build_house
from bot.wanted import want
from handlers import CONVERSATIONS
from nursery import notices
from nursery.recipients import Audience
from nursery.translations import State, Translation, translation_of
from tests.cast import People
from tests.providers.translators import turned
from tests.talking import Player, says_word

WORDS = "We made a den. Please bring boots by 9:30."
READERS = ("Piotr", "Ioana", "Farah", "Samira")
LANGUAGE = {"Piotr": "pl", "Ioana": "ro", "Farah": "ur", "Samira": "ar"}


@pytest.fixture(scope="module")
def house() -> House:
    return build_house(CONVERSATIONS, site="https://acorns.example", translates=True)


def told(play: Player, who: str, *, checks: bool = False) -> str:
    """A notice in staff's own words, translated as the server's stand-in does it; what its reader was sent."""
    with play.session() as session:
        made = notices.draft(
            session, Audience(1), publish_at=play.clock.now, now=play.clock.now, text=WORDS, checks=checks
        )
        number = made.id
    play.push(who, "notice", {"notice": number})
    assert play.deliver() == []
    with play.session() as session:
        for one in store.take(session, play.clock.now, 9)[0]:
            store.keep(session, one, turned(one.shielded.words, one.language), "azure")
    play.clock.pass_(seconds=5)
    return play.deliver()[0].text


@pytest.mark.parametrize("who", READERS)
def test_the_english_is_below_by_telegram_and_asked_for_by_sms(on_both: Player, who: str) -> None:
    text = told(on_both, who)
    assert turned("made a den", LANGUAGE[who]) in text
    assert (WORDS in text) is (on_both.channel == "telegram")
    assert says_word(text, "original", LANGUAGE[who]) is (on_both.channel == "sms")
    assert on_both.say(who, "ORIGINAL")[0].text.endswith(f"\n{WORDS}")


@pytest.mark.parametrize("who", ["Amina", *READERS])
def test_where_nothing_was_translated_it_says_so_and_offers_a_call(on_both: Player, who: str) -> None:
    with on_both.session() as session:
        notices.draft(session, Audience(1), publish_at=on_both.clock.now, now=on_both.clock.now, text=WORDS)
    (answer,) = on_both.say(who, "ORIGINAL")
    assert WORDS not in answer.text
    assert "CALLME" in answer.text or says_word(answer.text, "callme", LANGUAGE.get(who, "en_GB"))


def test_a_question_that_is_open_is_asked_again(on_both: Player) -> None:
    told(on_both, "Piotr", checks=True)
    english, question = on_both.say("Piotr", "ORIGINAL")
    assert english.text.endswith(WORDS)
    assert len(question.choices) == 3
    (thanks,) = on_both.say("Piotr", "1")
    assert thanks.choices == ()


def test_two_messages_later_it_is_still_the_last_that_was_translated(on_both: Player) -> None:
    told(on_both, "Piotr")
    on_both.say("Piotr", "WHO")
    assert WORDS in on_both.say("Piotr", "ORIGINAL")[0].text


def test_a_stranger_is_asked_to_join(play: Player) -> None:
    assert WORDS not in play.say("Stranger", "ORIGINAL")[0].text


def test_what_was_said_to_another_alone_is_never_the_original_of_mine(on_both: Player, people: People) -> None:
    """A short answer to one may stand word for word in what all were told."""
    text = told(on_both, "Piotr")
    secret = "We are sorry about the argument with your husband."
    with on_both.session() as session:
        asked = translation_of(secret, "pl", people.setting.id or 0, people.guardians["Amina"].id)
        want(session, [asked], on_both.clock.now)
        found = session.get_one(Translation, asked.key)
        found.text, found.state = text.split()[0], State.DONE
        session.add(found)
    assert secret not in on_both.say("Piotr", "ORIGINAL")[0].text
