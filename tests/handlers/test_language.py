"""Changing the language: by number, by button, by any name of it, in the middle of anything."""

import pytest
from babel import Locale
from sqlmodel import select

from bot.answers import normalise
from handlers.language import _called
from locales import LANGUAGES
from nursery.guardians import Guardian
from tests.talking import Player


def language_of(play: Player, name: str) -> str:
    with play.session() as session:
        return session.exec(select(Guardian.language).where(Guardian.name == name)).one()


def test_each_language_by_its_own_name(on_both: Player) -> None:
    on_both("""
        Amina: LANGUAGE
        Coatpeg: Which language shall I use?
          1 English
          2 Polski
          3 Română
          4 اردو
          5 العربية
        Amina: [tap 2]
        Coatpeg: ...
    """)
    assert language_of(on_both, "Amina") == "pl"


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("polski", "pl"),
        ("Polish", "pl"),
        ("pl", "pl"),
        ("POLONEZĂ", "pl"),
        ("پولش", "pl"),
        ("Arabic", "ar"),
        ("العربية", "ar"),
        ("Urdu", "ur"),
        ("rumuński", "ro"),
        ("english", "en_GB"),
        ("٤", "ur"),
    ],
)
def test_a_language_by_any_name(on_both: Player, said: str, tag: str) -> None:
    on_both.say("Amina", "LANGUAGE")
    on_both.say("Amina", said)
    assert language_of(on_both, "Amina") == tag


def test_an_open_question_is_asked_again_in_the_new_language(on_both: Player) -> None:
    on_both("""
        Amina: ABSENT
        Coatpeg: Why is Noor away?
          ...
        Amina: LANGUAGE
        Coatpeg: Which language shall I use?
          ...
        Amina: [tap 5]
        Coatpeg: ...
        Coatpeg: ...
          ...
        Amina: [tap 1]
        Coatpeg: ...
          ...
    """)
    assert [heard.language for heard in on_both.heard] == ["en_GB", "en_GB", "ar", "ar", "ar"]


@pytest.mark.parametrize(
    ("who", "said", "called"),
    [
        ("Amina", "français", "French"),
        ("Amina", "Somali", "Somali"),
        ("Amina", "ਪੰਜਾਬੀ", "Punjabi"),
        ("Piotr", "українська", "ukraiński"),
        ("Ioana", "ucraineană", "ucraineană"),
        ("Samira", "الفرنسية", "الفرنسية"),
        ("Farah", "Punjabi", "پنجابی"),
    ],
)
def test_a_language_we_do_not_write_is_said_to_be_none(on_both: Player, who: str, said: str, called: str) -> None:
    on_both.say(who, "LANGUAGE")
    [told] = on_both.say(who, said)
    assert called in told.text
    assert len(told.choices) == len(LANGUAGES)
    on_both.say(who, "1")
    assert language_of(on_both, who) == "en_GB"


def test_a_stranger_may_choose_too(on_both: Player) -> None:
    on_both.say("Stranger", "LANGUAGE")
    on_both.say("Stranger", "3")
    assert on_both.say("Stranger", "hello")[0].language == "ro"


def test_every_language_can_be_chosen() -> None:
    names = [name for tag in LANGUAGES for name in {normalise(name) for name in _called(tag)}]
    assert len(names) == len(set(names)), "one name means two languages"


@pytest.mark.parametrize("tag", LANGUAGES)
def test_what_each_language_calls_a_language_is_known(tag: str) -> None:
    names = {normalise(str(Locale.parse(tag).get_language_name(other))) for other in LANGUAGES}
    assert names <= {normalise(name) for name in _called(tag)}
