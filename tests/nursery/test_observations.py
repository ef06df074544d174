"""Observations: signed off by the key person, and never a concern."""

import pytest
from sqlalchemy import Engine

from bot.database import transaction
from nursery import observations
from nursery.observations import SnippetRefused
from nursery.people import Staff
from tests.cast import MONDAY, People


@pytest.mark.parametrize(
    ("words", "concern", "sentence"),
    [
        ("Noor does not talk yet.", True, "Book a talk"),
        (" ", False, "needs words"),
        ("x" * 401, False, "400 characters"),
    ],
)
def test_what_is_refused(engine: Engine, people: People, words: str, concern: bool, sentence: str) -> None:
    noor, grace = people.children["Noor"], people.staff["Grace"]
    with transaction(engine) as session, pytest.raises(SnippetRefused, match=sentence):
        observations.add_snippet(session, noor, words, staff=grace, now=MONDAY, concern=concern)


def test_what_others_write_waits_for_the_key_person(engine: Engine, people: People) -> None:
    noor, grace, helen = people.children["Noor"], people.staff["Grace"], people.staff["Helen"]
    with transaction(engine) as session:
        cover = Staff(setting_id=people.setting.id or 0, name="Sam")
        session.add(cover)
        session.flush()
        by_cover = observations.add_snippet(session, noor, "Noor sang.", staff=cover, now=MONDAY)
        observations.add_snippet(session, noor, "Noor ran.", staff=helen, now=MONDAY)
        assert [snippet.words for snippet in observations.unsent(session, MONDAY)] == ["Noor ran."]
        with pytest.raises(SnippetRefused, match="Only the child's key person"):
            observations.approve(session, by_cover, cover, MONDAY)
        observations.approve(session, by_cover, grace, MONDAY)
        session.flush()
        assert len(observations.unsent(session, MONDAY)) == 2
        assert observations.unsent(session, MONDAY + observations.STALE) == []
