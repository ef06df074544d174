"""Conversations that are left lying: deploys, two at a time, old buttons, expiry, repeats."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.conversation import Choice, Conversation, Dialogue, Turn, ask, choose, say
from bot.house import build_house
from bot.messages import Incoming, Kind
from handlers import CONVERSATIONS
from tests.cast import CAST
from tests.talking import Heard, Player

COLOURS = (Choice("red", "Red"), Choice("blue", "Blue"))


def coat(turn: Turn) -> Dialogue:
    colour = yield from choose("colour", "Which colour?", COLOURS)
    size = yield from ask("size", "Which size?")
    return say(f"A {colour} coat, size {size['text']}.")


def lined(turn: Turn) -> Dialogue:
    colour = yield from choose("colour", "Which colour?", COLOURS)
    lining = yield from choose("lining", "Which lining?", COLOURS)
    return say(f"A {colour} coat, lined {lining}.")


def longer(turn: Turn) -> Dialogue:
    """The coat after a deploy: one question more, one fewer, and no blue."""
    colour = yield from choose("colour", "Which colour now?", (Choice("red", "Red"), Choice("green", "Green")))
    hood = yield from ask("hood", "With a hood?")
    return say(f"A {colour} coat, hood {hood['text']}.")


def with_(play: Player, run: Callable[[Turn], Dialogue], words: str = "COAT") -> None:
    """The house with one conversation more."""
    one = Conversation("coat", run, words)
    play.house = build_house([*CONVERSATIONS, one])


def test_a_deploy_keeps_answers_drops_questions_and_asks_new_ones(on_both: Player) -> None:
    with_(on_both, coat)
    on_both.say("Amina", "COAT")
    on_both.say("Amina", "red")
    with_(on_both, longer)
    on_both("""
        Amina: medium
        Coatpeg: A red coat, hood medium.
    """)


def test_a_choice_gone_since_a_deploy_is_asked_again(on_both: Player) -> None:
    with_(on_both, coat)
    on_both.say("Amina", "COAT")
    on_both.say("Amina", "blue")
    with_(on_both, longer)
    on_both("""
        Amina: green
        Coatpeg: With a hood?
        Amina: yes please
        Coatpeg: A green coat, hood yes please.
    """)


def test_a_conversation_gone_since_a_deploy_is_forgotten(on_both: Player) -> None:
    with_(on_both, coat)
    on_both.say("Amina", "COAT")
    on_both.house = build_house(CONVERSATIONS)
    on_both("""
        Amina: ABSENT
        Coatpeg: Why is Noor away?
          ...
    """)


def test_the_earlier_conversation_is_asked_again_after_the_later(on_both: Player) -> None:
    on_both("""
        Amina: ABSENT
        Coatpeg: Why is Noor away?
          ...
        Amina: CALLME
        Coatpeg: We will ring you. ...
          1 Skip
        Amina: [tap 1]
        Coatpeg: Grace rings you by ...
        Coatpeg: Why is Noor away?
          ...
        Amina: [tap 1]
        Coatpeg: Until when ...
          ...
    """)


def test_an_old_button_of_a_question_gone_by_is_closed(play: Player) -> None:
    play("""
        Amina: ABSENT
        Coatpeg: Why is Noor away?
          ...
        Amina: Ill
        Coatpeg: Until when ...
          ...
        Amina: [tap 2 on Why]
        Coatpeg: That question is closed. Text MENU to see what you can do.
        Amina: [tap 1 on Until]
        Coatpeg: Thank you. ...
        Coatpeg: We hope ...
    """)


def test_a_second_tap_of_the_same_button_adds_nothing(play: Player) -> None:
    play("""
        Amina: ABSENT
        Coatpeg: Why is Noor away?
          ...
        Amina: [tap 1 on Why]
        Coatpeg: Until when ...
          ...
        Amina: [tap 1 on Why]
        Coatpeg: (nothing)
        Amina: [tap 2 on Why]
        Coatpeg: (nothing)
    """)


def test_a_button_of_another_person_does_nothing(play: Player) -> None:
    theirs = play.say("Amina", "ABSENT")[0]
    assert play.say("Samira", kind=Kind.TAP, tapped=f"{theirs.id}:0") == []


@pytest.mark.parametrize("tapped", ["", ":", "x:1", "1", "99999:0", "1:99", "-1:0", "9" * 30 + ":1"])
def test_a_button_that_makes_no_sense_does_nothing(play: Player, tapped: str) -> None:
    play.say("Amina", "ABSENT")
    assert play.say("Amina", kind=Kind.TAP, tapped=tapped) == []


def test_a_conversation_expires(on_both: Player) -> None:
    on_both.say("Amina", "ABSENT")
    on_both.clock.pass_(hours=24)
    on_both("""
        Amina: 1
        Coatpeg: I am not sure what 1 means here.
        Coatpeg: What can I do for you?
          ...
    """)


def test_a_late_button_of_an_expired_conversation_is_closed(play: Player) -> None:
    play.say("Amina", "ABSENT")
    play.clock.pass_(hours=25)
    play("""
        Amina: [tap 1]
        Coatpeg: That question is closed. ...
    """)


def test_a_providers_repeat_adds_nothing(on_both: Player) -> None:
    channel = on_both.channel or ""
    incoming = Incoming(channel, "same", CAST["Amina"].address(channel), text="ABSENT")
    assert len(on_both.receive("Amina", incoming)) == 1
    assert on_both.receive("Amina", incoming) == []


def test_two_contacts_of_one_guardian_talk_apart(play: Player) -> None:
    play.channel = "sms"
    play.say("Amina", "ABSENT")
    play.channel = "telegram"
    assert "not sure" in play.say("Amina", "1")[0].text
    play.channel = "sms"
    assert _question(play.say("Amina", "1")) == "Until when is Noor away?"


def _question(replies: list[Heard]) -> str:
    return replies[0].text


@pytest.mark.parametrize(("hours", "again"), [(11, True), (13, False)])
def test_a_push_that_nobody_answered_is_not_said_again_for_weeks(on_both: Player, hours: int, again: bool) -> None:
    on_both.push("Amina", "complete_coat")
    with_(on_both, coat)
    on_both.house = build_house([*on_both.house.conversations.values(), Conversation("complete_coat", coat)])
    assert on_both.deliver()[0].text == "Which colour?"
    on_both.clock.pass_(hours=hours)
    asked = [one.text for one in on_both.say("Amina", "WHO")]
    assert ("Which colour?" in asked) is again


def test_what_is_half_answered_waits_however_long(on_both: Player) -> None:
    conversation = Conversation("coat", lined, "COAT", lasts=timedelta(days=14))
    on_both.house = build_house([*CONVERSATIONS, conversation])
    on_both.say("Amina", "COAT")
    on_both.say("Amina", "red")
    on_both.clock.pass_(days=3)
    assert [one.text for one in on_both.say("Amina", "WHO")][-1] == "Which lining?"
