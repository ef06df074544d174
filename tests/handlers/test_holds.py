"""A family held by the safeguarding lead: what we send by itself waits, what people write to them goes."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import Session, select

from bot.claiming import release_held
from bot.opened import OpenConversation
from bot.outbox import TABLE, Priority
from bot.pushes import Push, push_one
from nursery import events, holds, queries
from nursery.contacts import best_contact
from nursery.events import Event
from nursery.guardians import Guardian, Topic
from nursery.holds import NotTheLead
from nursery.notices import draft
from nursery.people import Child
from nursery.recipients import Audience
from nursery.settings import Setting
from tests.cast import MONDAY, People
from tests.talking import CHANNELS, Player


def _hold(play: Player, people: People) -> None:
    with play.session() as session:
        noor = session.get_one(Child, people.children["Noor"].id)
        for guardian in holds.family(session, noor, MONDAY.date()):
            assert holds.hold(session, guardian, noor, people.staff["Grace"], "Strategy meeting", MONDAY)


def _wait(session: Session, people: People) -> None:
    """A notice, and Grace's answer to a question, wait for Amina."""
    amina = session.get_one(Guardian, people.guardians["Amina"].id)
    contact = best_contact(session, amina.id or 0)
    assert contact is not None
    told = draft(session, Audience(people.setting.id or 0), publish_at=MONDAY, now=MONDAY, text="Wellies")
    setting = session.get_one(Setting, people.setting.id)
    asked = queries.open_query(session, setting, amina, None, "When is the trip?", None, MONDAY)
    said = queries.answer(session, asked, "On Friday.", people.staff["Grace"], MONDAY)
    params = {"query": asked.id, "answer": said.id}
    push_one(
        session, Push("n", "notice", {"notice": told.id}, Topic.NOTICES, 1, MONDAY, Priority.NOTICE), contact, MONDAY
    )
    push_one(session, Push("q", "query_answer", params, 0, 1, MONDAY, Priority.NOTICE), contact, MONDAY)


def test_the_thread_with_people_goes_on(play: Player, people: People) -> None:
    _hold(play, people)
    with play.session() as session:
        _wait(session, people)
    assert ["On Friday." in one.text for one in play.deliver()] == [True]
    assert play.say("Amina", "ABSENT")[0].text == "Why is Noor away?"


def test_nothing_a_parent_can_see_shows_it(on_both: Player, people: People) -> None:
    before = _sees(on_both)
    _hold(on_both, people)
    assert _sees(on_both) == before


def _sees(play: Player) -> list[str]:
    """What Amina is answered, but for how many messages she has sent."""
    said = [one.text for words in ("DATA", "TOPICS", "SETTINGS", "WHO", "START") for one in play.say("Amina", words)]
    return [re.sub(r"messages \d+", "messages", text) for text in said]


def test_released_it_goes(play: Player, people: People) -> None:
    _hold(play, people)
    with play.session() as session:
        amina = session.get_one(Guardian, people.guardians["Amina"].id)
        assert not holds.hold(session, amina, people.children["Noor"], people.staff["Grace"], "x", MONDAY)
        assert holds.release(session, amina, MONDAY) == 1
        _wait(session, people)
    assert len(play.deliver()) == 2


def test_only_the_lead(play: Player, people: People) -> None:
    with play.session() as session:
        setting = session.get_one(Setting, people.setting.id)
        for lead, right in (("", False), ("Helen", False), ("Grace", True)):
            setting.lead = lead
            if right:
                holds.check_lead(session, setting, people.staff["Grace"])
                continue
            with pytest.raises(NotTheLead):
                holds.check_lead(session, setting, people.staff["Grace"])


def _release(play: Player, people: People) -> list[str]:
    """The lead releases the family, and what has waited goes on its way."""
    with play.session() as session:
        holds.release(session, session.get_one(Guardian, people.guardians["Amina"].id), play.clock.now)
    play.clock.pass_(minutes=31)
    with play.session() as session:
        for channel in CHANNELS:
            release_held(session, channel, play.clock.now)
    return [one.text for one in play.deliver() if one.who == "Amina"]


def _notice(play: Player, people: People) -> None:
    with play.session() as session:
        told = draft(
            session, Audience(people.setting.id or 0), publish_at=MONDAY, now=MONDAY, text="We close at 2 today."
        )
    play.push("Amina", "notice", {"notice": told.id}, topic=Topic.NOTICES)
    assert play.deliver() == []


def test_a_notice_that_comes_on_another_day_says_of_which_it_was(on_both: Player, people: People) -> None:
    _hold(on_both, people)
    _notice(on_both, people)
    on_both.clock.pass_(days=2)
    [text] = _release(on_both, people)
    assert text.startswith("Little Acorns, Mon 23 Nov: We close at 2 today.")


def test_after_a_week_it_is_no_news_any_more(on_both: Player, people: People) -> None:
    _hold(on_both, people)
    _notice(on_both, people)
    on_both.clock.pass_(days=7)
    assert _release(on_both, people) == []


@pytest.mark.parametrize(("called_off", "says"), [(False, 1), (True, 0)])
def test_what_was_put_into_words_before_the_hold_is_looked_at_again(
    on_both: Player, people: People, *, called_off: bool, says: int
) -> None:
    """The provider was out of reach, so a reminder waits for its next try; then the family is held."""
    starts = MONDAY + timedelta(days=5)
    with on_both.session() as session:
        ends = starts + timedelta(hours=1)
        event = events.add_event(session, Audience(people.setting.id or 0), "Songs", starts, ends, now=MONDAY)
    on_both.push("Amina", "event_reminder", {"event": event.id, "when": "day"}, topic=Topic.EVENTS)
    [before] = on_both.deliver()
    with on_both.session() as session:
        session.connection().execute(update(TABLE).where(TABLE.c.id == before.id).values(state="due", sent_at=None))
    _hold(on_both, people)
    assert on_both.deliver() == []
    with on_both.session() as session:
        if called_off:
            events.cancel(session, session.get_one(Event, event.id), "", MONDAY)
    assert len(_release(on_both, people)) == says
    with on_both.session() as session:
        assert len(session.exec(select(OpenConversation)).all()) == says, "it is asked once, or not at all"
