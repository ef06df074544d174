"""How parents answer: politely, with a smiley, with the word of something else while a question is open."""

from __future__ import annotations

import pytest
from sqlmodel import select

from nursery import profiles
from nursery.profiles import ProfileAnswer
from nursery.queries import Query
from tests.cast import MONDAY, People
from tests.talking import Player

POLITE = {
    "Amina": ["1 please", "2, thank you", "2 😊", "holiday please", "Sorry, holiday", "2️⃣", "2 xx", "Thanks. 2"],
    "Piotr": ["2 proszę", "2, dziękuję", "wakacje, dzięki", "proszę wakacje 🙏"],
    "Ioana": ["2 vă rog", "2, mulțumesc", "concediu, mulțumesc"],
    "Farah": ["2 شکریہ", "2، مہربانی", "چھٹیاں شکریہ"],
    "Samira": ["٢ شكرا", "2 من فضلكم", "إجازة، شكرا 🌹"],
}


@pytest.mark.parametrize(("who", "said"), [(who, one) for who, many in POLITE.items() for one in many])
def test_a_polite_answer_is_an_answer(on_both: Player, who: str, said: str) -> None:
    asked = on_both.say(who, "ABSENT")
    if who == "Ioana":
        asked = on_both.say(who, "1")
    then = on_both.say(who, said)
    assert len(then) == 1
    assert len(then[0].choices) == 3 != len(asked[0].choices)


@pytest.mark.parametrize("said", ["yes please", "Yes, thank you!", "yes 👍", "1 thanks"])
def test_yes_please_is_yes(on_both: Player, people: People, said: str) -> None:
    with on_both.session() as session:
        for question in profiles.QUESTIONS:
            profiles.answer(session, people.guardians["Amina"].id or 0, question, MONDAY, words="told")
    on_both(f"""
        Amina: PROFILE
        Coatpeg: You have told us about your family already. Shall we go through it again?
          ...
        Amina: {said}
        Coatpeg: What would you like us to call you?
          ...
    """)


@pytest.mark.parametrize("said", ["no thanks", "No, thank you", "skip please", "nothing 🙂"])
def test_no_thank_you_passes_a_question_over(on_both: Player, said: str) -> None:
    on_both.say("Amina", "CALLME")
    on_both(f"Amina: {said}\nCoatpeg: Grace rings you by ...")
    on_both.say("Amina", "PROFILE")
    on_both.say("Amina", said)
    assert _profile(on_both) == []


@pytest.mark.parametrize("said", ["please", "maybe 2 or 3", "£5", "10:30", "2.5"])
def test_what_is_no_choice_is_asked_again(on_both: Player, said: str) -> None:
    on_both.say("Amina", "ABSENT")
    assert "I did not understand." in on_both.say("Amina", said)[0].text


@pytest.mark.parametrize(
    ("who", "word"),
    [("Amina", "ABSENT"), ("Piotr", "CHORY"), ("Ioana", "ABSENT"), ("Farah", "بیمار"), ("Samira", "مريض")],
)
def test_a_child_away_never_ends_as_a_parents_name(on_both: Player, who: str, word: str) -> None:
    on_both.say(who, "PROFILE")
    on_both.clock.pass_(hours=20)
    on_both.say(who, word)
    assert _profile(on_both) == []


def test_a_photo_with_a_word_below_it_is_the_answer(on_both: Player) -> None:
    on_both.say("Amina", "ASK")
    on_both("""
        Amina: [photo] MEDICINE
        Coatpeg: Thank you. Your question is Q-1042. ...
    """)
    with on_both.session() as session:
        assert len(session.exec(select(Query)).all()) == 1


def _profile(play: Player) -> list[ProfileAnswer]:
    with play.session() as session:
        return list(session.exec(select(ProfileAnswer)))
