"""Policies: the shipped ones, and a setting's own editions."""

import pytest
from sqlalchemy import Engine

from bot.database import transaction
from locales import catalogue
from nursery import policies
from nursery.policies import PolicyRefused
from tests.cast import MONDAY, People

ENGLISH, POLISH = catalogue("en_GB"), catalogue("pl")


def test_shipped_until_a_setting_has_its_own(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        shown = policies.standing(session, people.setting, "fees")
        assert (shown.version, shown.edition) == (1, None)
        assert "01632 960123" in shown.text("short", ENGLISH)
        edition = policies.publish(session, people.setting, "fees", "New fees.", MONDAY, short="Fees: 5 pounds.")
        shown = policies.standing(session, people.setting, "fees")
        assert (shown.version, edition.version) == (2, 2)
        assert shown.text("short", ENGLISH) == "Fees: 5 pounds."
        assert shown.text("plainer", ENGLISH).startswith("Ask us what you must pay.")


def test_what_is_not_changed_stays_as_it_stands(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        policies.publish(session, people.setting, "fees", "New fees.", MONDAY, short="Fees: 5 pounds.")
        policies.publish(session, people.setting, "fees", "Said more simply.", MONDAY, plainer="5 pounds.")
        shown = policies.standing(session, people.setting, "fees")
        assert (shown.version, shown.text("short", ENGLISH)) == (3, "Fees: 5 pounds.")
        assert shown.text("plainer", ENGLISH) == "5 pounds."


def test_own_words_are_english_and_say_so_to_others(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        policies.publish(session, people.setting, "fees", "New fees.", MONDAY, short="Fees: 5 pounds.")
        text = policies.standing(session, people.setting, "fees").text("short", POLISH)
        assert text.startswith("Fees: 5 pounds.\n")


@pytest.mark.parametrize(("name", "note"), [("parking", "x"), ("fees", " ")])
def test_what_cannot_be_published(engine: Engine, people: People, name: str, note: str) -> None:
    with transaction(engine) as session, pytest.raises(PolicyRefused):
        policies.publish(session, people.setting, name, note, MONDAY)


@pytest.mark.parametrize("policy", list(policies.policies()))
def test_every_part_has_all_its_values(engine: Engine, people: People, policy: str) -> None:
    with transaction(engine) as session:
        shown = policies.standing(session, people.setting, policy)
        for part in ("short", "full", "plainer"):
            assert "%(" not in shown.text(part, ENGLISH)
