"""Settling in: the day's note, and how it was at home; each guardian's answer is for the key person alone."""

import pytest
from sqlmodel import select

from nursery import settling
from nursery.inbox import InboundMessage
from nursery.settings import today
from nursery.settling import SettlingReply
from nursery.tasks import Task
from tests.cast import MONDAY, People
from tests.talking import Player

NOTE = """
    Coatpeg to Amina: Noor, Mon 23 Nov: Noor sat with the trains and laughed.
      From Grace
      How was Noor at home?
      1 Calm
      2 So-so
      3 Please call me
"""


def _write(play: Player, people: People, child: str = "Noor") -> int:
    with play.session() as session:
        settling.begin(session, people.children[child], today(MONDAY))
        words = f"{child} sat with the trains and laughed."
        return settling.write(session, people.children[child], words, people.staff["Grace"], MONDAY).id or 0


def _replies(play: Player, people: People) -> dict[str, tuple[str, str]]:
    names = {guardian.id: name for name, guardian in people.guardians.items()}
    with play.session() as session:
        return {names[one.guardian_id]: (one.answer, one.words) for one in session.exec(select(SettlingReply))}


@pytest.mark.parametrize(
    ("number", "answer", "thanks"),
    [
        (1, "calm", "Thank you, that is good to know."),
        (2, "so-so", "Thank you for telling us. Each day it gets easier. To talk to us, text CALLME."),
        (3, "call", "Grace will ring you about it. If it can't wait, ring 01632 960123."),
    ],
)
def test_the_day_and_how_it_was_at_home(on_both: Player, people: People, number: int, answer: str, thanks: str) -> None:
    on_both.push("Amina", "settling_note", {"note": _write(on_both, people)})
    on_both(f"""
        {NOTE}
        Amina: [tap {number}]
        Coatpeg: {thanks}
    """)
    assert _replies(on_both, people) == {"Amina": (answer, "")}
    with on_both.session() as session:
        tasks = [(task.kind, task.staff_id) for task in session.exec(select(Task))]
    assert tasks == ([("call about settling in", people.staff["Grace"].id)] if answer == "call" else [])


def test_words_are_kept_for_the_key_person(on_both: Player, people: People) -> None:
    on_both.push("Amina", "settling_note", {"note": _write(on_both, people)})
    on_both(f"""
        {NOTE}
        Amina: Slept well and talked about the trains
        Coatpeg: Thank you. The key person will read it.
    """)
    assert _replies(on_both, people) == {"Amina": ("words", "Slept well and talked about the trains")}
    with on_both.session() as session:
        assert session.exec(select(InboundMessage)).one().for_staff


def test_another_word_in_between_and_the_question_again(on_both: Player, people: People) -> None:
    on_both.push("Amina", "settling_note", {"note": _write(on_both, people)})
    on_both.deliver()
    on_both("""
        Amina: MENU
        Coatpeg: What can I do for you?
          ...
    """)
    assert _replies(on_both, people) == {}


def test_each_guardian_answers_apart(on_both: Player, people: People) -> None:
    note = _write(on_both, people)
    for who in ("Amina", "Farah"):
        on_both.push(who, "settling_note", {"note": note})
    on_both.deliver()
    on_both.say("Amina", "1")
    on_both.say("Farah", "2")
    assert _replies(on_both, people) == {"Amina": ("calm", ""), "Farah": ("so-so", "")}
    assert not any("Amina" in one.text for one in on_both.heard if one.who == "Farah")


@pytest.mark.parametrize(
    ("who", "child"), [("Piotr", "Zosia"), ("Samira", "Yusuf"), ("Farah", "Noor"), ("Ioana", "Mara")]
)
def test_in_the_readers_language(on_both: Player, people: People, who: str, child: str) -> None:
    on_both.push(who, "settling_note", {"note": _write(on_both, people, child)}, child=child)
    asked = on_both.deliver()[0]
    assert (asked.language, len(asked.choices)) == (people.guardians[who].language, 3)
    assert f"{child} sat with the trains and laughed." in asked.text
    on_both.say(who, "3")
    assert _replies(on_both, people) == {who: ("call", "")}
    assert "01632 960123" in on_both.heard[-1].text


def test_a_number_that_was_not_offered_is_no_answer(on_both: Player, people: People) -> None:
    on_both.push("Amina", "settling_note", {"note": _write(on_both, people)})
    on_both(f"""
        {NOTE}
        Amina: 7
        Coatpeg: I did not understand. Please send a number from 1 to 3. BACK goes back, MENU leaves.
          How was Noor at home?
          ...
        Amina: [tap 1]
        Coatpeg: Thank you, that is good to know.
    """)
    assert _replies(on_both, people) == {"Amina": ("calm", "")}
