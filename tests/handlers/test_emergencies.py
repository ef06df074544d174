"""Somebody badly hurt or very ill: whom to ring is said at once, and a person has the words."""

import pytest

from bot import emergencies
from nursery.inbox import waiting_for_staff
from nursery.tasks import open_tasks
from tests.cast import CAST, MONDAY, PHONE
from tests.talking import Player

HURT = [
    ("Amina", "Noor fell and is bleeding"),
    ("Amina", "my son swallowed a button battery"),
    ("Amina", "my child is hurt"),
    ("Piotr", "Zosia upadła i leci jej krew"),
    ("Piotr", "mala sie zakrztusila, nie moze zlapac oddechu"),
    ("Ioana", "Andrei a cazut pe scari si curge sange"),
    ("Farah", "نور گر گئی ہے اور خون بہہ رہا ہے"),
    ("Farah", "noor gir gayi hai khoon beh raha hai"),
    ("Samira", "يوسف وقع على راسه وعم بينزف"),
    ("Samira", "yousef we2e3 we bynzef"),
]


@pytest.mark.parametrize(("who", "text"), HURT)
@pytest.mark.parametrize(("hour", "open_now"), [(10, True), (22, False)])
def test_who_tells_of_somebody_hurt_is_told_whom_to_ring_and_a_person_has_it(
    on_both: Player, who: str, text: str, hour: int, *, open_now: bool
) -> None:
    """No menu: nothing is to be chosen. By night nobody would take up the nursery's telephone."""
    on_both.clock.now = MONDAY.replace(hour=hour)
    [told] = on_both.say(who, text)
    assert told.choices == ()
    assert told.language == CAST[who].language
    assert [number in told.text for number in ("999", "111", PHONE)] == [True, True, open_now]
    with on_both.session() as session:
        assert [message.text for message in waiting_for_staff(session)] == [text]
        assert [(task.kind, task.urgent) for task in open_tasks(session)] == [("somebody hurt or very ill", True)]


def test_in_the_midst_of_a_question_it_is_passed_on_and_the_question_stands(on_both: Player) -> None:
    on_both("""
        Amina: LATE
        Coatpeg: ...
          ...
        Amina: she fell off the slide and is bleeding
        Coatpeg: Is somebody badly hurt or very ill? Ring 999 now. ...
          To reach Little Acorns, ring 01632 960123.
          I have passed your words to Grace.
        Coatpeg: ...
          ...
    """)
    assert on_both.heard[-1].choices == on_both.heard[0].choices


def test_what_is_taken_as_an_answer_is_passed_on_as_well(on_both: Player) -> None:
    for words in ("LATE", "1"):
        on_both.say("Amina", words)
    numbers, told = on_both.say("Amina", "she is choking")
    assert "999" in numbers.text
    assert told.text.endswith("\nI have passed your words to Grace.")
    with on_both.session() as session:
        assert "somebody hurt or very ill" in {task.kind for task in open_tasks(session)}


def test_a_cry_for_help_to_the_wrong_number(on_both: Player) -> None:
    assert on_both.say("Amina", "999")[0].text.startswith("Is somebody badly hurt or very ill? Ring 999 now.")


def test_where_the_lead_has_it_nobody_else_does_and_nothing_is_to_be_chosen(on_both: Player) -> None:
    [told] = on_both.say("Amina", "my husband hit her and she is bleeding")
    assert "999" in told.text
    assert (told.choices, "111" in told.text) == ((), False)
    with on_both.session() as session:
        assert (waiting_for_staff(session), open_tasks(session)) == ([], [])


def test_with_it_what_else_is_clearly_meant_is_offered(on_both: Player) -> None:
    numbers, offers = on_both.say("Amina", "she broke her arm, she won't be in nursery today")
    assert "999" in numbers.text
    assert offers.choices[0] == "Child away"


def test_where_words_are_private_they_stay_so(on_both: Player) -> None:
    on_both.say("Amina", "SERVICES")
    replies = on_both.say("Amina", "he hit his head on the wall")
    assert "999" in replies[0].text
    with on_both.session() as session:
        assert (waiting_for_staff(session), open_tasks(session)) == ([], [])


@pytest.mark.parametrize(
    "text",
    [
        "he fell asleep late so we are running late",
        "I cut her hair",
        "who can collect her in an emergency?",
        "she had an accident, please send spare trousers",
        "na wszelki wypadek podaję numer",
        "vă rog mai puțin zahăr la gustări",
        "phone gir gaya tha",
        "خون کا ٹیسٹ ہے کل",
        "عايزة أتعلم إسعافات",
    ],
)
def test_what_sounds_like_it_and_is_not(text: str) -> None:
    assert not emergencies.tells(text)
