"""Stop and start again."""

import pytest

from nursery.contacts import best_contact, contacts_of
from tests.cast import People
from tests.talking import Player

STOPPED_BOTH = (
    "You will get no more messages from us, by SMS or on Telegram. If it is urgent, staff will ring you. "
    "To begin again, text START."
)
STOPPED = "You will get no more messages from us. If it is urgent, staff will ring you. To begin again, text START."
TWILIO = ["STOP", "StopAll", "unsubscribe", "CANCEL", "end", "Quit", "REVOKE", "OPTOUT"]


@pytest.mark.parametrize("word", [*TWILIO, "/stop", "Stop.", "Stop. Thank you", "please stop", "STOP!!"])
def test_stop_by_telegram_is_confirmed(play: Player, people: People, word: str) -> None:
    play(f"""
        Amina: {word}
        Coatpeg: {STOPPED}
    """)
    with play.session() as session:
        assert best_contact(session, people.guardians["Amina"].id or 0) is None


@pytest.mark.parametrize("word", TWILIO)
def test_twilio_confirms_its_own_words_by_sms(play: Player, people: People, word: str) -> None:
    play(f"""
        Piotr: {word}
        Coatpeg: (nothing)
    """)
    with play.session() as session:
        assert best_contact(session, people.guardians["Piotr"].id or 0) is None


def test_what_twilio_does_not_take_is_confirmed_by_us(play: Player) -> None:
    play(f"""
        Amina: Stop. Thank you
        Coatpeg: {STOPPED_BOTH}
    """, channel="sms")  # fmt: skip


@pytest.mark.parametrize(
    "words", ["please stop by at 3", "can you stop the car park lights", "the end of term?", "start on Monday"]
)
def test_a_sentence_is_not_a_stop(on_both: Player, people: People, words: str) -> None:
    on_both.say("Amina", words)
    with on_both.session() as session:
        assert best_contact(session, people.guardians["Amina"].id or 0) is not None


def test_stop_in_the_middle_of_a_conversation(on_both: Player) -> None:
    on_both("""
        Amina: ASK
        Coatpeg: What would you like to ask? ...
        Amina: stop please
        Coatpeg: You will get no more ...
        Amina: START
        Coatpeg: Welcome back. You will get messages from us again. Text MENU to see what you can do.
        Amina: Is there a coat?
        Coatpeg: ...
          ...
    """)


def test_start_where_nothing_was_stopped(on_both: Player) -> None:
    on_both("""
        Amina: start
        Coatpeg: Messages are on. Text MENU to see what you can do.
    """)


def test_start_on_one_address_undoes_a_stop_on_another(play: Player, people: People) -> None:
    amina = people.guardians["Amina"].id or 0
    play("""
        Amina: STOP
        Coatpeg: (nothing)
    """, channel="sms")  # fmt: skip
    play("""
        Amina: START
        Coatpeg: Messages are on. ...
    """, channel="telegram")  # fmt: skip
    with play.session() as session:
        best = best_contact(session, amina)
        assert best is not None
        assert best.channel == "telegram"
        assert {contact.channel: contact.state for contact in contacts_of(session, amina)}["sms"] == "blocked"


def test_stopped_by_a_stranger(play: Player) -> None:
    play(f"""
        Stranger: stop
        Coatpeg: {STOPPED}
    """, channel="telegram")  # fmt: skip


def test_advanced_opt_out_has_answered_already(play: Player, people: People) -> None:
    assert play.say("Piotr", "STOP", handled="STOP") == []
    with play.session() as session:
        assert best_contact(session, people.guardians["Piotr"].id or 0) is None
    assert play.say("Piotr", "YES", handled="START") == []
    with play.session() as session:
        assert best_contact(session, people.guardians["Piotr"].id or 0) is not None


def test_yes_is_an_answer_from_one_who_never_stopped(play: Player) -> None:
    play.say("Amina", "ASK")
    replies = play.say("Amina", "Yes", handled="START")
    assert "Your question is Q-1042" in replies[0].text
