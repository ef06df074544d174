"""coatpeg inbox: what parents ask and share stands there once, where something can be done about it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nursery.corrections import CORRECTION
from nursery.inbox import InboundMessage, pass_to_staff
from tests.command_line import Coatpeg
from tests.talking import Player

ONCE = [
    ("suggestions", ("SUGGEST", "More bikes"), "More bikes"),
    ("queries", ("ASK", "When is the trip?", "2"), "When is the trip?"),
    ("complaints", ("COMPLAIN", "The gate stood open", "3"), "The gate stood open"),
    ("shared from home", ("SHARE", "She counted to ten", "SKIP"), "She counted to ten"),
    ("shared from home", ("SHARE", "She counted to ten", "To write her name"), "To write her name"),
    ("messages", ("SAY THANKS", "Thank you, Grace"), "Thank you, Grace"),
]


def _inbox(desk: Coatpeg) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(desk("inbox", "--json").out)
    return shown


def _where(desk: Coatpeg, words: str) -> list[str]:
    return [heading for heading, rows in _inbox(desk).items() for row in rows if words in json.dumps(row)]


def _all_passed_on(play: Player) -> None:
    """Every message so far is one that staff are to read, as where a person was asked for before."""
    with play.session() as session:
        for number in range(1, play.count + 1):
            pass_to_staff(session, number)


@pytest.mark.parametrize(("heading", "said", "words"), ONCE)
def test_it_is_shown_once(on_both: Player, desk: Coatpeg, heading: str, said: tuple[str, ...], words: str) -> None:
    for text in said:
        on_both.say("Amina", text)
    _all_passed_on(on_both)
    assert _where(desk, words) == [heading]
    assert desk("inbox").out.count(words) == 1


def test_a_complaint_about_the_manager_is_not_shown_as_a_message_either(on_both: Player, desk: Coatpeg) -> None:
    for text in ("COMPLAIN", "Helen shouted at me", "1"):
        on_both.say("Amina", text)
    _all_passed_on(on_both)
    assert _where(desk, "shouted") == []
    assert [row["reference"] for row in _inbox(desk)["complaints"]] == ["C-1042"]


def test_what_is_dealt_with_does_not_come_back_as_a_message(on_both: Player, desk: Coatpeg) -> None:
    for text in ("SHARE", "She counted to ten", "To write her name", "SUGGEST", "More bikes", "ASK", "A trip?", "2"):
        on_both.say("Amina", text)
    with on_both.session() as session:
        for number in range(1, on_both.count + 1):
            if session.get_one(InboundMessage, number).text.isupper() is False:
                pass_to_staff(session, number)
    assert desk("approve", "home", "1", "--line", "Lovely counting!", "--staff", "Grace").code == 0
    assert desk("decide", "S-1042", "yes", "Two come in spring.", "--staff", "Helen").code == 0
    assert desk("answer", "Q-1043", "In May.", "--staff", "Grace").code == 0
    left = {heading: rows for heading, rows in _inbox(desk).items() if rows}
    assert [row["text"] for row in left.pop("messages", [])] == ["2"]
    assert left == {}


def test_a_message_that_became_nothing_stays(on_both: Player, desk: Coatpeg) -> None:
    on_both.say("Amina", "Our heating at home is broken")
    _all_passed_on(on_both)
    assert _where(desk, "Our heating") == ["messages"]


def test_a_correction_of_what_was_asked_is_shown(on_both: Player, desk: Coatpeg) -> None:
    """With the question while that is open; then it would be lost there."""
    for text in ("ASK", "When is the trip?", "2"):
        on_both.say("Amina", text)
    with on_both.session() as session:
        said: dict[str, Any] = {"channel": "sms", "provider_id": "edit", "kind": "edit", "for_staff": True}
        said |= {"text": "When is the museum trip?", "received_at": on_both.clock.now, "corrects_id": 2}
        said["outcome"] = CORRECTION
        message = InboundMessage(**said)
        session.add(message)
    assert _where(desk, "museum") == ["queries"]
    assert desk("answer", "Q-1042", "In May.", "--staff", "Grace").code == 0
    assert _where(desk, "museum") == ["messages"]


def test_tasks_that_only_point_to_it_are_not_shown_beside_it(on_both: Player, desk: Coatpeg) -> None:
    for text in ("SHARE", "She counted to ten", "SKIP", "SUGGEST", "More bikes", "CALLME", "About a form"):
        on_both.say("Amina", text)
    assert [row["kind"] for row in _inbox(desk)["tasks"]] == ["call a parent"]
