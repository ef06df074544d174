"""One phone, two guardians: whose words came from it, while they share it and once they have parted."""

from __future__ import annotations

import json

import pytest
from sqlmodel import select

from nursery.complaints import Complaint
from nursery.concerns import Concern, may_have_written
from nursery.contacts import best_contact, contact_at
from nursery.erasing import erase
from nursery.exporting import copy_of
from nursery.guardians import Guardian
from nursery.inbox import InboundMessage
from nursery.numbers import change_number
from nursery.reclassing import NotTaken, message_to_complaint, message_to_query
from nursery.replies import NoticeReply
from nursery.settings import today
from nursery.shared_phones import part, propose, share
from tests.cast import CAST, MONDAY, People
from tests.handlers.sharing import ZOSIA_PHONE, id_in, tell
from tests.talking import Player


def test_what_one_of_them_had_begun_is_not_the_others_once_they_are_parted(phone: Player) -> None:
    for words in ("COMPLAIN", "2", "The other one shouts at Zosia"):
        phone.say("Piotr", words)
    with phone.session() as session:
        part(session, session.get_one(Guardian, id_in(session, "Babcia")))
    for words in ("3", "1"):
        phone.say("Piotr", words)
    with phone.session() as session:
        assert session.exec(select(Complaint)).all() == []


def test_what_one_of_them_was_asked_is_not_the_others_once_they_are_parted(phone: Player, people: People) -> None:
    tell(phone, people, to="Babcia", checks=True)
    phone.deliver()
    with phone.session() as session:
        part(session, session.get_one(Guardian, id_in(session, "Babcia")))
    phone.say("Piotr", "1")
    with phone.session() as session:
        assert session.exec(select(NoticeReply)).all() == []


def test_a_new_number_is_not_the_others_phone(phone: Player, people: People) -> None:
    """Who leaves with a new phone takes no other guardian's messages along, and leaves them their old one."""
    with phone.session() as session:
        change_number(session, session.get_one(Guardian, id_in(session, "Piotr")), CAST["Stranger"].phone)
    with phone.session() as session:
        piotr, babcia = (best_contact(session, id_in(session, who)) for who in ("Piotr", "Babcia"))
        assert piotr is not None
        assert babcia is not None
        assert (piotr.address, piotr.shared) == (CAST["Stranger"].phone, False)
        assert (babcia.address, babcia.shared) == (ZOSIA_PHONE, False)
    tell(phone, people)
    assert sorted(one.who for one in phone.deliver() if one.who in ("Piotr", "Stranger")) == ["Piotr", "Stranger"]


def test_words_from_a_shared_phone_are_nobodys_until_somebody_says_whose(phone: Player) -> None:
    phone.say("Piotr", "the gate was open again and nobody came")
    with phone.session() as session:
        message = session.exec(select(InboundMessage)).one()
        with pytest.raises(NotTaken, match="several"):
            message_to_complaint(session, message, MONDAY)
        with pytest.raises(NotTaken, match="several"):
            message_to_query(session, message, MONDAY)


def test_a_copy_holds_nothing_that_was_said_to_the_other(phone: Player) -> None:
    """What came from the phone is given to neither; nor is what was answered there."""
    for words in ("DATA", "2"):
        phone.say("Piotr", words)
    with phone.session() as session:
        assert "Babcia" not in json.dumps(copy_of(session, id_in(session, "Piotr")))


def _parted(play: Player) -> None:
    with play.session() as session:
        part(session, session.get_one(Guardian, id_in(session, "Babcia")))


def _copies(play: Player) -> tuple[str, str]:
    with play.session() as session:
        mine, theirs = (json.dumps(copy_of(session, id_in(session, who))) for who in ("Piotr", "Babcia"))
    return mine, theirs


def test_after_they_have_parted_each_ones_copy_holds_their_own_words_alone(phone: Player) -> None:
    for words in ("COMPLAIN", "2", "The slide is broken", "3", "1", "hello from one of us", "MENU"):
        phone.say("Piotr", words)
    for words in ("COMPLAIN", "1", "The soup was cold", "3", "1"):
        phone.say("Piotr", words)
    _parted(phone)
    phone.say("Piotr", "hello from me alone")
    mine, theirs = _copies(phone)
    assert [words in mine for words in ("soup", "alone", "slide", "one of us", "Babcia")] == [True, True, *[False] * 3]
    assert [words in theirs for words in ("slide", "soup", "alone", "one of us", "Piotr")] == [True, *[False] * 4]


@pytest.mark.parametrize("as_a_stranger", [False, True])
def test_what_came_before_they_shared_it_is_whose_the_phone_was(
    play: Player, people: People, as_a_stranger: bool
) -> None:
    play.say("Piotr", "hello from before")
    with play.session() as session:
        if as_a_stranger:
            session.exec(select(InboundMessage)).one().guardian_id = None
        farah = session.get_one(Guardian, people.guardians["Farah"].id)
        contact = contact_at(session, "sms", ZOSIA_PHONE)
        assert contact is not None
        share(session, contact, farah, MONDAY, today(MONDAY))
        change_number(session, session.get_one(Guardian, people.guardians["Piotr"].id), CAST["Stranger"].phone)
        copies = [json.dumps(copy_of(session, id_in(session, who))) for who in ("Piotr", "Farah")]
    assert ["hello" in copy for copy in copies] == [True, False]


def test_while_staff_have_not_said_whether_it_is_shared_nobody_can_tell_whose_words_came(
    play: Player, people: People
) -> None:
    with play.session() as session:
        farah = session.get_one(Guardian, people.guardians["Farah"].id)
        contact = contact_at(session, "sms", ZOSIA_PHONE)
        assert contact is not None
        propose(session, contact, farah, MONDAY, 1)
    play.say("Piotr", "hello from one of us")
    with play.session() as session:
        part(session, session.get_one(Guardian, people.guardians["Farah"].id))
        copies = [json.dumps(copy_of(session, id_in(session, who))) for who in ("Piotr", "Farah")]
        assert not any("hello" in copy for copy in copies)


def test_after_they_have_parted_staff_still_say_whose_a_message_was(phone: Player) -> None:
    phone.say("Piotr", "the gate was open again and nobody came")
    _parted(phone)
    with phone.session() as session:
        message = session.exec(select(InboundMessage)).one()
        with pytest.raises(NotTaken, match="several"):
            message_to_complaint(session, message, MONDAY)
        babcia = session.get_one(Guardian, id_in(session, "Babcia"))
        assert message_to_complaint(session, message, MONDAY, writer=babcia).guardian_id == babcia.id
    mine, theirs = _copies(phone)
    assert ("gate" in mine, "gate" in theirs) == (False, True)


def test_erasing_one_takes_their_words_and_leaves_the_others(phone: Player) -> None:
    for words in ("SUGGEST", "2", "More sand", "1"):
        phone.say("Piotr", words)
    for words in ("SUGGEST", "1", "More water", "1"):
        phone.say("Piotr", words)
    _parted(phone)
    with phone.session() as session:
        erase(session, id_in(session, "Babcia"), MONDAY, by="test")
        left = {one.text for one in session.exec(select(InboundMessage))}
    assert ("More sand" in left, "More water" in left) == (False, True)


@pytest.mark.parametrize("confirmed", [True, False])
def test_words_of_harm_hold_all_who_have_the_phone_and_the_lead_learns_who_they_are(
    play: Player, people: People, confirmed: bool
) -> None:
    with play.session() as session:
        farah = session.get_one(Guardian, people.guardians["Farah"].id)
        contact = contact_at(session, "sms", ZOSIA_PHONE)
        assert contact is not None
        propose(session, contact, farah, MONDAY, 1)
        if confirmed:
            share(session, contact, farah, MONDAY, today(MONDAY))
    play.say("Piotr", "on bije dziecko i ma siniaki na plecach")
    with play.session() as session:
        concern = session.exec(select(Concern)).one()
        assert [one.name for one in may_have_written(session, concern)] == ["Piotr", "Farah"]
        held = session.exec(select(Guardian.name).where(Guardian.sends_held).order_by(Guardian.name))
        assert list(held) == ["Farah", "Piotr"]
        assert concern.inbound_id == session.exec(select(InboundMessage.id)).one()
    tell(play, people)
    assert sorted(one.who for one in play.deliver()) == ["Amina", "Ioana", "Samira"]
    _parted_from(play, "Farah")
    with play.session() as session:
        known = may_have_written(session, session.exec(select(Concern)).one())
        assert [one.name for one in known] == ["Piotr", "Farah"], "who had the phone then"


def _parted_from(play: Player, name: str) -> None:
    with play.session() as session:
        part(session, session.get_one(Guardian, id_in(session, name)))
