"""The family as it wants to be known: each question can be passed over, and the answers are used."""

from __future__ import annotations

import pytest
from sqlmodel import select

from nursery import profiles
from nursery.activities import IdeaSent
from nursery.library import ideas
from nursery.profiles import AVOIDS, TAGS, ProfileAnswer
from nursery.tasks import open_tasks
from tests.cast import MONDAY, People
from tests.talking import Player

ASKED = len(profiles.QUESTIONS)


def _kept(play: Player) -> dict[str, tuple[list[str], str]]:
    with play.session() as session:
        return {one.question: (one.keys, one.words) for one in session.exec(select(ProfileAnswer))}


def test_one_question_at_a_time(on_both: Player) -> None:
    on_both("""
        Amina: PROFILE
        Coatpeg: What would you like us to call you?
          1 Skip
          2 Later
        Amina: Mrs Khan
        Coatpeg: How do we say Noor so that it sounds right? Write it as it sounds, or send a voice note.
          ...
        Amina: Noor, like moor
        Coatpeg: What do you eat, or not eat? Send one number or more, or write it.
          1 No pork
          2 Halal
          3 Kosher
          4 Vegetarian
          5 Vegan
          6 Skip
          7 Later
        Amina: [tap 2]
        Coatpeg: Which festivals are dear to you? Send one number or more, or write it.
          1 Ramadan and Eid
          2 Christmas and Easter
          3 Diwali
          4 Lunar New Year
          ...
        Amina: 1, 3
        Coatpeg: Is there something Noor should not take part in? Send one number or more, or write it.
          1 Music
          2 Animals
          3 Christmas
          4 Birthdays
          ...
        Amina: skip
        Coatpeg: Whom may we ring, and when should we not ring? Such as: not before 2, I work at night.
          ...
        Amina: only me, after 4
        Coatpeg: Thank you, that is all. To add or change something, text PROFILE.
    """)
    assert _kept(on_both) == {
        "call": ([], "Mrs Khan"),
        "say": ([], "Noor, like moor"),
        "food": (["halal"], ""),
        "festivals": (["eid", "diwali"], ""),
        "ring": ([], "only me, after 4"),
    }


def test_left_and_come_back_to(on_both: Player) -> None:
    on_both("""
        Amina: our family
        Coatpeg: What would you like us to call you?
          ...
        Amina: Amina
        Coatpeg: How do we say Noor ...
          ...
        Amina: later
        Coatpeg: Thank you. I have kept your answers. To go on, text PROFILE.
        Amina: PROFILE
        Coatpeg: How do we say Noor ...
          ...
        Amina: MENU
        Coatpeg: What can I do for you?
          ...
    """)
    assert set(_kept(on_both)) == {"call"}


def test_asked_again_it_may_be_changed(play: Player) -> None:
    play.say("Amina", "PROFILE")
    for words in ("Amina", "Noor", "1", "1", "1", "Me"):
        play.say("Amina", words)
    play("""
        Amina: PROFILE
        Coatpeg: You have told us about your family already. Shall we go through it again?
          1 Yes
          2 No
        Amina: 1
        Coatpeg: What would you like us to call you?
          ...
        Amina: Mina
        Coatpeg: How do we say Noor ...
          ...
    """)
    assert _kept(play)["call"] == ([], "Mina")


def test_back_asks_the_question_before_and_the_new_answer_counts(on_both: Player) -> None:
    on_both("""
        Amina: PROFILE
        Coatpeg: What would you like us to call you?
          ...
        Amina: Mina
        Coatpeg: How do we say Noor ...
          ...
        Amina: skip
        Coatpeg: What do you eat, or not eat? ...
          ...
        Amina: [tap 3]
        Coatpeg: Which festivals are dear to you? ...
          ...
        Amina: BACK
        Coatpeg: What do you eat, or not eat? ...
          ...
        Amina: [tap 2]
        Coatpeg: Which festivals are dear to you? ...
          ...
        Amina: back
        Coatpeg: What do you eat, or not eat? ...
          ...
        Amina: back
        Coatpeg: How do we say Noor ...
          ...
        Amina: back
        Coatpeg: What would you like us to call you?
          ...
        Amina: Mrs Khan
        Coatpeg: How do we say Noor ...
          ...
    """)
    assert _kept(on_both) == {"call": ([], "Mrs Khan"), "food": (["halal"], "")}


@pytest.mark.parametrize(
    ("who", "back"), [("Piotr", "wstecz"), ("Ioana", "înapoi"), ("Farah", "واپس"), ("Samira", "رجوع")]
)
def test_back_in_their_own_words(on_both: Player, who: str, back: str) -> None:
    first = on_both.say(who, "PROFILE")[0].text
    on_both.say(who, "1")
    assert on_both.say(who, back)[0].text == first
    assert len(on_both.say(who, back)[0].choices) == 9, "then the menu"


def test_a_voice_note_is_an_answer(on_both: Player) -> None:
    on_both.say("Amina", "PROFILE")
    on_both.say("Amina", "skip")
    on_both("""
        Amina: [voice]
        Coatpeg: What do you eat, or not eat? ...
          ...
    """)
    with on_both.session() as session:
        assert session.exec(select(ProfileAnswer)).one().inbound_id is not None


def test_food_is_checked_by_a_person_and_the_key_person_told_once_a_day(play: Player, people: People) -> None:
    play.say("Amina", "PROFILE")
    for words in ("Amina", "Noor", "no nuts, it is an allergy"):
        play.say("Amina", words)
    with play.session() as session:
        tasks = [(task.kind, task.urgent, task.staff_id, task.about) for task in open_tasks(session)]
    grace = people.staff["Grace"].id
    assert tasks == [("check diet and allergies", True, grace, "profile"), ("family told", False, grace, "profile")]


def test_the_other_guardian_sees_nothing_of_it(play: Player) -> None:
    play.say("Amina", "PROFILE")
    for words in ("Amina", "Noor", "1", "1", "1", "Me"):
        play.say("Amina", words)
    for words in ("LANGUAGE", "English"):
        play.say("Farah", words)
    play("""
        Farah: PROFILE
        Coatpeg: What would you like us to call you?
          ...
    """)


@pytest.mark.parametrize("said", ["1 99", "9", "0", "1 7"])
def test_numbers_out_of_reach_are_asked_for_again(on_both: Player, said: str) -> None:
    for words in ("PROFILE", "skip", "skip"):
        on_both.say("Amina", words)
    on_both(f"""
        Amina: {said}
        Coatpeg: I did not understand. Please send a number from 1 to 7. BACK goes back, MENU leaves.
          What do you eat, or not eat? Send one number or more, or write it.
          ...
    """)
    assert _kept(on_both) == {}


@pytest.mark.parametrize("said", ["1 and 2", "1 & 2", "1+2", "2,1", "1 2 1"])
def test_several_are_said_in_many_ways(on_both: Player, said: str) -> None:
    for words in ("PROFILE", "skip", "skip", said):
        on_both.say("Amina", words)
    assert set(_kept(on_both)["food"][0]) == {"no pork", "halal"}


@pytest.mark.parametrize("said", ["07700 900123", "after 4", "1 or 2 o'clock"])
def test_a_phone_number_is_no_choice(on_both: Player, people: People, said: str) -> None:
    with on_both.session() as session:
        for question in profiles.QUESTIONS[:-1]:
            profiles.answer(session, people.guardians["Amina"].id or 0, question, MONDAY, words="told")
    on_both.say("Amina", "PROFILE")
    on_both.say("Amina", said)
    assert _kept(on_both)["ring"] == ([], said)


@pytest.mark.parametrize("who", ["Piotr", "Ioana", "Samira", "Farah"])
def test_in_every_language(on_both: Player, who: str) -> None:
    said = on_both.say(who, "PROFILE")
    for question in profiles.QUESTIONS:
        assert said[-1].language != "en_GB"
        assert len(said[-1].choices) >= 2
        said = on_both.say(who, "2 1" if question in ("food", "festivals", "apart") else "abc")
    kept = _kept(on_both)
    assert len(kept) == ASKED
    assert kept["food"][0] == ["halal", "no pork"]


def test_ideas_leave_out_what_the_family_keeps_away_from(play: Player, people: People) -> None:
    amina = people.guardians["Amina"].id or 0
    with play.session() as session:
        profiles.answer(session, amina, "apart", MONDAY, keys=["music"])
    for _ in range(len(ideas()) + 5):
        play.say("Amina", "IDEA")
    with play.session() as session:
        told = set(session.exec(select(IdeaSent.idea).where(IdeaSent.guardian_id == amina)))
    assert len(told) > 20
    assert "bedtime-song" not in told


def test_whatever_is_avoided_there_are_ideas() -> None:
    assert len([idea for idea in ideas().values() if TAGS.isdisjoint(idea.tags)]) > 20
    assert set(AVOIDS["vegan"]) > set(AVOIDS["vegetarian"])
