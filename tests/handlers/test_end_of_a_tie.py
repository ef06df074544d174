"""When a tie ends or a court limits it: nothing more is sent, not even what waits, and nothing is shown."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from bot.opened import OpenConversation
from bot.outbox import Priority, Reply, enqueue
from bot.pushes import Push, push_one
from bot.shut_out import take_back
from handlers import CONVERSATIONS
from locales import catalogue
from nursery import observations, ties
from nursery.contacts import best_contact
from nursery.guardians import Guardian, Guardianship, Topic
from nursery.notices import draft
from nursery.people import Child
from nursery.recipients import Audience
from nursery.replies import NoticeReply
from nursery.settings import today
from nursery.settling import SettlingNote, SettlingReply
from nursery.targets import TargetReply, set_target
from nursery.terms import TermAnswer
from tests.cast import MONDAY, People
from tests.talking import Player

TODAY = today(MONDAY)
YESTERDAY = TODAY - timedelta(days=1)

ENDS: list[dict[str, Any]] = [
    {"ends_on": YESTERDAY},
    {"restricted_from": TODAY},
    {"restricted_from": date(2026, 1, 1), "restricted_until": TODAY},
    {"confirmed_at": None},
]
GOES_ON: list[dict[str, Any]] = [
    {"ends_on": TODAY},
    {"restricted_from": TODAY + timedelta(days=1)},
    {"restricted_from": date(2026, 1, 1), "restricted_until": YESTERDAY},
]


def _change(play: Player, people: People, who: str, **values: object) -> None:
    with play.session() as session:
        for tie, child in ties.ties_of(session, people.guardians[who].id or 0):
            if child.first_name in ("Noor", "Andrei"):
                for name, value in values.items():
                    setattr(tie, name, value)
                session.add(tie)


def _snippet(play: Player, people: People, who: str = "Farah", child: str = "Noor") -> None:
    """A snippet waits for this guardian."""
    with play.session() as session:
        about = session.get_one(Child, people.children[child].id)
        snippet = observations.add_snippet(session, about, f"{child} ran", staff=people.staff["Grace"], now=MONDAY)
        contact = best_contact(session, people.guardians[who].id or 0)
        assert contact is not None
        push = Push("s", "progress_snippet", {"snippet": snippet.id}, Topic.PROGRESS, 1, MONDAY, Priority.NOTICE)
        assert push_one(session, push, contact, MONDAY, child_id=about.id)


@pytest.mark.parametrize("change", ENDS, ids=str)
def test_what_waits_does_not_go(play: Player, people: People, change: dict[str, Any]) -> None:
    _snippet(play, people)
    _change(play, people, "Farah", **change)
    assert play.deliver() == []


@pytest.mark.parametrize("change", GOES_ON, ids=str)
def test_until_then_it_goes(play: Player, people: People, change: dict[str, Any]) -> None:
    _snippet(play, people)
    _change(play, people, "Farah", **change)
    assert [one.who for one in play.deliver()] == ["Farah"]


@pytest.mark.parametrize("change", ENDS, ids=str)
@pytest.mark.parametrize("words", ["ABSENT", "PROGRESS", "CONSENT", "ABOUT", "SHARE", "COLLECT", "RECORD", "SIGN"])
def test_nothing_is_shown(on_both: Player, people: People, change: dict[str, Any], words: str) -> None:
    _change(on_both, people, "Farah", **change)
    heard = on_both.say("Farah", words)
    assert heard[0].language == "ur"
    assert "01632 960123" in heard[0].text
    assert "Noor" not in "".join(one.text + "".join(one.choices) for one in heard)


@pytest.mark.parametrize("begun", [("ABSENT",), ("ABSENT", "1"), ("CONSENT", "1"), ("COLLECT",), ("SHARE",), ("LATE",)])
def test_what_was_begun_names_the_child_no_more(on_both: Player, people: People, begun: tuple[str, ...]) -> None:
    for words in begun:
        on_both.say("Farah", words)
    _change(on_both, people, "Farah", restricted_from=TODAY)
    before = len(on_both.heard)
    for words in ("1", "BACK", "2", "MENU"):
        on_both.say("Farah", words)
    assert "Noor" not in "".join(one.text for one in on_both.heard[before:])


def test_a_rooms_notice_is_for_those_still_told_of_that_room(play: Player, people: People) -> None:
    """Ioana has Andrei in Butterflies and Mara in Caterpillars; what is for Butterflies is hers no more."""
    with play.session() as session:
        audience = Audience(people.setting.id or 0, people.rooms["Butterflies"].id)
        told = draft(session, audience, publish_at=MONDAY, now=MONDAY, text="Butterflies bring wellies")
        contact = best_contact(session, people.guardians["Ioana"].id or 0)
        assert contact is not None
        push = Push("n", "notice", {"notice": told.id}, Topic.NOTICES, told.setting_id, MONDAY, Priority.NOTICE)
        assert push_one(session, push, contact, MONDAY)
    _change(play, people, "Ioana", restricted_from=TODAY)
    assert play.deliver() == []


def test_what_is_in_words_already_and_what_was_asked_is_taken_back(play: Player, people: People) -> None:
    _snippet(play, people)
    play.say("Farah", "ABSENT")
    with play.session() as session:
        assert take_back(session, people.guardians["Farah"].id or 0, people.children["Noor"].id or 0, MONDAY) == 1
    _change(play, people, "Farah", restricted_from=TODAY)
    assert play.deliver() == []
    assert "Noor" not in play.say("Farah", "1")[-1].text


@pytest.mark.parametrize(("days", "goes"), [(0, True), (1, False)])
def test_an_answer_that_waited_past_the_last_day_does_not_go(
    play: Player, people: People, days: int, goes: bool
) -> None:
    _change(play, people, "Farah", ends_on=TODAY)
    with play.session() as session:
        contact = best_contact(session, people.guardians["Farah"].id or 0)
        assert contact is not None
        enqueue(session, [Reply("in:9:0", "telegram", contact.id or 0, "Noor", "ur", MONDAY, contact.guardian_id)])
    play.clock.pass_(days=days)
    assert bool(play.deliver()) == goes


def test_who_has_left_sees_nothing_from_that_day(on_both: Player, people: People) -> None:
    with on_both.session() as session:
        ties.leave(session, session.get_one(Guardian, people.guardians["Amina"].id), TODAY + timedelta(days=1))
    on_both("""
        Amina: ABSENT
        Coatpeg: Why is Noor away?
          ...
        Amina: MENU
        Coatpeg: ...
          ...
    """)
    on_both.clock.pass_(days=1)
    on_both("""
        Amina: ABSENT
        Coatpeg: I have no child of yours on my list. Please ring Little Acorns: 01632 960123.
    """)


WORDS = sorted({word for one in CONVERSATIONS for word in catalogue("en_GB").words(one.words)})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(script=st.lists(st.one_of(st.sampled_from(WORDS), st.integers(1, 5).map(str)), min_size=1, max_size=8))
def test_no_words_bring_the_child_back(play: Player, people: People, script: list[str]) -> None:
    _change(play, people, "Farah", restricted_from=TODAY)
    before = len(play.heard)
    for words in script:
        play.say("Farah", words)
    said = "".join(one.text + "".join(one.choices) for one in play.heard[before:])
    assert "Noor" not in said
    assert "Amina" not in said


def test_the_other_guardian_goes_on_as_before(play: Player, people: People) -> None:
    _change(play, people, "Farah", restricted_from=TODAY)
    _snippet(play, people, "Amina")
    assert [one.who for one in play.deliver()] == ["Amina"]
    with play.session() as session:
        amina = select(Guardianship).where(Guardianship.guardian_id == people.guardians["Amina"].id)
        assert session.exec(amina).one().restricted_from is None


def _asked(play: Player, people: People, what: str) -> None:
    """Farah is asked something about Noor; it has left while that was hers."""
    with play.session() as session:
        noor = session.get_one(Child, people.children["Noor"].id)
        audience = Audience(people.setting.id or 0)
        if what == "notice":
            told = draft(session, audience, publish_at=MONDAY, now=MONDAY, text="Wellies", checks=True)
            params: dict[str, object] = {"notice": told.id}
        elif what == "first_step":
            params = {"step": "finding"}
        elif what == "still_right":
            params = {"term": "2026 autumn"}
        elif what == "target_asked":
            params = {"target": set_target(session, noor, "Sharing", people.staff["Grace"], MONDAY).id}
        else:
            by = people.staff["Grace"].id or 0
            note = SettlingNote(child_id=noor.id or 0, staff_id=by, day=TODAY, words="Fine", made_at=MONDAY)
            session.add(note)
            session.flush()
            params = {"note": note.id}
    play.push("Farah", what, params, topic=Topic.NOTICES if what == "notice" else Topic.CARE)
    assert len(play.deliver()) == 1


@pytest.mark.parametrize("change", ENDS, ids=str)
@pytest.mark.parametrize("what", ["notice", "first_step", "still_right", "target_asked", "settling_note"])
def test_what_was_asked_while_it_was_theirs_is_not_answered_afterwards(
    on_both: Player, people: People, change: dict[str, Any], what: str
) -> None:
    _asked(on_both, people, what)
    _change(on_both, people, "Farah", **change)
    before, learning = _kept(on_both), on_both.heard[-1]
    heard = on_both.say("Farah", "1")
    assert _kept(on_both) == before
    assert "Noor" not in "".join(one.text for one in heard)
    assert learning.text not in [one.text for one in heard], "nor is it asked again"


@pytest.mark.parametrize("what", ["notice", "first_step", "still_right", "target_asked", "settling_note"])
def test_until_then_it_is(on_both: Player, people: People, what: str) -> None:
    _asked(on_both, people, what)
    _change(on_both, people, "Farah", ends_on=TODAY)
    assert "01632" not in on_both.say("Farah", "1")[0].text
    with on_both.session() as session:
        assert session.exec(select(OpenConversation)).all() == []


def _kept(play: Player) -> list[int]:
    with play.session() as session:
        tables: list[Any] = [NoticeReply, TermAnswer, TargetReply, SettlingReply]
        return [len(session.exec(select(table)).all()) for table in tables]
