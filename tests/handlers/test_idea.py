"""An idea now, and the learning texts that we send."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from nursery import activities
from nursery.activities import IdeaSent, Pick, Tried
from nursery.guardians import Guardianship, Topic
from tests.cast import CAST, MONDAY, People
from tests.talking import Player

FRIDAY = {"day": "2026-11-20"}


def test_an_idea_comes_with_why_and_how_to_have_another(on_both: Player) -> None:
    on_both("""
        Amina: Idea
        Coatpeg: ...Noor...
          ...
          For another one, text IDEA.
    """)


def test_asking_again_brings_another_one_and_never_the_same(play: Player, people: People) -> None:
    told = [play.say("Amina", "IDEA")[0].text for _ in range(27)]
    assert len(set(told)) == 27
    with play.session() as session:
        rows = session.exec(select(IdeaSent)).all()
    assert {row.kind for row in rows} == {"request"}
    assert len(rows) == 27


def test_once_all_have_been_told_the_first_comes_again(play: Player) -> None:
    told = []
    for _ in range(29):
        told.append(play.say("Amina", "IDEA")[0].text)
        play.clock.pass_(minutes=1)
    assert told[27:] == told[:2]


def test_two_children_take_turns(play: Player) -> None:
    texts = [play.say("Ioana", "IDEA")[0].text for _ in range(4)]
    assert ["Mara" in text for text in texts] == [True, False, True, False]
    assert ["Andrei" in text for text in texts] == [False, True, False, True]


def test_it_is_told_in_the_language_of_the_reader(play: Player) -> None:
    piotr, samira = play.say("Piotr", "IDEA")[0], play.say("Samira", "IDEA")[0]
    assert (piotr.language, samira.language) == ("pl", "ar")
    assert "Zosia" in piotr.text
    assert "\N{FIRST STRONG ISOLATE}Yusuf\N{POP DIRECTIONAL ISOLATE}" in samira.text


def test_without_a_confirmed_child_there_is_none(play: Player) -> None:
    with play.session() as session:
        for tie in session.exec(select(Guardianship)):
            tie.confirmed_at = None
            session.add(tie)
    assert "Noor" not in play.say("Amina", "IDEA")[0].text


@pytest.fixture
def week(play: Player, people: People) -> Player:
    """Amina has an idea of the week: rolling socks."""
    with play.session() as session:
        for name, child in (("Amina", "Noor"), ("Piotr", "Zosia")):
            pick = Pick("play-roll-it-back", people.children[child].id or 0)
            number = people.guardians[name].id or 0
            activities.note_sent(session, number, pick, "week", date(2026, 11, 20), datetime(2026, 11, 20, tzinfo=UTC))
    return play


def test_the_fact_only_says(week: Player) -> None:
    week.push("Amina", "learning_fact", FRIDAY, topic=Topic.LEARNING)
    week("""
        Coatpeg to Amina: When children watch, stop and roll a ball, their eyes and hands learn to work together.
    """)


TIP = """
    Coatpeg to Amina: Roll a pair of socks into a ball. Throw it into a box or bowl, taking turns. Then ask...
      When will you try the idea with Noor?
      1 Today
      2 Tomorrow
      3 Not this time
"""


def _tried(play: Player, people: People, who: str = "Amina") -> IdeaSent:
    with play.session() as session:
        return session.exec(select(IdeaSent).where(IdeaSent.guardian_id == people.guardians[who].id)).one()


@pytest.mark.parametrize(
    ("tap", "answer", "try_on"),
    [
        (1, "Lovely. Afterwards we ask you how it went, and help if it was hard.", date(2026, 11, 23)),
        (2, "Lovely. Afterwards we ask you how it went, and help if it was hard.", date(2026, 11, 24)),
        (3, "That is fine. Any day is a good day to try it.", None),
    ],
)
def test_the_tip_asks_when(
    on_both: Player, week: Player, people: People, tap: int, answer: str, try_on: date | None
) -> None:
    week.push("Amina", "learning_tip", FRIDAY, topic=Topic.LEARNING)
    week(TIP)
    week(f"Amina: [tap {tap}]\nCoatpeg: {answer}")
    assert _tried(week, people).try_on == try_on


ASKED = """
    Coatpeg to Amina: You wanted to try the idea with Noor. How did it go?
      1 We did it
      2 Not yet
      3 It was hard
"""


def test_the_day_after_it_is_asked_and_helped_with(on_both: Player, week: Player, people: People) -> None:
    week.push("Amina", "idea_asked", {"sent": _tried(week, people).id}, topic=Topic.LEARNING)
    week(ASKED)
    week("""
        Amina: we ate the socks
        Coatpeg: I can't take that as an answer here. Shall I pass your words to a person?
          1 Pass my words to a person
          2 Go on with the question
        Amina: [tap 2]
        Coatpeg: You wanted to try the idea with Noor. How did it go?
          ...
        Amina: [tap 3]
        Coatpeg: Thank you for telling us. Here is an easier way.
          Roll a pair of socks...
    """)
    assert _tried(week, people).tried == Tried.HARD


def test_what_was_told_already_is_not_asked(week: Player, people: People) -> None:
    with week.session() as session:
        sent = session.exec(select(IdeaSent).where(IdeaSent.guardian_id == people.guardians["Amina"].id)).one()
        sent.tried = Tried.YES
        session.add(sent)
    week.push("Amina", "idea_asked", {"sent": sent.id}, topic=Topic.LEARNING)
    assert week.deliver() == []


def test_nobody_is_asked_about_anothers_idea(week: Player, people: People) -> None:
    week.push("Farah", "idea_asked", {"sent": _tried(week, people).id}, topic=Topic.LEARNING)
    assert week.deliver() == []


@pytest.mark.parametrize("who", ["Piotr", "Farah", "Ioana", "Samira"])
def test_when_and_how_it_went_in_the_readers_language(on_both: Player, people: People, who: str) -> None:
    child = CAST[who].children[0]
    with on_both.session() as session:
        pick, number = Pick("play-roll-it-back", people.children[child].id or 0), people.guardians[who].id or 0
        activities.note_sent(session, number, pick, "daily", date(2026, 11, 23), MONDAY)
    on_both.push(who, "daily_idea", {"day": "2026-11-23"}, topic=Topic.LEARNING)
    (tip,) = on_both.deliver()
    assert (tip.language, len(tip.choices), child in tip.text) == (CAST[who].language, 3, True)
    on_both.say(who, "1")
    on_both.push(who, "idea_asked", {"sent": _tried(on_both, people, who).id}, topic=Topic.LEARNING)
    (asked,) = on_both.deliver()
    assert (asked.language, len(asked.choices), child in asked.text) == (CAST[who].language, 3, True)
    assert len(on_both.say(who, "3")) == 1
    kept = _tried(on_both, people, who)
    assert (kept.try_on, kept.tried) == (date(2026, 11, 23), Tried.HARD)


GROWTH = """
    Coatpeg to Amina: You may have seen eyes that follow, a pat or a good aim. Next time, go a little faster...
      Did you try the idea with Noor?
      1 We did it
      2 Not yet
      3 It was hard
"""


@pytest.mark.parametrize(
    ("tap", "answer", "tried"),
    [
        (1, "Coatpeg: Lovely. Thank you for doing it with Noor.", Tried.YES),
        (2, "Coatpeg: That is fine. Any day is a good day to try it.", Tried.NO),
        (
            3,
            "Coatpeg: Thank you for telling us. Here is an easier way.\n  Roll a pair of socks...sit on the floor...",
            Tried.HARD,
        ),
    ],
)
def test_growth_asks_how_it_went(week: Player, people: People, tap: int, answer: str, tried: Tried) -> None:
    week.push("Amina", "learning_growth", FRIDAY, topic=Topic.LEARNING)
    week(GROWTH)
    week(f"Amina: [tap {tap}]\n{answer.replace('sit on the floor', 'Sit on the floor')}")
    with week.session() as session:
        row = activities.idea_of(session, people.guardians["Amina"].id or 0, "week", date(2026, 11, 20))
        assert row is not None
        assert row.tried == tried


def test_growth_is_asked_again_in_short(week: Player) -> None:
    week.push("Amina", "learning_growth", FRIDAY, topic=Topic.LEARNING)
    week(GROWTH)
    week("""
        Amina: IDEA
        Coatpeg: ...
          ...
          For another one, text IDEA.
        Coatpeg: Did you try the idea with Noor?
          1 We did it
          2 Not yet
          3 It was hard
    """)


def test_no_idea_no_text(week: Player) -> None:
    week.push("Amina", "daily_idea", {"day": "2026-11-23"}, topic=Topic.LEARNING)
    assert week.deliver() == []
