"""Conversations that are left lying: deploys, two at a time, old buttons, expiry, repeats."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import select

from bot.conversation import Choice, Conversation, Dialogue, ask, choose, say
from bot.house import build_house
from bot.messages import Incoming, Kind
from bot.opened import TABLE as OPEN
from bot.turn import Turn
from handlers import CONVERSATIONS
from nursery.day_changes import DayChange
from nursery.inbox import waiting_for_staff
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


def reordered(turn: Turn) -> Dialogue:
    """The coat after a deploy: one colour more, before the others."""
    colour = yield from choose("colour", "Which colour?", (Choice("green", "Green"), *COLOURS))
    size = yield from ask("size", "Which size?")
    return say(f"A {colour} coat, size {size['text']}.")


def ordered(colours: str) -> Callable[[Turn], Dialogue]:
    """A coat whose colours stand in this order."""

    def run(turn: Turn) -> Dialogue:
        return say((yield from choose("colour", "Which colour?", tuple(Choice(one, one) for one in colours.split()))))

    return run


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


def test_a_number_means_the_choice_that_was_asked_though_the_list_is_another(on_both: Player) -> None:
    with_(on_both, coat)
    on_both.say("Amina", "COAT")
    with_(on_both, reordered)
    on_both("""
        Amina: 1
        Coatpeg: Which size?
        Amina: small
        Coatpeg: A red coat, size small.
    """)


@pytest.mark.parametrize("said", ["2", "2.", "٢", "2, please", "[tap 2]"])
def test_a_number_whose_choice_is_gone_is_not_read_as_another(on_both: Player, said: str) -> None:
    with_(on_both, coat)
    on_both.say("Amina", "COAT")
    with_(on_both, longer)
    on_both(f"""
        Amina: {said}
        Coatpeg: I am sorry, this has changed since I asked you. Please look again and answer.
          Which colour now?
          1 Red
          2 Green
        Amina: [tap 2]
        Coatpeg: With a hood?
    """)


def test_a_number_beyond_what_was_asked_is_not_read_of_a_longer_list(on_both: Player) -> None:
    with_(on_both, coat)
    on_both.say("Amina", "COAT")
    with_(on_both, reordered)
    asked = on_both.say("Amina", "3")
    assert asked[0].choices == ("Green", "Red", "Blue")
    assert "this has changed" in asked[0].text
    assert on_both.say("Amina", "3")[0].text == "Which size?"


@pytest.mark.parametrize("number", ["1", "2", "7", "99"])
def test_a_number_is_not_read_where_another_question_is_asked_now(on_both: Player, number: str) -> None:
    with_(on_both, lined)
    on_both.say("Amina", "COAT")
    on_both.say("Amina", "blue")
    with_(on_both, longer)
    assert "Which colour now?" in on_both.say("Amina", number)[0].text
    assert on_both.say("Amina", "2")[0].text == "With a hood?"


def test_words_are_matched_with_what_is_asked_now(on_both: Player) -> None:
    with_(on_both, coat)
    on_both.say("Amina", "COAT")
    with_(on_both, longer)
    assert on_both.say("Amina", "green")[0].text == "With a hood?"


@pytest.mark.parametrize("who", ["Amina", "Piotr", "Ioana", "Farah", "Samira"])
def test_a_list_that_has_changed_is_asked_again_in_every_language(on_both: Player, who: str) -> None:
    with_(on_both, coat)
    on_both.say(who, "COAT")
    with_(on_both, longer)
    asked = on_both.say(who, "2")
    assert [(one.choices, one.language) for one in asked] == [(("Red", "Green"), CAST[who].language)]
    assert asked[0].text.endswith("Which colour now?")


def test_what_was_asked_before_this_was_kept_is_read_as_it_stands(on_both: Player) -> None:
    with_(on_both, coat)
    on_both.say("Amina", "COAT")
    with on_both.session() as session:
        session.connection().execute(update(OPEN).values(offered=[]))
    assert on_both.say("Amina", "2")[0].text == "Which size?"


@pytest.mark.parametrize(("order", "picked"), [("red blue green", "green"), ("green blue red", "red")])
def test_a_number_to_a_push_means_what_the_push_showed(on_both: Player, order: str, picked: str) -> None:
    on_both.house = build_house([*CONVERSATIONS, Conversation("coat", ordered(order))])
    on_both.push("Amina", "coat")
    on_both.deliver()
    on_both.house = build_house([*CONVERSATIONS, Conversation("coat", ordered("blue red green"))])
    assert on_both.say("Amina", "3")[0].text == picked


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


@pytest.mark.parametrize("who", ["Amina", "Piotr"])
def test_words_of_yesterday_are_a_persons_and_none_of_today(on_both: Player, who: str) -> None:
    """Else staff would read today that she is ten minutes late."""
    for words in ("LATE", "10 min"):
        on_both.say(who, words)
    on_both.clock.pass_(hours=15)
    on_both.say(who, "LATE")
    assert on_both.say(who, "1")[-1].choices == (), "it asks when"
    with on_both.session() as session:
        assert [one.text for one in waiting_for_staff(session)] == ["10 min"]
        assert session.exec(select(DayChange)).all() == []


def test_a_moment_later_its_word_goes_on_with_what_was_said(on_both: Player) -> None:
    for words in ("LATE", "10 min", "LATE", "1"):
        on_both.say("Amina", words)
    with on_both.session() as session:
        assert session.exec(select(DayChange.at_words)).all() == ["10 min"]


def test_a_choice_that_was_made_is_no_word_that_is_lost(on_both: Player) -> None:
    for words in ("LATE", "1"):
        on_both.say("Amina", words)
    [menu] = on_both.say("Amina", "MENU")
    assert "passed on" not in menu.text
