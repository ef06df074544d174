"""Stop and start again."""

import pytest

from bot.outbox import OutboxMessage
from locales import catalogue
from nursery.contacts import best_contact, contact_at, contacts_of
from nursery.guardians import Topic
from tests.cast import CAST, People, contact_of
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
        Coatpeg: Welcome back. ...
        Amina: START
        Coatpeg: Messages are on. ...
    """, channel="telegram")  # fmt: skip
    with play.session() as session:
        best = best_contact(session, amina)
        assert best is not None
        assert best.channel == "telegram"
        assert {contact.channel: contact.state for contact in contacts_of(session, amina)}["sms"] == "blocked"


HERE_TOO = (
    "You have stopped our messages by SMS, so they stop here too. If it is urgent, staff will ring you. "
    "To begin again, text START."
)


@pytest.mark.parametrize("handled", ["", "STOP"])
@pytest.mark.parametrize("who", ["Amina", "Piotr", "Samira"])
def test_what_twilio_confirms_by_sms_is_said_on_telegram_once(play: Player, who: str, handled: str) -> None:
    _on_both(play, who)
    play.channel = "sms"
    assert play.say(who, "STOP", handled=handled) == []
    [told] = play.deliver()
    assert (told.who, told.language) == (who, CAST[who].language)
    assert told.text == catalogue(told.language).gettext(HERE_TOO)
    assert play.say(who, "STOP", handled=handled) == []
    assert play.deliver() == []
    play.push(who, "who", topic=Topic.NOTICES)
    assert play.deliver() == [], "that line is the last"


@pytest.mark.parametrize(("channel", "words"), [("sms", "Stop. Thank you"), ("telegram", "STOP")])
def test_what_we_confirm_ourselves_is_not_said_elsewhere_too(play: Player, channel: str, words: str) -> None:
    _on_both(play, "Amina")
    play.channel = channel
    assert [one.text for one in play.say("Amina", words)] == [STOPPED_BOTH]
    assert play.deliver() == []


@pytest.mark.parametrize("who", ["Amina", "Piotr", "Samira"])
def test_what_twilio_keeps_shut_is_answered_on_telegram_until_start_comes_from_there(play: Player, who: str) -> None:
    _on_both(play, who)
    _say(play, who, "sms", "STOP")
    play.deliver()
    _say(play, who, "telegram", "START")
    for words in ("ASK", "When is the trip?"):
        assert _say(play, who, "sms", words) == "telegram"
        assert _state(play, who) == ("blocked", "telegram")
    _say(play, who, "sms", "START")
    assert _state(play, who)[0] == "active"
    assert _say(play, who, "sms", "MENU") == "sms"


def test_what_was_asked_by_sms_goes_on_where_it_can_be_answered(play: Player) -> None:
    _on_both(play, "Amina")
    for channel, words in (("sms", "STOP"), ("telegram", "START"), ("sms", "ABSENT")):
        _say(play, "Amina", channel, words)
    play.channel = "telegram"
    assert play.say("Amina", "1")[0].text.startswith("Until when is Noor away?")


def test_a_second_stop_by_sms_is_a_stop_of_everything_again(play: Player) -> None:
    _on_both(play, "Amina")
    for channel, words in (("sms", "STOP"), ("telegram", "START"), ("sms", "STOP")):
        _say(play, "Amina", channel, words)
    assert [one.text for one in play.deliver()] == [HERE_TOO, HERE_TOO]
    assert _state(play, "Amina") == ("stopped", None)


def test_yes_opens_what_twilio_kept_shut(play: Player) -> None:
    _on_both(play, "Amina")
    _say(play, "Amina", "sms", "STOP")
    _say(play, "Amina", "telegram", "START")
    play.channel = "sms"
    assert play.say("Amina", "YES", handled="START") == []
    assert _state(play, "Amina")[0] == "active"


def _on_both(play: Player, who: str) -> None:
    with play.session() as session:
        for channel in ("sms", "telegram"):
            contact_of(session, who, channel)


def _say(play: Player, who: str, channel: str, words: str) -> str:
    """Says it there; returns the channel of the answer."""
    play.channel = channel
    said = play.say(who, words)
    with play.session() as session:
        senders = {session.get_one(OutboxMessage, one.id).sender for one in said}
    return "".join(senders)


def _state(play: Player, who: str) -> tuple[str, str | None]:
    """What their number is, and where they are written to now."""
    with play.session() as session:
        number = contact_at(session, "sms", CAST[who].phone)
        assert number is not None
        best = best_contact(session, number.guardian_id or 0)
        return number.state, best.channel if best is not None else None


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


@pytest.mark.parametrize(("who", "language"), [("Amina", "en_GB"), ("Piotr", "pl"), ("Samira", "ar")])
@pytest.mark.parametrize("words", ["PAUSE", "START NEWS"])
def test_nothing_is_promised_to_who_has_stopped_all(on_both: Player, who: str, language: str, words: str) -> None:
    """Neither of the two begins anything again: they are told what does."""
    on_both.say(who, "STOP NEWS")
    on_both.say(who, "Stop. Thank you")
    told = on_both.say(who, words)[-1]
    assert told.text == catalogue(language).gettext(STOPPED)
