"""The dialogue engine: going back, leaving, being unclear, resuming, deploys, late taps and expiry."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from bot.conversation import Choice, Conversation, Dialogue, Turn, WroteTooSoon, ask, choose, say
from bot.house import build_house
from bot.messages import Incoming, Kind
from bot.opened import OpenConversation
from handlers import CONVERSATIONS
from nursery.attendance import Absence
from nursery.inbox import InboundMessage, waiting_for_staff
from nursery.tasks import Task
from tests.cast import CAST
from tests.talking import Heard, Player

COLOURS = (Choice("red", "Red"), Choice("blue", "Blue"))


def coat(turn: Turn) -> Dialogue:
    colour = yield from choose("colour", "Which colour?", COLOURS)
    size = yield from ask("size", "Which size?")
    return say(f"A {colour} coat, size {size['text']}.")


def longer(turn: Turn) -> Dialogue:
    """The coat after a deploy: one question more, one fewer, and no blue."""
    colour = yield from choose("colour", "Which colour now?", (Choice("red", "Red"), Choice("green", "Green")))
    hood = yield from ask("hood", "With a hood?")
    return say(f"A {colour} coat, hood {hood['text']}.")


def hasty(turn: Turn) -> Dialogue:
    turn.session.add(Task(key="hasty", kind="hasty", raised_at=turn.now))
    yield from ask("why", "Why so hasty?")
    return say("Never said.")


def with_(play: Player, run: object, words: str = "COAT") -> None:
    """The house with one conversation more."""
    one = Conversation("coat", run, words)  # type: ignore[arg-type]
    play.house = build_house([*CONVERSATIONS, one])


def test_back_goes_back_one_answer_at_a_time(on_both: Player) -> None:
    on_both("""
        Amina: ABSENT
        Coatpeg: Why is Noor away?
          ...
        Amina: 4
        Coatpeg: What shall I tell the staff?
        Amina: A wedding
        Coatpeg: Until when is Noor away?
          ...
        Amina: Back
        Coatpeg: What shall I tell the staff?
        Amina: back
        Coatpeg: Why is Noor away?
          ...
        Amina: 2
        Coatpeg: Until when is Noor away?
          ...
        Amina: BACK
        Coatpeg: Why is Noor away?
          ...
        Amina: BACK
        Coatpeg: What would you like to do?
          ...
    """)


def test_menu_leaves(on_both: Player) -> None:
    on_both("""
        Amina: ASK
        Coatpeg: What would you like to ask? ...
        Amina: MENU
        Coatpeg: What would you like to do?
          ...
        Amina: callme
        Coatpeg: We will ring you. ...
          ...
        Amina: skip
        Coatpeg: Grace rings you by ...
    """)
    with on_both.session() as session:
        assert session.exec(select(OpenConversation)).all() == []


def test_unclear_three_times_brings_a_person(on_both: Player) -> None:
    on_both("""
        Amina: ABSENT
        Coatpeg: Why is Noor away?
          ...
        Amina: perhaps
        Coatpeg: I did not understand. Please send a number from 1 to 4. BACK goes back, MENU leaves.
          Why is Noor away?
          1 Ill
          ...
        Amina: 9
        Coatpeg: I did not understand. ...
          ...
        Amina: what is this
        Coatpeg: I am sorry, I do not understand. I have passed your words to a person. You can still answer here, ...
          Why is Noor away?
          ...
        Amina: Ill
        Coatpeg: Until when is Noor away?
          ...
    """)
    with on_both.session() as session:
        assert [message.text for message in waiting_for_staff(session)] == ["what is this"]


def test_an_unreadable_day_is_asked_again_with_an_example(on_both: Player) -> None:
    on_both("""
        Amina: ABSENT
        Coatpeg: Why is Noor away?
          ...
        Amina: holiday
        Coatpeg: Until when ...
          ...
        Amina: 3
        Coatpeg: Until which day, that day included? You can send a day of the week or a date.
        Amina: when she is well
        Coatpeg: I need a day from today on, such as Tuesday or 24/11. BACK goes back, MENU leaves.
          Until which day, ...
        Amina: 27 Nov
        Coatpeg: Thank you. Noor is down as away from Mon 23 Nov until Fri 27 Nov.
    """)


@pytest.mark.parametrize("number", ["٢", "2.", " ２ ", "۲", "2!"])
def test_numbers_of_any_script(on_both: Player, number: str) -> None:
    on_both(f"""
        Amina: ABSENT
        Coatpeg: Why is Noor away?
          ...
        Amina: {number}
        Coatpeg: Until when ...
          ...
    """)


def test_a_conversation_that_writes_too_soon_is_an_error(on_both: Player) -> None:
    with_(on_both, hasty, "HASTY")
    with pytest.raises(WroteTooSoon):
        on_both.say("Amina", "HASTY")
    with on_both.session() as session:
        assert session.exec(select(Task)).all() == []
        assert session.exec(select(InboundMessage)).all() == []


def test_nothing_is_written_before_the_last_answer(on_both: Player) -> None:
    for said in ("ABSENT", "1"):
        on_both.say("Amina", said)
        with on_both.session() as session:
            assert session.exec(select(Absence)).all() == []
    on_both.say("Amina", "1")
    with on_both.session() as session:
        assert len(session.exec(select(Absence)).all()) == 1


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
        Coatpeg: What would you like to do?
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


def test_every_message_is_kept_with_what_it_was_taken_for(on_both: Player) -> None:
    for said in ("ABSENT", "1", "1", "thanks", "what?"):
        on_both.say("Amina", said)
    with on_both.session() as session:
        kept = session.exec(select(InboundMessage.outcome).order_by(col(InboundMessage.id))).all()
    assert kept == ["absent", "absent", "absent", "courtesy", "unsure"]


def _question(replies: list[Heard]) -> str:
    return replies[0].text
