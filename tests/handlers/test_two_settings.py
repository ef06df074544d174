"""A child who goes to two settings: each has its own people, policies and agreement; which is meant is asked only when
it matters."""

from __future__ import annotations

import pytest
from sqlmodel import select

from nursery.agreements import Signature
from nursery.attendance import Absence
from nursery.complaints import Complaint
from nursery.guardians import ANY_TOPIC, Guardianship
from nursery.people import Child, Staff
from nursery.settings import Setting
from tests.cast import MONDAY, People
from tests.talking import Player


@pytest.fixture
def both(on_both: Player, people: People) -> Player:
    """Noor goes to Busy Bees as well, where Olu is key person; Amina, Piotr and Samira have a child at both."""
    with on_both.session() as session:
        bees = Setting(name="Busy Bees", phone="01632 960999", manager="Mary")
        session.add(bees)
        session.flush()
        olu = Staff(setting_id=bees.id or 0, name="Olu")
        session.add(olu)
        session.flush()
        for who, first in (("Amina", "Noor"), ("Piotr", "Zosia"), ("Samira", "Yusuf")):
            here = people.children[first]
            there = Child(setting_id=bees.id or 0, key_person_id=olu.id, name=here.name, born=here.born)
            session.add(there)
            session.flush()
            tie = Guardianship(guardian_id=people.guardians[who].id or 0, child_id=there.id or 0)
            tie.may_receive, tie.confirmed_at, tie.parental_responsibility = int(ANY_TOPIC), MONDAY, True
            session.add(tie)
    return on_both


def test_the_child_is_named_by_the_setting(both: Player) -> None:
    both("""
        Amina: ABSENT
        Coatpeg: Which child is it about?
          1 Noor (Little Acorns)
          2 Noor (Busy Bees)
        Amina: [tap 2]
        Coatpeg: Why is Noor away?
          ...
        Amina: [tap 2]
        Coatpeg: Until when ...
          ...
        Amina: [tap 1]
        Coatpeg: Thank you. ...
    """)
    with both.session() as session:
        told = session.exec(select(Absence)).one()
        setting = session.get_one(Setting, session.get_one(Child, told.child_id).setting_id)
        assert setting.name == "Busy Bees"


def test_who_is_who_at_each(both: Player) -> None:
    both("""
        Amina: WHO
        Coatpeg: Busy Bees:
          Noor: the key person is Olu.
          The manager: Mary.
          In an emergency with us, ring 01632 960999. In danger, ring 999.
        Coatpeg: Little Acorns:
          Noor: the key person is Grace.
          The manager: Helen.
          In an emergency with us, ring 01632 960123. In danger, ring 999.
    """)


def test_whose_policy(both: Player) -> None:
    both("""
        Amina: policy late
        Coatpeg: Which nursery is it about?
          1 Busy Bees
          2 Little Acorns
        Amina: busy bees
        Coatpeg: Ring us as soon as you know: 01632 960999. ...
          1 Full text
          2 It is clear
          3 It is not clear
    """)
    assert both.say("Amina", "1" if both.channel == "sms" else "full text")[-1].text == "Is this clear?"
    assert not any("01632 960123" in one.text for one in both.heard)


def test_each_agreement_is_signed(both: Player) -> None:
    first = both.say("Amina", "SIGN")[-1]
    assert first.text.startswith("Busy Bees: This is our agreement with you")
    both.say("Amina", "2")
    second = both.say("Amina", "Amina Khan")[-1]
    assert second.text.startswith("Little Acorns: This is our agreement with you")
    both.say("Amina", "2")
    both.say("Amina", "Amina Khan")
    with both.session() as session:
        kept = session.exec(select(Signature).order_by(Signature.id)).all()  # type: ignore[arg-type]
        assert [session.get_one(Setting, one.setting_id).name for one in kept] == ["Busy Bees", "Little Acorns"]
        assert "01632 960999" in kept[0].text
        assert "01632 960123" not in kept[0].text
    both("""
        Amina: SIGN
        Coatpeg: Which nursery is it about?
          1 Busy Bees
          2 Little Acorns
        Amina: [tap 2]
        Coatpeg: You signed our agreement on Mon 23 Nov. Would you like to see it again?
          ...
    """)


@pytest.mark.parametrize(("about", "setting"), [("1", "Little Acorns"), ("2", "Busy Bees")])
def test_whom_a_complaint_is_about(both: Player, about: str, setting: str) -> None:
    for words in ("COMPLAIN", "The gate was open", about):
        both.say("Amina", words)
    both.say("Amina", "3")
    with both.session() as session:
        assert session.get_one(Setting, session.exec(select(Complaint)).one().setting_id).name == setting


def test_a_complaint_not_about_a_child_is_about_a_setting(both: Player) -> None:
    for words in ("COMPLAIN", "The gate was open", "3"):
        said = both.say("Amina", words)
    assert (said[0].text, said[0].choices) == ("Which nursery is it about?", ("Busy Bees", "Little Acorns"))
    for words in ("1", "3"):
        both.say("Amina", words)
    with both.session() as session:
        assert session.get_one(Setting, session.exec(select(Complaint)).one().setting_id).name == "Busy Bees"


def test_back_and_menu(both: Player) -> None:
    both("""
        Amina: SIGN
        Coatpeg: Busy Bees: This is our agreement with you...
          ...
        Amina: MENU
        Coatpeg: ...
          ...
        Amina: COMPLAIN
        Coatpeg: I am sorry. ...
        Amina: The gate
        Coatpeg: Which child is it about?
          ...
        Amina: [tap 3]
        Coatpeg: Which nursery is it about?
          ...
        Amina: BACK
        Coatpeg: Which child is it about?
          ...
    """)


@pytest.mark.parametrize("who", ["Piotr", "Samira"])
def test_in_every_language(both: Player, who: str) -> None:
    said = both.say(who, "WHO")
    assert [one.text.splitlines()[0].strip("\u2068\u2069") for one in said] == ["Busy Bees:", "Little Acorns:"]
    assert both.say(who, "ABSENT")[0].choices[1].endswith("(Busy Bees)")
    assert {one.language for one in both.heard} == {{"Piotr": "pl", "Samira": "ar"}[who]}


def test_a_guardian_of_one_setting_is_asked_nothing(both: Player) -> None:
    assert "Little Acorns:" not in both.say("Ioana", "WHO")[0].text
    assert "Little Acorns" not in "".join(both.say("Ioana", "SIGN")[0].choices)
