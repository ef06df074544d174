"""No SMS longer than it must be, in the languages whose part holds 67 signs: each costs the setting about 4 p."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from bot.channels.wording import bodies, count
from bot.database import transaction
from bot.house import House
from bot.turn import Speaker
from locales import FSI, PDI, catalogue
from nursery.agreements import agreement
from nursery.library import templates
from nursery.policies import policies
from nursery.sample import lay_out_sample
from tests import lengths
from tests.cast import MONDAY, People, contact_of
from tests.walking import Told, Walk

pytestmark = pytest.mark.sqlite
"""How long a text is has nothing to do with the database."""

LANGUAGES = ("pl", "ro", "ur", "ar")
NAMES = ("menu", "consent_each")
"""From the menu every conversation is reached that a parent begins."""

SLOTS = {"amount": "£120.50", "illness": "x" * 12, "place": "Mill Lane", "name": "Aleksandra", "phone": "01632 960123"}
VALUES = {
    "setting": "Little Acorns",
    "phone": "01632 960123",
    "manager": "Aleksandra",
    "lead": "Aleksandra",
    "lead_phone": "01632 960123",
}


def _read(session: Session, people: People, house: House, language: str, name: str) -> list[Told]:
    """All that Piotr can be told in a conversation, in any language."""
    lay_out_sample(session, MONDAY)
    contact = contact_of(session, "Piotr", "sms")
    assert contact is not None
    speaker = Speaker(contact.id or 0, "sms", contact.address, people.guardians["Piotr"].id, language)
    return list(Walk(session, house, speaker, MONDAY).through(name))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_on_every_way_through_a_conversation(
    engine: Engine, people: People, house: House, language: str, name: str
) -> None:
    with transaction(engine) as session:
        told = _read(session, people, house, language, name)
    assert told
    long = {
        f"{count(bodies(one.text, one.choices))} parts: {one.conversation}: {one.text}"
        for one in told
        if count(bodies(one.text, one.choices)) > lengths.most(one.text, language, one.conversation, pushed=False)
    }
    assert not long
    assert max(len(one.choices) for one in told) <= lengths.MOST_CHOICES
    boxes = [one.text for one in told if set("".join(bodies(one.text, one.choices))) & {FSI, PDI}]
    assert not boxes, "an old phone shows these marks as boxes"


@pytest.mark.parametrize("language", LANGUAGES)
def test_notices_to_everybody_are_three_parts(language: str) -> None:
    words = catalogue(language)
    for template in templates().values():
        slots = {slot: SLOTS.get(slot, "00 XXX 00") for slot in re.findall(r"%\((\w+)\)s", template.text)}
        text = f"Little Acorns: {words.say(words.content(template.text), **slots)}"
        assert count(bodies(text)) <= lengths.MOST_PUSHED, (template.id, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_policies_and_the_agreement_are_four_parts_whatever_the_names(language: str) -> None:
    words = catalogue(language)
    clear = [words.gettext(label) for label in ("Full text", "It is clear", "It is not clear")]
    for policy in policies().values():
        assert count(bodies(words.say(words.content(policy.short), **VALUES), clear)) <= 4, policy.id
        assert count(bodies(words.say(words.content(policy.plainer), **VALUES), clear[1:])) <= 4, policy.id
    for part, text in agreement().parts.items():
        shown = f"1/5 {words.say(words.content(text), **VALUES)}"
        assert count(bodies(shown, [words.gettext("Next part"), words.gettext("Please call me")])) <= 4, part
