"""The dialogue engine: going back, leaving, being unclear, and writing nothing early."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import col, select

from bot.advance import WroteTooSoon
from bot.conversation import Conversation, Dialogue, ask, say
from bot.house import build_house
from bot.opened import OpenConversation
from bot.turn import Turn
from handlers import CONVERSATIONS
from nursery.attendance import Absence
from nursery.inbox import InboundMessage, waiting_for_staff
from nursery.tasks import Task
from tests.talking import Player


def hasty(turn: Turn) -> Dialogue:
    turn.session.add(Task(key="hasty", kind="hasty", raised_at=turn.now))
    yield from ask("why", "Why so hasty?")
    return say("Never said.")


def with_(play: Player, run: Callable[[Turn], Dialogue], words: str = "COAT") -> None:
    """The house with one conversation more."""
    one = Conversation("coat", run, words)
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
        Coatpeg: What can I do for you?
          ...
    """)


def test_menu_leaves(on_both: Player) -> None:
    on_both("""
        Amina: ASK
        Coatpeg: What would you like to ask? ...
        Amina: MENU
        Coatpeg: What can I do for you?
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
        assert [message.text for message in waiting_for_staff(session)] == ["perhaps", "what is this"]


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


def test_every_message_is_kept_with_what_it_was_taken_for(on_both: Player) -> None:
    for said in ("ABSENT", "1", "1", "thanks", "what?"):
        on_both.say("Amina", said)
    with on_both.session() as session:
        kept = session.exec(select(InboundMessage.outcome).order_by(col(InboundMessage.id))).all()
    assert kept == ["absent", "absent", "absent", "courtesy", "unsure"]
