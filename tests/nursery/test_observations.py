"""Observations: signed off by the key person, and never a concern."""

import pytest
from sqlalchemy import Engine

from bot.database import transaction
from nursery import observations, tone
from nursery.observations import Snippet, SnippetRefused
from nursery.people import Staff
from nursery.sample import SNIPPETS
from nursery.tone import ConcernRefused
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


@pytest.mark.parametrize(
    "words",
    [
        "Noor doesn’t talk yet.",
        "Noor bit another child at lunch.",
        "We are a bit worried about her walking.",
        "Noor is behind where we would expect.",
        "She had another accident today.",
        "Noor refused to come in and was kicking staff.",
        "Noor had a hard day and cried for an hour after you left.",
        "She pulled a girl's hair again.",
        "Noor would not share and screamed when told no.",
        "He is a long way off where he should be.",
        "She could not concentrate.",
        "He had a red mark on his arm.",
        "Noor was hungry when she came.",
        "Please remind her that we use kind hands.",
        "He needs to learn to keep his hands to himself.",
        "She wet herself three times.",
        "It was a tough morning.",
        "She pulled her off the step by her hair.",
        "He hid under the table all morning.",
        "Please speak to your health visitor about his weight.",
    ],
)
def test_what_reads_like_a_concern_is_refused_unless_the_writer_is_sure(words: str) -> None:
    with pytest.raises(ConcernRefused, match=r"Book a talk with the family instead: .* with --sure"):
        tone.check("Noor ran.", words)
    tone.check("Noor ran.", words, sure=True)


def test_words_of_harm_are_refused_whoever_is_sure(engine: Engine, people: People) -> None:
    noor, grace = people.children["Noor"], people.staff["Grace"]
    with transaction(engine) as session:
        with pytest.raises(ConcernRefused, match="Book a talk"):
            observations.add_snippet(
                session, noor, "Noor ran.", staff=grace, now=MONDAY, next_step="She bit her friend"
            )
        with pytest.raises(ConcernRefused, match="Tell the safeguarding lead now"):
            observations.add_snippet(session, noor, "Noor said daddy hits her", staff=grace, now=MONDAY, sure=True)
        kept = Snippet(child_id=noor.id or 0, staff_id=grace.id or 0, words="daddy hits her", made_at=MONDAY)
        with pytest.raises(ConcernRefused, match="Tell the safeguarding lead now"):
            observations.approve(session, kept, grace, MONDAY)


@pytest.mark.parametrize(
    "words",
    [
        *(words for pair in SNIPPETS.values() for words in pair),
        "Noor hid behind the curtain and shouted boo.",
        "Noor bit into a pear and smiled.",
        "Noor hit the drum and then a cymbal, loud and soft.",
        "She pushed a friend on the swing and counted to ten.",
        "Noor was not sure about the paint at first, then used both hands.",
        "He didn't want to stop digging!",
        "Noor kicked the ball into the goal twice.",
        "Noor cried for a minute when you left, then played with the sand.",
        "He threw the ball and caught it.",
        "She pulled the wagon with two friends in it.",
        "He could not wait to show you his picture.",
        "She did not need help with her shoes.",
        "We put a plaster on teddy's sick paw.",
        "Noor made marks with both hands on big paper.",
        "He grabbed the bars and swung.",
        "Mara grabbed her coat and was first at the garden door.",
        "Zosia hid under the table in hide and seek and nobody could find her!",
        "Oscar didn't cry at all when you left this morning.",
        "Hamza was hungry after all that digging and had three helpings of stew.",
        "Mara threw the beanbag into the hoop from a long way off.",
        "Leo would not let go of his painting until it was dry.",
        "We splashed in every puddle, so there are wet socks in his bag.",
        "Please don't send nuts on Monday. Is there anything Mara does not eat?",
        "The health visitor is here on Tuesday from 10 to 12 if you would like a chat.",
        "Let Noor pour her own drink; a little water on the floor is no trouble.",
    ],
)
def test_what_is_glad_or_plain_is_taken(words: str) -> None:
    tone.check(words)


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
