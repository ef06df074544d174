"""One phone, two guardians, and a STOP: nobody knows whose it was, and the phone alone is shut."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from bot.again import reroute
from bot.outbox import OutboxMessage
from nursery.contacts import best_contact
from nursery.guardians import Guardian, Topic
from nursery.recipients import Audience, unreachable
from nursery.settings import today
from tests.cast import CAST, MONDAY, People
from tests.handlers.sharing import id_in, on_telegram, tell
from tests.talking import Player

STILL_HERE = (
    "STOP has come by SMS from a phone that you use, so it gets no more messages from us. They still come here. "
    "To stop them here too, text STOP."
)
PHONE_STOPPED = (
    "This phone will get no more messages from us. If it is urgent, staff will ring you. To begin again, text START."
)


@pytest.mark.parametrize(("who", "chat"), [("Piotr", CAST["Piotr"].chat), ("Babcia", CAST["Stranger"].chat)])
@pytest.mark.parametrize("words", ["STOP", "Stop. Thank you"])
def test_a_stop_there_shuts_the_phone_alone(phone: Player, people: People, who: str, chat: str, words: str) -> None:
    """Nobody knows which of them said it. Who has another address goes on there, and is told so once."""
    on_telegram(phone, who, chat)
    said = [one.text for one in phone.say("Piotr", words)]
    assert said == ([PHONE_STOPPED] if words != "STOP" else [])
    assert [one.text for one in phone.deliver()] == [STILL_HERE]
    phone.say("Piotr", words)
    assert phone.deliver() == []
    other = "Babcia" if who == "Piotr" else "Piotr"
    with phone.session() as session:
        best = best_contact(session, id_in(session, who))
        assert best is not None
        assert best.channel == "telegram"
        missed = unreachable(session, Audience(people.setting.id or 0), Topic.NOTICES, today(MONDAY))
        assert [(one.name, str(why)) for one, why in missed] == [(other, "said stop")]
    assert "Messages come to this phone again." in phone.say("Piotr", "START")[0].text
    with phone.session() as session:
        assert unreachable(session, Audience(people.setting.id or 0), Topic.NOTICES, today(MONDAY)) == []


def test_what_one_of_them_has_stopped_elsewhere_start_on_the_phone_leaves(phone: Player, people: People) -> None:
    on_telegram(phone, "Piotr", CAST["Piotr"].chat)
    phone.channel = "telegram"
    phone.say("Piotr", "STOP")
    phone.channel = None
    for words in ("STOP", "START"):
        phone.say("Piotr", words)
    assert phone.deliver() == [], "nothing is said to who has stopped there"
    with phone.session() as session:
        assert best_contact(session, id_in(session, "Piotr")) is None
        assert best_contact(session, id_in(session, "Babcia")) is not None


def test_what_is_written_on_a_phone_that_is_shut_is_answered_nowhere_else(phone: Player) -> None:
    """It may be the other's: their words and ours go to no chat of one's own."""
    on_telegram(phone, "Piotr", CAST["Piotr"].chat)
    phone.say("Piotr", "STOP")
    phone.deliver()
    with phone.session() as session:
        rows = session.exec(select(OutboxMessage).where(OutboxMessage.sender == "telegram")).all()
    phone.say("Piotr", "COMPLAIN")
    with phone.session() as session:
        assert len(session.exec(select(OutboxMessage).where(OutboxMessage.sender == "telegram")).all()) == len(rows)
        message = session.exec(select(OutboxMessage).where(col(OutboxMessage.key).startswith("in:"))).all()[-1]
        assert not reroute(session, message.model_dump(), MONDAY)


def test_a_stop_on_the_phone_is_a_stop_for_both(phone: Player, people: People) -> None:
    phone.say("Piotr", "Stop. Thank you")
    tell(phone, people)
    assert [one for one in phone.deliver() if one.who == "Piotr"] == []


def test_a_kind_that_is_named_is_stopped_for_who_says_so(phone: Player) -> None:
    phone("""
        Piotr: STOP IDEAS
        Coatpeg: Who of you is writing?
          1 Piotr
          2 Babcia
        Piotr: 2
        Coatpeg: Ideas for home: off. ...
    """)
    with phone.session() as session:
        stopped = {one.name for one in session.exec(select(Guardian)) if one.stopped_topics == int(Topic.LEARNING)}
    assert stopped == {"Babcia"}
