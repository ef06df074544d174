"""A complaint."""

import pytest
from sqlmodel import select

from nursery.complaints import Complaint
from nursery.people import Staff
from nursery.tasks import open_tasks
from tests.cast import People
from tests.talking import Player


def test_a_complaint_is_written_down_at_once(on_both: Player) -> None:
    on_both("""
        Amina: COMPLAIN
        Coatpeg: I am sorry. Please tell us in your own words what happened. A photo or a voice note is fine too.
        Amina: The gate was open again
        Coatpeg: Is it about one of these?
          1 The manager
          2 How you use my information
          3 No, something else
        Amina: [tap 3]
        Coatpeg: Thank you. Your complaint is written down as C-1042. ... in writing by Mon 21 Dec.
        Coatpeg: Helen looks into it and may ring you to hear more.
        Coatpeg: If the outcome does not content you, ... You can tell Ofsted at any time: 0300 123 1231.
    """)
    with on_both.session() as session:
        assert session.exec(select(Complaint)).one().words == "The gate was open again"
        assert [(task.kind, task.about) for task in open_tasks(session)] == [("complaint", "C-1042")]


@pytest.mark.parametrize(
    ("role", "who"), [("owner", "Olu looks into it"), ("key person", "Somebody other than the manager")]
)
def test_about_the_manager_it_goes_round_the_manager(on_both: Player, people: People, role: str, who: str) -> None:
    with on_both.session() as session:
        session.add(Staff(setting_id=people.setting.id or 0, name="Olu", role=role))
    on_both(f"""
        Amina: complaint
        Coatpeg: I am sorry. ...
        Amina: Helen shouted at me
        Coatpeg: Is it about one of these?
          ...
        Amina: [tap 1]
        Coatpeg: Thank you. Your complaint is written down as C-1042. ...
        Coatpeg: {who} ...
        Coatpeg: If the outcome ...
    """)
    with on_both.session() as session:
        task = open_tasks(session)[0]
        assert task.staff_id != people.staff["Helen"].id


@pytest.mark.parametrize(("role", "who"), [("deputy", "Olu"), ("key person", "Helen")])
def test_who_its_words_name_does_not_look_into_it_where_there_is_another(
    on_both: Player, people: People, role: str, who: str
) -> None:
    with on_both.session() as session:
        session.add(Staff(setting_id=people.setting.id or 0, name="Olu", role=role))
    on_both(f"""
        Amina: COMPLAIN
        Coatpeg: I am sorry. ...
        Amina: Helen is rude
        Coatpeg: Is it about one of these?
          ...
        Amina: [tap 3]
        Coatpeg: Thank you. Your complaint is written down as C-1042. ...
        Coatpeg: {who} looks into it and may ring you to hear more.
        Coatpeg: If the outcome ...
    """)


@pytest.mark.parametrize("who", ["Amina", "Piotr", "Farah"])
def test_the_word_once_more_loses_no_complaint(on_both: Player, who: str) -> None:
    for said in ("COMPLAIN", "The gate was open again", "EVENTS", "COMPLAIN", "COMPLAIN"):
        asked = on_both.say(who, said)
    assert len(asked[0].choices) == 3  # what it is about, as before
    on_both.say(who, "3")
    with on_both.session() as session:
        assert session.exec(select(Complaint)).one().words == "The gate was open again"


def test_words_of_a_menu_may_stand_in_a_complaint(on_both: Player) -> None:
    on_both("""
        Amina: complain
        Coatpeg: I am sorry. ...
        Amina: Absent
        Coatpeg: Is "Absent" your answer?
          1 Yes, that is my answer
          2 No, go to: Child away
        Amina: [tap 1]
        Coatpeg: Is it about one of these?
          ...
    """)


def test_a_parent_of_two_may_say_it_is_about_neither(on_both: Player) -> None:
    on_both.say("Ioana", "COMPLAIN")
    assert len(on_both.say("Ioana", "Parcarea e blocată")[0].choices) == 3
    on_both.say("Ioana", "3")
    assert "C-1042" in on_both.say("Ioana", "3")[0].text


def test_about_information_it_has_its_own_thirty_days(on_both: Player) -> None:
    on_both("""
        Amina: COMPLAIN
        Coatpeg: I am sorry. ...
        Amina: You sent my number to another mum
        Coatpeg: Is it about one of these?
          ...
        Amina: [tap 2]
        Coatpeg: Thank you. Your complaint is written down as C-1042. ... in writing by Wed 23 Dec.
        Coatpeg: Helen looks into it and may ring you to hear more.
        Coatpeg: If the outcome ... You can also complain to the Information Commissioner: 0303 123 1113.
    """)
    with on_both.session() as session:
        assert [task.kind for task in open_tasks(session)] == ["complaint about information"]


@pytest.mark.parametrize("who", ["Piotr", "Samira", "Farah"])
def test_a_complaint_in_any_language_is_a_written_complaint(on_both: Player, who: str) -> None:
    for words in ("COMPLAIN", "بوابة Brama była otwarta 😡", "3"):
        said = on_both.say(who, words)
    assert "C-1042" in said[0].text
    assert said[0].language != "en_GB"
    with on_both.session() as session:
        assert session.exec(select(Complaint)).one().words == "بوابة Brama była otwarta 😡"


def test_a_number_is_no_complaint(on_both: Player) -> None:
    """It was meant for a list that is gone."""
    on_both("""
        Amina: COMPLAIN
        Coatpeg: I am sorry. ...
        Amina: 2
        Coatpeg: I did not understand. Please answer in a few words. ...
          ...
    """)
    with on_both.session() as session:
        assert session.exec(select(Complaint)).all() == []
