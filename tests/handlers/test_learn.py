"""Lessons and the glossary."""

import pytest

from nursery import lessons
from tests.talking import Player


def test_a_lesson_at_a_time_and_never_twice(on_both: Player) -> None:
    on_both("""
        Amina: Learn
        Coatpeg: Which word shall I explain? Send it, such as PSED. Or take a small lesson.
          1 What is the EYFS?
        Amina: [tap 1]
        Coatpeg: EYFS is short for Early Years Foundation Stage. ...
        Coatpeg: Try this: Watch your child play for five minutes. ...
          For the next lesson text LEARN.
        Amina: LEARN
        Coatpeg: Which word shall I explain? ...
          1 How children learn
    """)


def test_a_word_while_learning(on_both: Player) -> None:
    on_both("""
        Amina: LEARN
        Coatpeg: Which word shall I explain? ...
          ...
        Amina: Key worker
        Coatpeg: key person: ...
    """)


@pytest.mark.parametrize("said", ["What is PSED?", "what is psed", "What's PSED"])
def test_what_is_psed(on_both: Player, said: str) -> None:
    on_both(f"""
        Amina: {said}
        Coatpeg: PSED: Personal, social and emotional development: ...
    """)


def test_a_word_there_is_none_of(on_both: Player) -> None:
    on_both("""
        Amina: LEARN
        Coatpeg: Which word shall I explain? ...
          ...
        Amina: quantum
        Coatpeg: I do not have that word. To ask a person, text ASK. BACK goes back.
          ...
    """)


@pytest.mark.parametrize("who", ["Piotr", "Farah", "Samira"])
def test_in_other_languages(on_both: Player, who: str) -> None:
    assert on_both.say(who, "LEARN")[0].choices
    assert "LEARN" not in on_both.say(who, "1")[0].text


def test_after_the_last_lesson(on_both: Player) -> None:
    for _ in lessons.lessons():
        on_both.say("Amina", "LEARN")
        on_both.say("Amina", "1")
    on_both("""
        Amina: LEARN
        Coatpeg: You have had all our lessons. Which word shall I explain? Send it, such as PSED.
        Amina: psed
        Coatpeg: PSED: ...
    """)


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("Amina", "EYFS?"),
        ("Amina", "psed"),
        ("Piotr", "PSED"),
        ("Ioana", "EYFS"),
        ("Samira", "EYFS؟"),
        ("Farah", "PSED"),
    ],
)
def test_a_word_of_the_glossary_alone_is_explained(on_both: Player, who: str, said: str) -> None:
    [told] = on_both.say(who, said)
    assert told.text.replace("\u200f", "").lstrip("\u2068").startswith(said.strip("?؟").upper())
    assert told.choices == ()
