"""A link for the phone's own calendar: asked for, sent again, cut off."""

from datetime import timedelta

from nursery import appointments, bookings, events
from nursery.events import Event
from tests.cast import MONDAY, People
from tests.handlers.events import answers_kept, new_event
from tests.talking import Player


def test_a_link_for_the_calendar(on_both: Player, people: People) -> None:
    new_event(on_both, people)
    on_both("""
        Amina: EVENTS
        Coatpeg: ...
          ...
        Amina: [tap 4]
        Coatpeg: Open this link on your phone to see our events and your booked times in its calendar. ...
          .../calendar/...
    """)
    assert answers_kept(on_both) == {}


def test_a_link_is_sent_again_or_cut_off(on_both: Player, people: People) -> None:
    new_event(on_both, people)
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
    made = new_event(on_both, people)
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
