"""A photo whose caption is a word or a choice is not lost: it goes with the matter, or a person has it and the parent
is told."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.messages import Attachment
from nursery import questionnaires
from nursery.attendance import Absence
from nursery.forms import read_form
from nursery.guardians import Topic
from nursery.home_observations import HomeObservation
from nursery.inbox import InboundMessage, Media
from nursery.queries import QueryWords
from nursery.recipients import Audience
from tests.cast import MONDAY, People
from tests.command_line import Coatpeg
from tests.talking import Heard, Player

FORM = 'title = "settling in"\n[[question]]\nname = "heard"\nkind = "scale"\ntext = "Staff listen to me."\n'
ASK = [("Amina", "ASK"), ("Piotr", "PYTANIE"), ("Ioana", "ÎNTREBARE")]


def _photo(play: Player, caption: str, who: str = "Amina") -> list[Heard]:
    return play.say(who, caption, attachments=(Attachment("photo", "f", "image/jpeg"),))


def _with_file(desk: Coatpeg) -> list[tuple[str, str]]:
    """The headings of the inbox under which a file is shown, and how to open it."""
    found = [
        (heading, json.dumps(row)) for heading, rows in json.loads(desk("inbox", "--json").out).items() for row in rows
    ]
    return [
        (heading, row[row.index("coatpeg files") :].split(")")[0]) for heading, row in found if "coatpeg files" in row
    ]


def _one(play: Player, kind: type[Any]) -> Any:
    with play.session() as session:
        return session.exec(select(kind)).one()


def _for_staff(play: Player, number: int) -> bool:
    with play.session() as session:
        return session.get_one(InboundMessage, number).for_staff


@pytest.mark.parametrize(("who", "word"), ASK)
def test_it_goes_with_the_question(on_both: Player, desk: Coatpeg, who: str, word: str) -> None:
    (asked,) = _photo(on_both, word, who)
    assert "\n\n" in asked.text, "the word that it is with the team stands above the question"
    assert _with_file(desk) == [("messages", "coatpeg files 1")], "were the question never asked, it is here"
    on_both.say(who, "What is this rash?")
    if who == "Ioana":
        on_both.say(who, "1")
    assert _with_file(desk) == [("queries", "coatpeg files 2")]
    assert _one(on_both, QueryWords).words == "What is this rash?"


def test_where_the_words_are_taken_back_it_is_still_there(on_both: Player, desk: Coatpeg) -> None:
    _photo(on_both, "ASK", "Ioana")
    for text in ("What is tihs?", "BACK", "What is this?", "MENU"):
        on_both.say("Ioana", text)
    assert _with_file(desk) == [("messages", "coatpeg files 1")]


@pytest.mark.parametrize("said", [("ABSENT", "1", "1"), ("ABSENT", "[1", "1")], ids=["the word", "a choice"])
def test_it_goes_with_the_absence(on_both: Player, desk: Coatpeg, said: tuple[str, ...]) -> None:
    brought = 1 if "[1" not in said else 2
    for place, text in enumerate(said, start=1):
        if place == brought:
            told = _photo(on_both, text.removeprefix("["))
            assert "team" in told[0].text
        else:
            on_both.say("Amina", text)
    assert _one(on_both, Absence).inbound_id == brought
    assert _with_file(desk) == [("messages", f"coatpeg files {brought}")]


def test_with_the_last_answer_it_is_passed_on(on_both: Player, desk: Coatpeg) -> None:
    for text in ("ABSENT", "1"):
        on_both.say("Amina", text)
    told = _photo(on_both, "1")
    assert "passed what you sent" in told[-1].text
    assert _with_file(desk) == [("messages", "coatpeg files 3")]


def test_it_is_the_observation_from_home(on_both: Player, desk: Coatpeg) -> None:
    (asked,) = _photo(on_both, "SHARE")
    assert "to do or learn next" in asked.text, "what was sent is not asked for again"
    on_both.say("Amina", "To write her name")
    assert _one(on_both, HomeObservation).inbound_id == 1
    assert _with_file(desk) == [("shared from home", "coatpeg files 1")]


@pytest.mark.parametrize("word", ["STOP", "MENU", "POLICY", "LANGUAGE"])
def test_where_nothing_takes_it_a_person_has_it(on_both: Player, word: str) -> None:
    _photo(on_both, word)
    assert _for_staff(on_both, 1)


def test_what_is_the_familys_own_is_not_passed_on_and_the_parent_is_told(
    on_both: Player, people: People, desk: Coatpeg
) -> None:
    with on_both.session() as session:
        audience = Audience(people.setting.id or 0)
        number = questionnaires.open_questionnaire(
            session, audience, read_form(FORM), MONDAY, MONDAY + timedelta(days=10)
        ).id
    on_both.push("Amina", "questionnaire", {"questionnaire": number}, topic=Topic.SURVEYS)
    on_both.deliver()
    before = desk("inbox", "--json").out
    told = _photo(on_both, "1")
    assert "not passed on" in told[0].text
    assert "not passed on" in _photo(on_both, "SERVICES")[0].text
    assert desk("inbox", "--json").out == before


def test_a_photo_that_answers_is_the_answer(on_both: Player, desk: Coatpeg) -> None:
    on_both.say("Amina", "ASK")
    _photo(on_both, "What is this rash?")
    assert _with_file(desk) == [("queries", "coatpeg files 2")]
    assert _one(on_both, Media).inbound_id == 2
