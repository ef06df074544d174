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
        Coatpeg: Is it about the manager?
          1 Yes
          2 No
        Amina: [tap 2]
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
        Coatpeg: Is it about the manager?
          ...
        Amina: [tap 1]
        Coatpeg: Thank you. Your complaint is written down as C-1042. ...
        Coatpeg: {who} ...
        Coatpeg: If the outcome ...
    """)
    with on_both.session() as session:
        task = open_tasks(session)[0]
        assert task.staff_id != people.staff["Helen"].id


def test_words_of_a_menu_may_stand_in_a_complaint(on_both: Player) -> None:
    on_both("""
        Amina: complain
        Coatpeg: I am sorry. ...
        Amina: Absent
        Coatpeg: Is it about the manager?
          ...
    """)


def test_a_parent_of_two_may_say_it_is_about_neither(on_both: Player) -> None:
    on_both.say("Ioana", "COMPLAIN")
    assert len(on_both.say("Ioana", "Parcarea e blocată")[0].choices) == 3
    on_both.say("Ioana", "3")
    assert "C-1042" in on_both.say("Ioana", "2")[0].text
