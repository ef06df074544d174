"""Brothers and sisters in two rooms: what both rooms are told comes once, what is for one child says for whom."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.outbox import Priority
from bot.pushes import Push, fan_out
from nursery.guardians import Guardian, Topic
from nursery.notices import Notice, draft
from nursery.recipients import Audience, recipients
from nursery.settings import today
from tests.cast import MONDAY, People
from tests.talking import Player

WELLIES = "Wellies on Friday, please"


@pytest.fixture(autouse=True)
def english(play: Player, people: People) -> None:
    """Ioana, mother of Andrei (Butterflies) and Mara (Caterpillars), reads English here."""
    with play.session() as session:
        session.get_one(Guardian, people.guardians["Ioana"].id).language = "en_GB"


def _tell(play: Player, people: People, *, room: str = "", child: str = "", text: str = WELLIES) -> None:
    setting = people.setting.id or 0
    room_id = people.rooms[room].id if room else None
    audience = Audience(setting, room_id, people.children[child].id if child else None)
    with play.session() as session:
        told = draft(session, audience, publish_at=MONDAY, now=MONDAY, text=text)
        push = Push(f"notice:{told.id}", "notice", {"notice": told.id}, Topic.NOTICES, setting, MONDAY, Priority.URGENT)
        fan_out(session, push, recipients(audience, Topic.NOTICES, today(MONDAY)), MONDAY)


def _ioana_hears(play: Player) -> list[str]:
    return [one.text.removeprefix("Little Acorns: ") for one in play.deliver() if one.who == "Ioana"]


def test_what_two_rooms_are_told_comes_once(play: Player, people: People) -> None:
    _tell(play, people, room="Butterflies")
    _tell(play, people, room="Caterpillars")
    heard = play.deliver()
    assert sorted(one.who for one in heard) == ["Amina", "Farah", "Ioana", "Piotr", "Samira"]


def test_what_a_room_was_told_and_then_everybody_comes_once(play: Player, people: People) -> None:
    _tell(play, people, room="Butterflies")
    _tell(play, people)
    heard = play.deliver()
    assert sorted(one.who for one in heard) == ["Amina", "Farah", "Ioana", "Piotr", "Samira"]


def test_what_each_room_is_told_of_its_own_comes_for_each(play: Player, people: People) -> None:
    _tell(play, people, room="Butterflies", text="Butterflies go to the park")
    _tell(play, people, room="Caterpillars", text="Caterpillars stay in")
    assert _ioana_hears(play) == ["Butterflies go to the park", "Caterpillars stay in"]


def test_one_taken_back_does_not_count(play: Player, people: People) -> None:
    _tell(play, people, room="Butterflies")
    with play.session() as session:
        session.exec(select(Notice)).one().cancelled_at = MONDAY
    _tell(play, people, room="Caterpillars")
    assert _ioana_hears(play) == [WELLIES]


def test_what_is_for_one_child_says_for_whom(play: Player, people: People) -> None:
    for child in ("Andrei", "Mara"):
        _tell(play, people, child=child, text="A spare coat, please")
    assert _ioana_hears(play) == ["Andrei: A spare coat, please", "Mara: A spare coat, please"]


def test_with_one_child_the_name_is_not_needed(play: Player, people: People) -> None:
    _tell(play, people, child="Noor")
    assert [one.text for one in play.deliver() if one.who == "Amina"] == [f"Little Acorns: {WELLIES}"]
