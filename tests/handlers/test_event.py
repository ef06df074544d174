"""Events: what is on, coming or not, the waiting list, and the reminders."""

from datetime import timedelta

import pytest
from sqlmodel import select

from nursery import events
from nursery.events import Coming, Event, Rsvp
from nursery.guardians import Topic
from nursery.recipients import Audience
from nursery.tasks import Task
from tests.cast import MONDAY, People
from tests.talking import Player

STARTS = MONDAY + timedelta(days=11, hours=6, minutes=30)


def _event(play: Player, people: People, title: str = "Stay and play", days: int = 0, **fields: object) -> Event:
    with play.session() as session:
        starts = STARTS + timedelta(days=days)
        room = fields.pop("room_id", None)
        audience = Audience(people.setting.id or 0, room_id=room)  # type: ignore[arg-type]
        ends = starts + timedelta(hours=1)
        return events.add_event(session, audience, title, starts, ends, now=MONDAY, **fields)  # type: ignore[arg-type]


def _answer(play: Player, people: People, event: Event, who: str, answer: Coming) -> Coming:
    with play.session() as session:
        event = session.get_one(Event, event.id)
        return events.respond(session, event, people.guardians[who].id or 0, answer, play.clock.now)


def _answers(play: Player) -> dict[int, str]:
    with play.session() as session:
        return {rsvp.guardian_id: rsvp.answer for rsvp in session.exec(select(Rsvp))}


def test_nothing_on(on_both: Player) -> None:
    on_both("""
        Amina: EVENTS
        Coatpeg: There is no event in our calendar now. We will tell you when there is one.
    """)


def test_coming_and_telling_what_is_needed(on_both: Player, people: People) -> None:
    _event(on_both, people, place="Hall", step_free=True)
    on_both("""
        Amina: Events
        Coatpeg: Stay and play: Fri 4 Dec at 15:30. Where: Hall. There are no steps.
          Are you coming?
          1 We are coming
          2 We can't come
          3 Not sure yet
        Amina: [tap 1]
        Coatpeg: Is there anything we should know, so that you can take part? An interpreter, a ramp, food?
          1 Skip
        Amina: I use a wheelchair
        Coatpeg: You are on the list. We look forward to seeing you.
    """)
    with on_both.session() as session:
        assert session.exec(select(Rsvp)).one().needs == "I use a wheelchair"
        task = session.exec(select(Task)).one()
        assert (task.kind, "wheelchair" in task.about) == ("needs for an event", False)


def test_one_of_several_is_chosen(on_both: Player, people: People) -> None:
    _event(on_both, people)
    _event(on_both, people, "Songs", days=3)
    on_both("""
        Amina: EVENTS
        Coatpeg: This is what is on. Which would you like to know more about?
          1 Stay and play, Fri 4 Dec
          2 Songs, Mon 7 Dec
        Amina: Songs, Mon 7 Dec
        Coatpeg: Songs: Mon 7 Dec at 15:30.
          Are you coming?
          ...
        Amina: 2
        Coatpeg: You are down as not coming. Thank you for telling us.
    """)


def test_a_change_of_mind(on_both: Player, people: People) -> None:
    event = _event(on_both, people)
    _answer(on_both, people, event, "Amina", Coming.MAYBE)
    on_both("""
        Amina: EVENTS
        Coatpeg: Stay and play: Fri 4 Dec at 15:30.
          You are down as not sure yet. To change it, text EVENTS.
          Are you coming?
          ...
        Amina: [tap 1]
        Coatpeg: Is there anything we should know...
          1 Skip
        Amina: [tap 1]
        Coatpeg: You are on the list. We look forward to seeing you.
    """)
    assert list(_answers(on_both).values()) == ["coming"]


def test_only_what_the_child_is_invited_to(play: Player, people: People) -> None:
    _event(play, people, "Baby songs", room_id=people.rooms["Caterpillars"].id)
    assert play.say("Amina", "EVENTS")[0].text.startswith("There is no event")
    assert "Baby songs" in play.say("Piotr", "EVENTS")[0].text


def test_a_full_event_has_a_waiting_list(play: Player, people: People) -> None:
    event = _event(play, people, capacity=1)
    assert _answer(play, people, event, "Piotr", Coming.YES) == Coming.YES
    play("""
        Amina: EVENTS
        Coatpeg: Stay and play: Fri 4 Dec at 15:30.
          ...
        Amina: [tap 1]
        Coatpeg: Is there anything we should know...
          1 Skip
        Amina: [tap 1]
        Coatpeg: It is full just now. You are on the waiting list, and we will tell you of a free place.
    """)
    _answer(play, people, event, "Piotr", Coming.NO)
    play.push("Amina", "event_place", {"event": event.id}, topic=Topic.EVENTS)
    play("""
        Coatpeg to Amina: Stay and play: Fri 4 Dec at 15:30.
          Good news: there is a place for you now. If you can't come, text EVENTS.
    """)


def test_a_reminder_asks_whoever_has_not_said(on_both: Player, people: People) -> None:
    event = _event(on_both, people)
    on_both.push("Amina", "event_reminder", {"event": event.id, "when": "week"}, topic=Topic.EVENTS)
    on_both("""
        Coatpeg to Amina: Stay and play: Fri 4 Dec at 15:30.
          Are you coming?
          1 We are coming
          2 We can't come
          3 Not sure yet
        Amina: [tap 2]
        Coatpeg: You are down as not coming. Thank you for telling us.
    """)


def test_a_reminder_only_tells_whoever_is_coming(play: Player, people: People) -> None:
    event = _event(play, people)
    _answer(play, people, event, "Amina", Coming.YES)
    play.push("Amina", "event_reminder", {"event": event.id, "when": "hours"}, topic=Topic.EVENTS)
    play("""
        Coatpeg to Amina: Stay and play: Fri 4 Dec at 15:30.
          You said that you are coming. If that has changed, text EVENTS.
    """)


@pytest.mark.parametrize(
    ("answer", "when"), [(Coming.NO, "week"), (Coming.NO, "hours"), (None, "hours"), (Coming.WAITING, "day")]
)
def test_the_others_are_left_alone(play: Player, people: People, answer: Coming | None, when: str) -> None:
    event = _event(play, people, capacity=1)
    if answer == Coming.WAITING:
        _answer(play, people, event, "Piotr", Coming.YES)
        answer = Coming.YES
    if answer is not None:
        _answer(play, people, event, "Amina", answer)
    play.push("Amina", "event_reminder", {"event": event.id, "when": when}, topic=Topic.EVENTS)
    assert play.deliver() == []


def test_a_cancelled_event_is_not_reminded_of_and_a_late_answer_is_told_so(play: Player, people: People) -> None:
    event = _event(play, people)
    play.push("Amina", "event_reminder", {"event": event.id, "when": "week"}, topic=Topic.EVENTS)
    assert len(play.deliver()) == 1
    with play.session() as session:
        session.get_one(Event, event.id).cancelled_at = MONDAY
    play.push("Piotr", "event_reminder", {"event": event.id, "when": "week"}, topic=Topic.EVENTS)
    assert play.deliver() == []
    play("""
        Amina: 1
        Coatpeg: This event is over or will not take place. For what is on, text EVENTS.
    """)
