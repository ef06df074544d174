"""What conversations are tried with: a phone that two guardians share."""

from __future__ import annotations

import pytest

from nursery.contacts import contact_at
from nursery.guardians import ANY_TOPIC, Guardian, Guardianship
from nursery.settings import today
from nursery.shared_phones import share
from tests.cast import MONDAY, People
from tests.handlers.sharing import ZOSIA_PHONE
from tests.talking import Player


@pytest.fixture
def phone(play: Player, people: People) -> Player:
    """Babcia, Zosia's grandmother, uses Piotr's phone; staff have confirmed it. It speaks English here."""
    with play.session() as session:
        piotr = session.get_one(Guardian, people.guardians["Piotr"].id)
        piotr.language = "en_GB"
        babcia = Guardian(name="Babcia", language="en_GB")
        session.add_all([piotr, babcia])
        session.flush()
        tie = Guardianship(guardian_id=babcia.id or 0, child_id=people.children["Zosia"].id or 0)
        tie.may_receive, tie.confirmed_at, tie.parental_responsibility = int(ANY_TOPIC), MONDAY, True
        session.add(tie)
        contact = contact_at(session, "sms", ZOSIA_PHONE)
        assert contact is not None
        share(session, contact, babcia, MONDAY, today(MONDAY))
    return play
