"""A target: told when it is set, and after a fortnight asked how it went."""

import pytest
from sqlmodel import select

from nursery import targets
from nursery.guardians import Guardianship, Topic
from nursery.targets import TargetReply
from nursery.tasks import Task
from tests.cast import MONDAY, People
from tests.talking import Player

ASKED = """
    Coatpeg to Amina: We said we would work on this: Noor puts on her own shoes.
      How did it go with Noor?
      1 Going well
      2 I need an idea
      3 Please call me
"""


@pytest.fixture
def target(play: Player, people: People) -> int:
    with play.session() as session:
        noor, grace = people.children["Noor"], people.staff["Grace"]
        return targets.set_target(session, noor, "Noor puts on her own shoes.", grace, MONDAY).id or 0


def _tasks(play: Player) -> list[str]:
    with play.session() as session:
        return [task.kind for task in session.exec(select(Task))]


def test_it_is_told(on_both: Player, target: int) -> None:
    on_both.push("Amina", "target_set", {"target": target}, topic=Topic.PROGRESS)
    on_both("""
        Coatpeg to Amina: Noor, until Mon 7 Dec, here and at home: Noor puts on her own shoes.
          From Grace
    """)


def test_going_well(on_both: Player, target: int) -> None:
    on_both.push("Amina", "target_asked", {"target": target}, topic=Topic.PROGRESS)
    on_both(f"""
        {ASKED}
        Amina: [tap 1]
        Coatpeg: Lovely. Thank you for doing it with Noor.
    """)
    assert _tasks(on_both) == []
    with on_both.session() as session:
        assert session.exec(select(TargetReply)).one().answer == "well"


def test_an_idea_comes_at_once_and_a_person_thinks_of_one_too(on_both: Player, target: int) -> None:
    on_both.push("Amina", "target_asked", {"target": target}, topic=Topic.PROGRESS)
    on_both(f"""
        {ASKED}
        Amina: [tap 2]
        Coatpeg: That is fine. Grace will think of one with you. Here is one to begin with.
        Coatpeg: ...
          ...
          For another one, text IDEA.
    """)
    assert _tasks(on_both) == ["an idea for a target"]


def test_please_call_me(on_both: Player, target: int) -> None:
    on_both.push("Amina", "target_asked", {"target": target}, topic=Topic.PROGRESS)
    on_both(f"""
        {ASKED}
        Amina: [tap 3]
        Coatpeg: Grace will ring you about it. If it can't wait, ring 01632 960123.
    """)
    assert _tasks(on_both) == ["call about a target"]


def test_of_one_that_another_has_replaced_nobody_is_asked(on_both: Player, people: People, target: int) -> None:
    with on_both.session() as session:
        targets.set_target(session, people.children["Noor"], "Noor pours.", people.staff["Grace"], MONDAY)
    on_both.push("Amina", "target_asked", {"target": target}, topic=Topic.PROGRESS)
    assert on_both.deliver() == []


@pytest.mark.parametrize("who", ["Piotr", "Samira", "Farah"])
def test_in_the_readers_language(on_both: Player, people: People, who: str) -> None:
    child = {"Piotr": "Zosia", "Samira": "Yusuf", "Farah": "Noor"}[who]
    with on_both.session() as session:
        number = targets.set_target(session, people.children[child], "We sing.", people.staff["Grace"], MONDAY).id
    on_both.push(who, "target_asked", {"target": number}, topic=Topic.PROGRESS, child=child)
    asked = on_both.deliver()[0]
    assert (asked.language, len(asked.choices)) == (people.guardians[who].language, 3)
    assert "We sing." in asked.text
    on_both.say(who, "1")
    assert child in on_both.heard[-1].text


def test_the_idea_is_for_that_child(on_both: Player, people: People) -> None:
    for child, other in (("Andrei", "Mara"), ("Mara", "Andrei")):
        with on_both.session() as session:
            number = targets.set_target(session, people.children[child], "We sing.", people.staff["Grace"], MONDAY).id
        on_both.push("Ioana", "target_asked", {"target": number}, topic=Topic.PROGRESS, child=child)
        on_both.deliver()
        _, idea = on_both.say("Ioana", "2")
        assert other not in idea.text


def test_who_has_no_ideas_sent_is_not_promised_one_now(on_both: Player, people: People, target: int) -> None:
    with on_both.session() as session:
        tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == people.guardians["Amina"].id)).one()
        tie.may_receive = int(Topic.PROGRESS) | int(Topic.CARE)
        session.add(tie)
    on_both.push("Amina", "target_asked", {"target": target}, topic=Topic.PROGRESS)
    on_both(f"""
        {ASKED}
        Amina: [tap 2]
        Coatpeg: That is fine. Grace will think of one with you. If it can't wait, ring 01632 960123.
    """)
    assert _tasks(on_both) == ["an idea for a target"]
