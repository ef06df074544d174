"""A changed number: all that is theirs goes along, and whoever has the old number now is a stranger."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.outbox import Priority
from bot.pushes import Push, push_one
from nursery.contacts import Contact, ContactState, best_contact, contact_at
from nursery.guardians import Guardian, Topic
from nursery.notices import draft
from nursery.numbers import NumberRefused, change_number
from nursery.recipients import Audience
from tests.cast import CAST, MONDAY, People
from tests.talking import Player

NEW = CAST["Stranger"].phone
"""Piotr's new number: in these scripts he is the Stranger from then on, and "Piotr" is whoever has his old one."""


@pytest.fixture
def english(play: Player, people: People) -> Player:
    with play.session() as session:
        session.get_one(Guardian, people.guardians["Piotr"].id).language = "en_GB"
    return play


def _change(play: Player, people: People, number: str = NEW) -> None:
    with play.session() as session:
        change_number(session, session.get_one(Guardian, people.guardians["Piotr"].id), number)


def test_the_old_number_learns_nothing(english: Player, people: People) -> None:
    english.say("Piotr", "ABSENT")
    _change(english, people)
    with english.session() as session:
        assert contact_at(session, "sms", CAST["Piotr"].phone) is None
        session.add(Contact(channel="sms", address=CAST["Piotr"].phone))  # its new owner's, made when they write
    for words in ("1", "PROGRESS", "MENU", "WHO"):
        said = " ".join(one.text + "".join(one.choices) for one in english.say("Piotr", words))
        assert "Zosia" not in said
        assert "Grace" not in said


def test_what_was_begun_goes_on_at_the_new_number(english: Player, people: People) -> None:
    english.say("Piotr", "ABSENT")
    _change(english, people)
    english("""
        Stranger: 2
        Coatpeg: Welcome to Little Acorns. ...
        Coatpeg: No one reads this at all hours. ...
        Coatpeg: Until when is Zosia away?
          ...
    """)


def test_even_when_the_new_number_had_asked_as_a_stranger(english: Player, people: People) -> None:
    english.say("Stranger", "hello, this is my new phone")
    _change(english, people)
    with english.session() as session:
        assert len(session.exec(select(Contact).where(Contact.guardian_id == people.guardians["Piotr"].id)).all()) == 1
        old = contact_at(session, "sms", CAST["Piotr"].phone)
        assert old is not None
        assert old.guardian_id is None
    assert "Zosia" in english.say("Stranger", "ABSENT")[-1].text
    assert "Zosia" not in english.say("Piotr", "ABSENT")[-1].text


def test_what_waits_follows(english: Player, people: People) -> None:
    with english.session() as session:
        told = draft(session, Audience(people.setting.id or 0), publish_at=MONDAY, now=MONDAY, text="Wellies")
        contact = best_contact(session, people.guardians["Piotr"].id or 0)
        assert contact is not None
        push_one(
            session,
            Push("n", "notice", {"notice": told.id}, Topic.NOTICES, 1, MONDAY, Priority.NOTICE),
            contact,
            MONDAY,
        )
    _change(english, people)
    assert [(one.who, one.text) for one in english.deliver()] == [("Stranger", "Little Acorns: Wellies")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (ContactState.CLOSED, ContactState.ACTIVE),
        (ContactState.ACTIVE, ContactState.ACTIVE),
        (ContactState.STOPPED, ContactState.STOPPED),
    ],
)
def test_a_dead_number_is_alive_again_but_a_stop_is_a_stop(
    play: Player, people: People, before: ContactState, after: ContactState
) -> None:
    with play.session() as session:
        contact = contact_at(session, "sms", CAST["Piotr"].phone)
        assert contact is not None
        contact.state = before
    _change(play, people)
    with play.session() as session:
        contact = contact_at(session, "sms", NEW)
        assert contact is not None
        assert contact.state == after


def test_a_number_of_another_is_refused_and_the_same_changes_nothing(play: Player, people: People) -> None:
    with pytest.raises(NumberRefused):
        _change(play, people, CAST["Ioana"].phone)
    _change(play, people, CAST["Piotr"].phone)
    assert play.say("Piotr", "ABSENT")[0].language == "pl"
