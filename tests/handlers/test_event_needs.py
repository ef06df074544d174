"""Events: how easy it is to come, how many come, and what would help them."""

from typing import Any

import pytest
from sqlmodel import select

from nursery.rsvps import Rsvp
from nursery.tasks import Task
from tests.cast import People
from tests.handlers.events import answers_kept, new_event
from tests.talking import Player


def test_how_easy_it_is_to_come(on_both: Player, people: People) -> None:
    facts: dict[str, Any] = {"step_free": False, "parking": True, "creche": True, "interpreters": "pl,Urdu,BSL"}
    new_event(on_both, people, notes="Bring a hat.", **facts)
    on_both("""
        Amina: EVENTS
        Coatpeg: Stay and play: Fri 4 Dec at 15:30. There are steps. You can park there. There is a creche. Interpreters: Polish, Urdu, British Sign Language.
          Bring a hat.
          Are you coming?
          ...
    """)  # noqa: E501
    assert "polski, urdu" in on_both.say("Piotr", "EVENTS")[0].text


def test_several_things_would_help(on_both: Player, people: People) -> None:
    new_event(on_both, people, creche=True)
    on_both("""
        Amina: EVENTS
        Coatpeg: ...
          ...
        Amina: [tap 1]
        Coatpeg: Is there anything that would help you to take part? ...
          ...
        Amina: [tap 2]
        Coatpeg: Thank you, I have noted it. Anything else?
          1 That is all
          2 A creche place
          3 Help with access
          4 Food that I can eat
        Amina: BACK
        Coatpeg: Is there anything that would help you to take part? ...
          ...
        Amina: [tap 2]
        Coatpeg: Thank you, I have noted it. Anything else?
          ...
        Amina: [tap 2]
        Coatpeg: Thank you, I have noted it. Anything else?
          ...
        Amina: [tap 1]
        Coatpeg: You are on the list. We look forward to seeing you.
    """)
    with on_both.session() as session:
        assert session.exec(select(Rsvp)).one().wants == "interpreter,creche"
        about = session.exec(select(Task)).one().about
        assert about == "event 1, interpreter (ask which language), creche"


def test_several_numbers_at_once(on_both: Player, people: People) -> None:
    new_event(on_both, people, creche=False)
    for words in ("EVENTS", "1"):
        on_both.say("Piotr", words)
    assert len(on_both.heard[-1].choices) == 4, "no creche, so none is offered"
    assert on_both.say("Piotr", "2 9")[0].choices == on_both.heard[-2].choices, "there is no ninth: asked again"
    on_both.say("Piotr", "2, 4")
    with on_both.session() as session:
        assert session.exec(select(Rsvp)).one().wants == "interpreter,food"
        assert session.exec(select(Task)).one().about.endswith(", interpreter (Polish), food")


@pytest.mark.parametrize(
    ("who", "said", "answer"),
    [
        ("Amina", "Yes please!", "coming"),
        ("Amina", "yes we are 😊", "coming"),
        ("Amina", "no, sorry", "not"),
        ("Amina", "maybe", "maybe"),
        ("Piotr", "tak, dziękuję", "coming"),
        ("Piotr", "nie", "not"),
        ("Ioana", "da", "coming"),
        ("Ioana", "nu, mulțumesc", "not"),
        ("Farah", "جی ہاں", "coming"),
        ("Samira", "نعم", "coming"),
        ("Samira", "لا شكرا", "not"),
        ("Samira", "yes", "coming"),
    ],
)
def test_yes_and_no_are_answers(on_both: Player, people: People, who: str, said: str, answer: str) -> None:
    new_event(on_both, people)
    for words in ("EVENTS", said):
        on_both.say(who, words)
    if answer == "coming":
        on_both.say(who, "1")
    assert answers_kept(on_both) == {people.guardians[who].id: answer}


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("Amina", "2 people"),
        ("Amina", "there will be 2 of us"),
        ("Piotr", "nas 2"),
        ("Piotr", "2 osoby"),
        ("Ioana", "venim 2"),
        ("Farah", "ہم ۲ لوگ"),
        ("Samira", "نحن ٢"),
    ],
)
def test_how_many_come_is_said_in_words_too(on_both: Player, people: People, who: str, said: str) -> None:
    new_event(on_both, people, capacity=4)
    for words in ("EVENTS", "1", said, "1"):
        on_both.say(who, words)
    with on_both.session() as session:
        assert session.exec(select(Rsvp)).one().people == 2


@pytest.mark.parametrize("said", ["0", "two adults 1 child and 1 baby", "many", "99999999999"])
def test_a_number_that_is_none_is_asked_for_again(on_both: Player, people: People, said: str) -> None:
    new_event(on_both, people, capacity=20)
    for words in ("EVENTS", "1"):
        on_both.say("Amina", words)
    assert "from 1 to 9" in on_both.say("Amina", said)[0].text


@pytest.mark.parametrize(
    ("places", "told"), [(3, "There are 3 places in all. ..."), (1, "There is 1 place in all. ...")]
)
def test_nobody_waits_for_more_places_than_there_are(on_both: Player, people: People, places: int, told: str) -> None:
    new_event(on_both, people, capacity=places)
    for words in ("EVENTS", "1"):
        on_both.say("Amina", words)
    on_both(f"""
        Amina: 5
        Coatpeg: {told}
          How many of you are coming? ...
        Amina: 1
        Coatpeg: Is there anything that would help you ...
          ...
    """)
