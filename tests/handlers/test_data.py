"""What we hold, told in plain words; a copy and a correction."""

from datetime import date

import pytest
from sqlmodel import select

from nursery.data_requests import DataRequest, month_after
from nursery.inbox import waiting_for_staff
from nursery.tasks import open_tasks
from tests.cast import People
from tests.talking import Player


def test_what_we_hold(on_both: Player) -> None:
    on_both.say("Amina", "COMPLAIN")
    on_both.say("Amina", "The gate was open")
    on_both.say("Amina", "2")
    told = [one.text for one in on_both.say("Amina", "DATA")]
    assert told[0].startswith("We hold your name (Amina) and your language (English).")
    assert ("ends in 001" in told[0]) == (on_both.channel == "sms")
    assert told[1] == (
        "About Noor we may tell you: News and notices, Ideas for home, How my child is doing, What is on, "
        "Questionnaires."
    )
    assert told[2].startswith("From you we have: messages 4, questions 0, complaints 1. Questionnaires answered: 0,")
    assert "Farah" not in " ".join(told)
    assert told[-1] == "Would you like a copy, or is something wrong?"


def test_nothing_of_what_the_other_parent_did_is_counted(on_both: Player) -> None:
    before = [one.text for one in on_both.say("Amina", "DATA")]
    on_both.say("Amina", "1")
    for words in ("ASK", "Is there a coat?", "COMPLAIN", "The gate", "2"):
        on_both.say("Farah", words)
    after = [one.text.replace("messages 3", "messages 1") for one in on_both.say("Amina", "DATA")]
    assert after == before


def test_everything_else_is_counted_by_name(on_both: Player) -> None:
    for words in ("CONSENT", "1", "1", "CONSENT", "2", "2", "LEARN", "MENU"):
        on_both.say("Amina", words)
    told = next(one.text for one in on_both.say("Amina", "DATA") if one.text.startswith("From you we have:"))
    assert told.splitlines()[1] == "Also: consents 2."


def test_a_copy_within_a_month(on_both: Player, people: People) -> None:
    on_both.say("Amina", "DATA")
    on_both("""
        Amina: [tap 2]
        Coatpeg: You will have your copy by Wed 23 Dec. First we check that it is you: staff may ring you.
    """)
    for words in ("DATA", "2"):
        on_both.say("Amina", words)
    with on_both.session() as session:
        asked = session.exec(select(DataRequest)).one()
        assert (asked.kind, asked.due_on) == ("copy", date(2026, 12, 23))
        task = open_tasks(session)[0]
        assert (task.kind, task.staff_id) == ("copy of what we hold", people.staff["Helen"].id)
        assert task.due_at is not None


def test_a_correction_reaches_a_person_with_the_words(on_both: Player) -> None:
    on_both.say("Amina", "DATA")
    on_both("""
        Amina: [tap 3]
        Coatpeg: What is wrong, and what should it say?
        Amina: My name is written Ameena
        Coatpeg: Thank you. We look at it and tell you what we did by Wed 23 Dec. Staff may ring you first.
    """)
    with on_both.session() as session:
        assert [one.text for one in waiting_for_staff(session)] == ["My name is written Ameena"]
        assert "Ameena" not in repr(open_tasks(session))


def test_that_is_all(on_both: Player) -> None:
    on_both.say("Amina", "DATA")
    on_both("Amina: ok\nCoatpeg: Thank you. You can ask again at any time: text DATA.")


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 11, 23), date(2026, 12, 23)),
        (date(2027, 1, 31), date(2027, 3, 1)),
        (date(2026, 12, 31), date(2027, 2, 1)),
        (date(2026, 8, 31), date(2026, 9, 30)),
        (date(2027, 1, 6), date(2027, 2, 8)),
        (date(2027, 1, 7), date(2027, 2, 8)),
    ],
)
def test_a_calendar_month_and_never_a_weekend(asked: date, due: date) -> None:
    """ICO. 31 January 2027: 28 February is a Sunday."""
    assert month_after(asked) == due
    assert due.weekday() < 5


@pytest.mark.parametrize("who", ["Piotr", "Ioana", "Samira"])
def test_in_other_languages(on_both: Player, who: str) -> None:
    assert len(on_both.say(who, "DATA")) == 5
