"""Events: what is on, coming or not, the waiting list, and the reminders."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from nursery import events, free_places, rsvps
from nursery.events import Event
from nursery.guardians import Guardianship, Topic
from nursery.people import Child
from nursery.recipients import Audience
from nursery.rsvps import Coming, Rsvp
from nursery.settings import Setting
from nursery.tasks import Task
from tests.cast import MONDAY, People
from tests.handlers.events import STARTS, answers_kept, new_event
from tests.talking import Player


def _answer(play: Player, people: People, event: Event, who: str, answer: Coming) -> Coming:
    with play.session() as session:
        event = session.get_one(Event, event.id)
        return rsvps.respond(session, event, people.guardians[who].id or 0, answer, play.clock.now)


def test_nothing_on(on_both: Player) -> None:
    on_both("""
        Amina: EVENTS
        Coatpeg: There is no event in our calendar now. We will tell you when there is one.
    """)


def test_coming_and_telling_what_is_needed(on_both: Player, people: People) -> None:
    new_event(on_both, people, place="Hall", step_free=True)
    on_both("""
        Amina: Events
        Coatpeg: Stay and play: Fri 4 Dec at 15:30. Where: Hall. There are no steps.
          Are you coming?
          1 We are coming
          2 We can't come
          3 Not sure yet
          4 Add to my calendar
        Amina: [tap 1]
        Coatpeg: Is there anything that would help you to take part? You can also say it in your own words.
          1 Nothing, thank you
          2 An interpreter
          3 A creche place
          4 Help with access
          5 Food that I can eat
        Amina: I use a wheelchair
        Coatpeg: You are on the list. We look forward to seeing you.
    """)
    with on_both.session() as session:
        assert session.exec(select(Rsvp)).one().needs == "I use a wheelchair"
        task = session.exec(select(Task)).one()
        assert (task.kind, "wheelchair" in task.about) == ("needs for an event", False)


def test_one_of_several_is_chosen(on_both: Player, people: People) -> None:
    new_event(on_both, people)
    new_event(on_both, people, "Songs", days=3)
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


@pytest.mark.parametrize("who", ["Amina", "Piotr", "Ioana", "Farah", "Samira"])
@pytest.mark.parametrize("said", ["1", "[tap 1]"])
def test_a_number_is_no_answer_about_another_event(on_both: Player, people: People, who: str, said: str) -> None:
    """The event that was asked about is called off before the answer comes, and one other is left."""
    gone, left = new_event(on_both, people), new_event(on_both, people, "Bread baking", days=1)
    on_both.say(who, "EVENTS")
    on_both.say(who, "1")
    with on_both.session() as session:
        events.cancel(session, session.get_one(Event, gone.id), "The roof leaks.", MONDAY)
    on_both(f"""
        {who}: {said}
        Coatpeg: ...
          ...
    """)
    assert left.title in on_both.heard[-1].text or said != "1"
    assert answers_kept(on_both) == {}


def test_a_change_of_mind(on_both: Player, people: People) -> None:
    event = new_event(on_both, people)
    _answer(on_both, people, event, "Amina", Coming.MAYBE)
    on_both("""
        Amina: EVENTS
        Coatpeg: Stay and play: Fri 4 Dec at 15:30.
          You are down as not sure yet. To change it, text EVENTS.
          Are you coming?
          ...
        Amina: [tap 1]
        Coatpeg: Is there anything that would help you...
          1 Nothing, thank you
          ...
        Amina: [tap 1]
        Coatpeg: You are on the list. We look forward to seeing you.
    """)
    assert list(answers_kept(on_both).values()) == ["coming"]


def test_only_what_the_child_is_invited_to(play: Player, people: People) -> None:
    new_event(play, people, "Baby songs", room_id=people.rooms["Caterpillars"].id)
    assert play.say("Amina", "EVENTS")[0].text.startswith("There is no event")
    assert "Baby songs" in play.say("Piotr", "EVENTS")[0].text


def test_of_one_title_in_two_rooms_the_room_is_named_to_who_has_children_in_both(
    on_both: Player, people: People
) -> None:
    for room in ("Butterflies", "Caterpillars"):
        new_event(on_both, people, "Songs", room_id=people.rooms[room].id)
    listed, told = on_both.say("Ioana", "EVENTS")[0].choices, on_both.say("Ioana", "2")[0].text
    assert [one.partition(",")[0] for one in listed] == ["Songs (Butterflies)", "Songs (Caterpillars)"]
    assert told.startswith("Songs (Caterpillars): ")
    assert on_both.say("Amina", "EVENTS")[0].text.startswith("Songs: ")


def test_a_full_event_has_a_waiting_list(play: Player, people: People) -> None:
    event = new_event(play, people, capacity=1)
    assert _answer(play, people, event, "Piotr", Coming.YES) == Coming.YES
    play("""
        Amina: EVENTS
        Coatpeg: Stay and play: Fri 4 Dec at 15:30.
          ...
        Amina: [tap 1]
        Coatpeg: How many of you are coming? Please count the children too, and send a number.
        Amina: lots
        Coatpeg: I did not understand. Please send a number from 1 to 9. BACK goes back, MENU leaves.
          How many of you are coming? ...
        Amina: 1
        Coatpeg: Is there anything that would help you...
          1 Nothing, thank you
          ...
        Amina: [tap 1]
        Coatpeg: It is full just now. You are on the waiting list, and we will tell you of a free place.
    """)
    _answer(play, people, event, "Piotr", Coming.NO)
    play.push("Amina", "event_place", {"event": event.id}, topic=Topic.EVENTS)
    play("""
        Coatpeg to Amina: Stay and play: Fri 4 Dec at 15:30.
          Good news: there is a place for you now. We keep it until Tue 24 Nov at 09:00.
          1 We are coming
          2 We can't come
        Amina: [tap 1]
        Coatpeg: You are on the list. We look forward to seeing you.
    """)


def test_with_no_room_for_more_the_places_they_have_stay_theirs(on_both: Player, people: People) -> None:
    event = new_event(on_both, people, capacity=2)
    _answer(on_both, people, event, "Piotr", Coming.YES)
    for said in ("EVENTS", "1", "1", "1"):
        on_both.say("Amina", said)
    for said in ("EVENTS", "1"):
        on_both.say("Amina", said)
    on_both("""
        Amina: 2
        Coatpeg: There is no room for more. You are on the list with as many as before.
        Coatpeg: Is there anything that would help you to take part? ...
          ...
        Amina: [tap 1]
        Coatpeg: You are on the list. We look forward to seeing you.
    """)
    assert set(answers_kept(on_both).values()) == {"coming"}


def test_a_reminder_asks_whoever_has_not_said(on_both: Player, people: People) -> None:
    event = new_event(on_both, people)
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


def test_whoever_is_coming_may_still_say_no_to_the_reminder(play: Player, people: People) -> None:
    event = new_event(play, people)
    _answer(play, people, event, "Amina", Coming.YES)
    play.push("Amina", "event_reminder", {"event": event.id, "when": "hours"}, topic=Topic.EVENTS)
    play("""
        Coatpeg to Amina: Stay and play: Fri 4 Dec at 15:30.
          You said that you are coming. Is that still right?
          1 We are coming
          2 We can't come
        Amina: [tap 2]
        Coatpeg: You are down as not coming. Thank you for telling us.
    """)
    assert list(answers_kept(play).values()) == ["not"]


@pytest.mark.parametrize(
    ("answer", "when"), [(Coming.NO, "week"), (Coming.NO, "hours"), (None, "hours"), (Coming.WAITING, "day")]
)
def test_the_others_are_left_alone(play: Player, people: People, answer: Coming | None, when: str) -> None:
    event = new_event(play, people, capacity=1)
    if answer == Coming.WAITING:
        _answer(play, people, event, "Piotr", Coming.YES)
        answer = Coming.YES
    if answer is not None:
        _answer(play, people, event, "Amina", answer)
    play.push("Amina", "event_reminder", {"event": event.id, "when": when}, topic=Topic.EVENTS)
    assert play.deliver() == []


def test_a_cancelled_event_is_not_reminded_of_and_a_late_answer_is_told_so(play: Player, people: People) -> None:
    event = new_event(play, people)
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


@pytest.mark.parametrize("who", ["Piotr", "Samira", "Farah", "Ioana"])
def test_in_the_readers_language(on_both: Player, people: People, who: str) -> None:
    new_event(on_both, people, capacity=5)
    for words in ("EVENTS", "1", "3", "1"):
        said = on_both.say(who, words)
    assert said[0].language not in ("", "en_GB")
    with on_both.session() as session:
        kept = session.exec(select(Rsvp)).one()
        assert (kept.answer, kept.people) == ("coming", 3)


def test_two_guardians_answer_apart(on_both: Player, people: People) -> None:
    new_event(on_both, people)
    for words in ("EVENTS", "1", "1"):
        on_both.say("Amina", words)
    assert len(on_both.say("Farah", "EVENTS")[0].text.splitlines()) == 2, "nothing of what Amina said"
    on_both.say("Farah", "2")
    assert sorted(answers_kept(on_both).values()) == ["coming", "not"]


@pytest.mark.parametrize("then", ["MENU", "ABSENT", ""])
def test_who_is_coming_is_on_the_list_though_the_rest_is_never_answered(
    on_both: Player, people: People, then: str
) -> None:
    new_event(on_both, people)
    for words in ("EVENTS", "1", *filter(None, [then])):
        on_both.say("Amina", words)
    on_both.clock.pass_(days=3)
    assert answers_kept(on_both) == {people.guardians["Amina"].id or 0: "coming"}


def test_menu_in_the_middle_keeps_nothing(on_both: Player, people: People) -> None:
    new_event(on_both, people)
    for words in ("EVENTS", "MENU"):
        on_both.say("Amina", words)
    assert answers_kept(on_both) == {}


def test_a_place_that_was_given_on(on_both: Player, people: People) -> None:
    event = new_event(on_both, people, capacity=1)
    for who in ("Amina", "Piotr", "Samira"):
        _answer(on_both, people, event, who, Coming.YES)
    _answer(on_both, people, event, "Amina", Coming.NO)
    on_both.push("Piotr", "event_place", {"event": event.id}, topic=Topic.EVENTS)
    assert len(on_both.deliver()) == 1
    on_both.clock.pass_(hours=23)
    with on_both.session() as session:
        free_places.let_lapse(session, on_both.clock.now + timedelta(hours=1))
    on_both.say("Piotr", "1")
    assert answers_kept(on_both)[people.guardians["Piotr"].id or 0] == "waiting"
    on_both.push("Piotr", "event_place", {"event": event.id}, topic=Topic.EVENTS)
    assert on_both.deliver() == [], "there is no place for Piotr now"


def test_called_off(on_both: Player, people: People) -> None:
    event = new_event(on_both, people)
    with on_both.session() as session:
        events.cancel(session, session.get_one(Event, event.id), "Grace is ill.", MONDAY)
    on_both.push("Amina", "event_cancelled", {"event": event.id}, topic=Topic.EVENTS)
    on_both("""
        Coatpeg to Amina: We are sorry: Stay and play on Fri 4 Dec at 15:30 will not take place.
          Grace is ill.
        Amina: EVENTS
        Coatpeg: There is no event in our calendar now. ...
    """)


def test_children_in_two_settings(on_both: Player, people: People) -> None:
    new_event(on_both, people)
    with on_both.session() as session:
        oaks = Setting(name="Tall Oaks", phone="01632 960777", manager="Olu")
        session.add(oaks)
        session.flush()
        child = Child(setting_id=oaks.id or 0, name="Idris Khan", born=date(2024, 2, 2))
        session.add(child)
        session.flush()
        tie = Guardianship(guardian_id=people.guardians["Amina"].id or 0, child_id=child.id or 0, may_receive=63)
        tie.confirmed_at = MONDAY
        session.add(tie)
        starts, ends = STARTS + timedelta(days=1), STARTS + timedelta(days=1, hours=1)
        events.add_event(session, Audience(oaks.id or 0), "Songs", starts, ends, now=MONDAY)
    assert on_both.say("Amina", "EVENTS")[0].choices == (
        "Stay and play (Little Acorns), Fri 4 Dec",
        "Songs (Tall Oaks), Sat 5 Dec",
    )
    assert on_both.say("Amina", "2")[0].text.startswith("Songs (Tall Oaks): Sat 5 Dec at 15:30.")
    assert "Songs" not in on_both.say("Farah", "EVENTS")[0].text
