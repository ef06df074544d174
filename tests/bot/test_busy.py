"""A push that asks waits five minutes while its reader is in the middle of something, and never for good."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from bot.claiming import release_held
from bot.outbox import Priority
from bot.pushes import Push, fan_out, push_one
from nursery.contacts import Contact, contact_at
from nursery.guardians import ANY_TOPIC, Guardian, Guardianship, Topic
from nursery.notices import draft
from nursery.preferences import Hour, prefer
from nursery.recipients import Audience, recipients
from nursery.settings import today
from nursery.shared_phones import share
from tests.cast import CAST, MONDAY, People
from tests.talking import Player

FIVE = timedelta(minutes=5)


@pytest.fixture
def phone(play: Player, people: People) -> Player:
    """Zosia's grandmother reads Urdu on Piotr's phone."""
    with play.session() as session:
        babcia = Guardian(name="Babcia", language="ur")
        session.add(babcia)
        session.flush()
        tie = Guardianship(guardian_id=babcia.id or 0, child_id=people.children["Zosia"].id or 0)
        tie.may_receive, tie.confirmed_at = int(ANY_TOPIC), MONDAY
        session.add(tie)
        contact = contact_at(session, "sms", CAST["Piotr"].phone)
        assert contact is not None
        share(session, contact, babcia, MONDAY, today(MONDAY))
    return play


def _ask_all(play: Player, people: People, *, expires_at: datetime | None = None) -> None:
    """A notice to Zosia's guardians that asks whether it was clear."""
    audience, now = Audience(people.setting.id or 0, child_id=people.children["Zosia"].id), play.clock.now
    with play.session() as session:
        told = draft(session, audience, publish_at=now, now=now, text="Wellies, please", checks=True)
        params = {"notice": told.id}
        push = Push("n", "notice", params, Topic.NOTICES, told.setting_id, now, Priority.NOTICE, expires_at)
        fan_out(session, push, recipients(audience, Topic.NOTICES, today(now)), now)


def _leave(play: Player, *, after: timedelta = timedelta(0)) -> list[str]:
    """The languages of what leaves then."""
    play.clock.now += after
    with play.session() as session:
        release_held(session, "sms", play.clock.now)
    return [one.language for one in play.deliver()]


@pytest.mark.parametrize("answered", [False, True])
def test_on_a_shared_phone_each_has_five_minutes_for_their_own(phone: Player, people: People, answered: bool) -> None:
    """Or a "1" would be taken for what the other was asked."""
    _ask_all(phone, people)
    first = _leave(phone)
    if answered:
        phone.say("Piotr", "1")
    assert _leave(phone, after=FIVE - timedelta(seconds=1)) == []
    second = _leave(phone, after=timedelta(seconds=1))
    assert sorted(first + second) == ["pl", "ur"]


def test_whoever_talks_on_and_on_gets_it_once_they_rest(phone: Player, people: People) -> None:
    _ask_all(phone, people)
    assert len(_leave(phone)) == 1
    for _ in range(20):
        phone.say("Piotr", "MENU")
        assert _leave(phone, after=timedelta(minutes=4)) == []
    assert len(_leave(phone, after=FIVE)) + len(_leave(phone, after=FIVE)) == 1


@pytest.mark.parametrize("late", ["quiet hours", "too late"])
def test_what_could_not_come_after_the_wait_does_not_wait(phone: Player, people: People, late: str) -> None:
    if late == "quiet hours":
        phone.clock.now = MONDAY.replace(hour=18, minute=57)
    _ask_all(phone, people, expires_at=phone.clock.now + FIVE if late == "too late" else None)
    assert sorted(_leave(phone)) == ["pl", "ur"]


def test_in_the_evening_that_a_parent_has_chosen_it_waits_as_at_any_hour(play: Player, people: People) -> None:
    play.clock.now = MONDAY.replace(hour=19, minute=30)
    play.say("Piotr", "MENU")
    with play.session() as session:
        contact = contact_at(session, "sms", CAST["Piotr"].phone)
        assert contact is not None
        _evenings(contact, session)
        push = Push("s", "first_step", {"step": "finding"}, Topic.CARE, 1, play.clock.now, Priority.BULK)
        assert push_one(session, push, contact, play.clock.now)
    assert (_leave(play), _leave(play, after=FIVE)) == ([], ["pl"])


def _evenings(contact: Contact, session: Session) -> None:
    prefer(session, contact.guardian_id or 0, hour=Hour.EVENING)
