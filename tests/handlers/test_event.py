"""Events: what is on, coming or not, the waiting list, and the reminders."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from nursery import appointments, bookings, events, rsvps
from nursery.events import Event
from nursery.guardians import Guardianship, Topic
from nursery.people import Child
from nursery.recipients import Audience
from nursery.rsvps import Coming, Rsvp
from nursery.settings import Setting
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
        return rsvps.respond(session, event, people.guardians[who].id or 0, answer, play.clock.now)


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


@pytest.mark.parametrize("who", ["Amina", "Piotr", "Ioana", "Farah", "Samira"])
@pytest.mark.parametrize("said", ["1", "[tap 1]"])
def test_a_number_is_no_answer_about_another_event(on_both: Player, people: People, who: str, said: str) -> None:
    """The event that was asked about is called off before the answer comes, and one other is left."""
    gone, left = _event(on_both, people), _event(on_both, people, "Bread baking", days=1)
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
    assert _answers(on_both) == {}


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
        Coatpeg: Is there anything that would help you...
          1 Nothing, thank you
          ...
        Amina: [tap 1]
        Coatpeg: You are on the list. We look forward to seeing you.
    """)
    assert list(_answers(on_both).values()) == ["coming"]


def test_only_what_the_child_is_invited_to(play: Player, people: People) -> None:
    _event(play, people, "Baby songs", room_id=people.rooms["Caterpillars"].id)
    assert play.say("Amina", "EVENTS")[0].text.startswith("There is no event")
    assert "Baby songs" in play.say("Piotr", "EVENTS")[0].text


def test_of_one_title_in_two_rooms_the_room_is_named_to_who_has_children_in_both(
    on_both: Player, people: People
) -> None:
    for room in ("Butterflies", "Caterpillars"):
        _event(on_both, people, "Songs", room_id=people.rooms[room].id)
    listed, told = on_both.say("Ioana", "EVENTS")[0].choices, on_both.say("Ioana", "2")[0].text
    assert [one.partition(",")[0] for one in listed] == ["Songs (Butterflies)", "Songs (Caterpillars)"]
    assert told.startswith("Songs (Caterpillars): ")
    assert on_both.say("Amina", "EVENTS")[0].text.startswith("Songs: ")


def test_a_full_event_has_a_waiting_list(play: Player, people: People) -> None:
    event = _event(play, people, capacity=1)
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


def test_whoever_is_coming_may_still_say_no_to_the_reminder(play: Player, people: People) -> None:
    event = _event(play, people)
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
    assert list(_answers(play).values()) == ["not"]


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


def test_how_easy_it_is_to_come(on_both: Player, people: People) -> None:
    facts: dict[str, Any] = {"step_free": False, "parking": True, "creche": True, "interpreters": "pl,Urdu,BSL"}
    _event(on_both, people, notes="Bring a hat.", **facts)
    on_both("""
        Amina: EVENTS
        Coatpeg: Stay and play: Fri 4 Dec at 15:30. There are steps. You can park there. There is a creche. Interpreters: Polish, Urdu, British Sign Language.
          Bring a hat.
          Are you coming?
          ...
    """)  # noqa: E501
    assert "polski, urdu" in on_both.say("Piotr", "EVENTS")[0].text


def test_several_things_would_help(on_both: Player, people: People) -> None:
    _event(on_both, people, creche=True)
    on_both("""
        Amina: EVENTS
        Coatpeg: ...
          ...
        Amina: [tap 1]
        Coatpeg: Is there anything that would help you to take part? ...
          ...
        Amina: [tap 2]
        Coatpeg: Thank you, I have noted it. Anything else?
          1 That is all
          2 A creche place
          3 Help with access
          4 Food that I can eat
        Amina: BACK
        Coatpeg: Is there anything that would help you to take part? ...
          ...
        Amina: [tap 2]
        Coatpeg: Thank you, I have noted it. Anything else?
          ...
        Amina: [tap 2]
        Coatpeg: Thank you, I have noted it. Anything else?
          ...
        Amina: [tap 1]
        Coatpeg: You are on the list. We look forward to seeing you.
    """)
    with on_both.session() as session:
        assert session.exec(select(Rsvp)).one().wants == "interpreter,creche"
        about = session.exec(select(Task)).one().about
        assert about == "event 1, interpreter (ask which language), creche"


def test_several_numbers_at_once(on_both: Player, people: People) -> None:
    _event(on_both, people, creche=False)
    for words in ("EVENTS", "1"):
        on_both.say("Piotr", words)
    assert len(on_both.heard[-1].choices) == 4, "no creche, so none is offered"
    assert on_both.say("Piotr", "2 9")[0].choices == on_both.heard[-2].choices, "there is no ninth: asked again"
    on_both.say("Piotr", "2, 4")
    with on_both.session() as session:
        assert session.exec(select(Rsvp)).one().wants == "interpreter,food"
        assert session.exec(select(Task)).one().about.endswith(", interpreter (Polish), food")


@pytest.mark.parametrize(
    ("who", "said", "answer"),
    [
        ("Amina", "Yes please!", "coming"),
        ("Amina", "yes we are 😊", "coming"),
        ("Amina", "no, sorry", "not"),
        ("Amina", "maybe", "maybe"),
        ("Piotr", "tak, dziękuję", "coming"),
        ("Piotr", "nie", "not"),
        ("Ioana", "da", "coming"),
        ("Ioana", "nu, mulțumesc", "not"),
        ("Farah", "جی ہاں", "coming"),
        ("Samira", "نعم", "coming"),
        ("Samira", "لا شكرا", "not"),
        ("Samira", "yes", "coming"),
    ],
)
def test_yes_and_no_are_answers(on_both: Player, people: People, who: str, said: str, answer: str) -> None:
    _event(on_both, people)
    for words in ("EVENTS", said):
        on_both.say(who, words)
    if answer == "coming":
        on_both.say(who, "1")
    assert _answers(on_both) == {people.guardians[who].id: answer}


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("Amina", "2 people"),
        ("Amina", "there will be 2 of us"),
        ("Piotr", "nas 2"),
        ("Piotr", "2 osoby"),
        ("Ioana", "venim 2"),
        ("Farah", "ہم ۲ لوگ"),
        ("Samira", "نحن ٢"),
    ],
)
def test_how_many_come_is_said_in_words_too(on_both: Player, people: People, who: str, said: str) -> None:
    _event(on_both, people, capacity=4)
    for words in ("EVENTS", "1", said, "1"):
        on_both.say(who, words)
    with on_both.session() as session:
        assert session.exec(select(Rsvp)).one().people == 2


@pytest.mark.parametrize("said", ["0", "two adults 1 child and 1 baby", "many", "99999999999"])
def test_a_number_that_is_none_is_asked_for_again(on_both: Player, people: People, said: str) -> None:
    _event(on_both, people, capacity=20)
    for words in ("EVENTS", "1"):
        on_both.say("Amina", words)
    assert "from 1 to 9" in on_both.say("Amina", said)[0].text


@pytest.mark.parametrize(
    ("places", "told"), [(3, "There are 3 places in all. ..."), (1, "There is 1 place in all. ...")]
)
def test_nobody_waits_for_more_places_than_there_are(on_both: Player, people: People, places: int, told: str) -> None:
    _event(on_both, people, capacity=places)
    for words in ("EVENTS", "1"):
        on_both.say("Amina", words)
    on_both(f"""
        Amina: 5
        Coatpeg: {told}
          How many of you are coming? ...
        Amina: 1
        Coatpeg: Is there anything that would help you ...
          ...
    """)


@pytest.mark.parametrize("who", ["Piotr", "Samira", "Farah", "Ioana"])
def test_in_the_readers_language(on_both: Player, people: People, who: str) -> None:
    _event(on_both, people, capacity=5)
    for words in ("EVENTS", "1", "3", "1"):
        said = on_both.say(who, words)
    assert said[0].language not in ("", "en_GB")
    with on_both.session() as session:
        kept = session.exec(select(Rsvp)).one()
        assert (kept.answer, kept.people) == ("coming", 3)


def test_two_guardians_answer_apart(on_both: Player, people: People) -> None:
    _event(on_both, people)
    for words in ("EVENTS", "1", "1"):
        on_both.say("Amina", words)
    assert len(on_both.say("Farah", "EVENTS")[0].text.splitlines()) == 2, "nothing of what Amina said"
    on_both.say("Farah", "2")
    assert sorted(_answers(on_both).values()) == ["coming", "not"]


@pytest.mark.parametrize("then", ["MENU", "ABSENT", ""])
def test_who_is_coming_is_on_the_list_though_the_rest_is_never_answered(
    on_both: Player, people: People, then: str
) -> None:
    _event(on_both, people)
    for words in ("EVENTS", "1", *filter(None, [then])):
        on_both.say("Amina", words)
    on_both.clock.pass_(days=3)
    assert _answers(on_both) == {people.guardians["Amina"].id or 0: "coming"}


def test_menu_in_the_middle_keeps_nothing(on_both: Player, people: People) -> None:
    _event(on_both, people)
    for words in ("EVENTS", "MENU"):
        on_both.say("Amina", words)
    assert _answers(on_both) == {}


def test_a_place_that_was_given_on(on_both: Player, people: People) -> None:
    event = _event(on_both, people, capacity=1)
    for who in ("Amina", "Piotr", "Samira"):
        _answer(on_both, people, event, who, Coming.YES)
    _answer(on_both, people, event, "Amina", Coming.NO)
    on_both.push("Piotr", "event_place", {"event": event.id}, topic=Topic.EVENTS)
    assert len(on_both.deliver()) == 1
    on_both.clock.pass_(hours=23)
    with on_both.session() as session:
        rsvps.let_lapse(session, on_both.clock.now + timedelta(hours=1))
    on_both.say("Piotr", "1")
    assert _answers(on_both)[people.guardians["Piotr"].id or 0] == "waiting"
    on_both.push("Piotr", "event_place", {"event": event.id}, topic=Topic.EVENTS)
    assert on_both.deliver() == [], "there is no place for Piotr now"


def test_a_link_for_the_calendar(on_both: Player, people: People) -> None:
    _event(on_both, people)
    on_both("""
        Amina: EVENTS
        Coatpeg: ...
          ...
        Amina: [tap 4]
        Coatpeg: Open this link on your phone to see our events and your booked times in its calendar. ...
          .../calendar/...
    """)
    assert _answers(on_both) == {}


def test_a_link_is_sent_again_or_cut_off(on_both: Player, people: People) -> None:
    _event(on_both, people)
    first = _link(on_both)
    on_both("""
        Amina: EVENTS
        Coatpeg: ...
          ...
        Amina: calendar
        Coatpeg: You have a link to your calendar already. What shall we do with it?
          1 Send it again
          2 Cut it off
    """)
    assert on_both.say("Amina", "1")[0].text.splitlines()[-1] == first
    for words in ("EVENTS", "4"):
        on_both.say("Amina", words)
    on_both("""
        Amina: [tap 2]
        Coatpeg: The link is cut off: it shows nobody anything more. For a new one, text EVENTS.
    """)
    assert _link(on_both) != first


def _link(play: Player) -> str:
    for words in ("EVENTS", "4"):
        said = play.say("Amina", words)
    return said[0].text.splitlines()[-1]


def test_with_no_event_a_link_can_be_cut_off_all_the_same(on_both: Player, people: People) -> None:
    made = _event(on_both, people)
    _link(on_both)
    with on_both.session() as session:
        events.cancel(session, session.get_one(Event, made.id), "", MONDAY)
    on_both("""
        Amina: EVENTS
        Coatpeg: There is no event in our calendar now. We will tell you when there is one.
          You have a link to your calendar already. What shall we do with it?
          1 Send it again
          2 Cut it off
        Amina: cut it off
        Coatpeg: The link is cut off: ...
        Amina: EVENTS
        Coatpeg: There is no event in our calendar now. We will tell you when there is one.
    """)


def test_whoever_has_booked_a_time_may_have_it_with_no_event(on_both: Player, people: People) -> None:
    with on_both.session() as session:
        starts = MONDAY + timedelta(days=2)
        [free] = appointments.offer(session, appointments.Kind.TALK, people.staff["Grace"], starts, 20, 1, now=MONDAY)
        amina, noor = people.guardians["Amina"].id or 0, people.children["Noor"].id or 0
        assert bookings.take(session, free.id or 0, amina, noor, MONDAY)
    on_both("""
        Amina: EVENTS
        Coatpeg: There is no event in our calendar now. ...
          The times you have booked can be in your phone's calendar.
          1 Add to my calendar
        Amina: [tap 1]
        Coatpeg: Open this link ...
          .../calendar/...
    """)


def test_called_off(on_both: Player, people: People) -> None:
    event = _event(on_both, people)
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
    _event(on_both, people)
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
