"""A message that days away were told in, edited: what it says plainly is put in the place of that, else it is asked."""

from __future__ import annotations

import json

import pytest
from sqlmodel import select

from bot.messages import Kind
from nursery.attendance import Absence
from tests.cast import CAST
from tests.command_line import Coatpeg
from tests.talking import Heard, Player


@pytest.fixture
def chat(play: Player) -> Player:
    """The cast on Telegram: only there messages are edited."""
    play.channel = "telegram"
    return play


def _edit(play: Player, text: str, *, who: str = "Amina") -> list[Heard]:
    return play.say(who, text, message_ref="7", kind=Kind.EDIT)


def _absences(play: Player) -> list[Absence]:
    with play.session() as session:
        return list(session.exec(select(Absence)))


def _away(chat: Player) -> list[tuple[int, int]]:
    return sorted((one.first_day.day, one.last_day.day) for one in _absences(chat))


def test_plain_days_are_put_in_the_place_of_those_told_and_staff_see_both(chat: Player, desk: Coatpeg) -> None:
    for text in ("ABSENT", "1"):
        chat.say("Amina", text)
    chat.say("Amina", "Tuesday", message_ref="7")
    (noted,) = _edit(chat, "Thursday")
    assert noted.text == "Thank you. Noor is down as away from Mon 23 Nov until Thu 26 Nov."
    assert _away(chat) == [(23, 26)]
    shown = desk("inbox").out
    assert "Thursday  (corrected from: Tuesday)" in shown
    _edit(chat, "Friday only")
    assert _away(chat) == [(27, 27)]
    shown = desk("inbox").out
    assert "Friday only  (corrected from: Tuesday)" in shown
    assert "Thursday" not in shown


@pytest.mark.parametrize(
    ("who", "told", "edited", "days"),
    [
        ("Ioana", "de miercuri până joi", "de joi până vineri", [(26, 27), (26, 27)]),
        ("Farah", "بدھ", "جمعرات", [(23, 26)]),
        ("Piotr", "środa", "czwartek", [(23, 26)]),
        ("Samira", "الأربعاء", "الخميس", [(23, 26)]),
    ],
)
def test_days_are_corrected_in_every_language(
    chat: Player, who: str, told: str, edited: str, days: list[tuple[int, int]]
) -> None:
    for text in ("ABSENT", *(["3"] if who == "Ioana" else []), "2"):
        chat.say(who, text)
    chat.say(who, told, message_ref="7")
    noted = _edit(chat, edited, who=who)
    assert {one.language for one in noted} == {CAST[who].language}
    assert _away(chat) == days


@pytest.mark.parametrize("edited", ["2", "sorry, the week after", "until Monday"])
def test_where_the_days_are_not_plain_it_is_asked_what_to_do(chat: Player, desk: Coatpeg, edited: str) -> None:
    for text in ("ABSENT", "1"):
        chat.say("Amina", text)
    chat.say("Amina", "from Wednesday to Thursday", message_ref="7")
    (asked,) = _edit(chat, edited)
    assert asked.text == "You have told us that Noor is away from Wed 25 Nov until Thu 26 Nov. What shall I do?"
    assert len(asked.choices) == 3
    assert _away(chat) == [(25, 26)]
    assert f"{edited}  (corrected from: from Wednesday to Thursday)" in desk("inbox").out


def test_why_a_child_is_away_is_corrected_where_it_stands(chat: Player, desk: Coatpeg) -> None:
    for text in ("ABSENT", "4"):
        chat.say("Amina", text)
    chat.say("Amina", "Grandmother is visiting", message_ref="7")
    chat.say("Amina", "1")
    (said,) = _edit(chat, "Grandmother is ill")
    assert said.text == "Thank you. I have changed your words."
    assert [one.words for one in _absences(chat)] == ["Grandmother is ill"]
    assert "Grandmother is ill  (corrected from: Grandmother is visiting)" in desk("inbox").out
    assert "Grandmother is ill (corrected from: Grandmother is visiting)" in desk("away", "--on", "2026-11-23").out


def test_who_collects_is_corrected_where_staff_read_whom_to_ring_about(chat: Player, desk: Coatpeg) -> None:
    chat.say("Amina", "COLLECT")
    chat.say("Amina", "My sister Sana", message_ref="7")
    chat.say("Amina", "at 3")
    _edit(chat, "My brother Bilal")
    (shown,) = json.loads(desk("collect", "list", "--json").out)
    assert shown["who and when"] == "My sister Sana (corrected to: My brother Bilal), at 3"


def test_days_that_are_over_are_corrected_beside_them(chat: Player) -> None:
    for text in ("ABSENT", "1"):
        chat.say("Amina", text)
    chat.say("Amina", "today only", message_ref="7")
    chat.clock.pass_(days=2)
    (noted,) = _edit(chat, "until tomorrow")
    assert noted.text == "Thank you. Staff will see your correction beside your first message."
    assert _away(chat) == [(23, 23)]
