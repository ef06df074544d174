"""A booked time is moved, given up or called off, and what was needed there goes with it."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from nursery import appointments
from nursery.appointments import Appointment, Kind
from nursery.tasks import Task
from tests.cast import MONDAY, People
from tests.handlers.bookings import STARTS, holders, offer, tasks_of
from tests.talking import Player


def test_it_is_moved_and_what_was_needed_goes_with_it(on_both: Player, people: People) -> None:
    offer(on_both, people)
    for words in ("BOOK", "1", "1"):
        on_both.say("Amina", words)
    on_both("""
        Amina: BOOK
        Coatpeg: Review of progress, Noor: Tue 1 Dec at 10:00, 20 minutes, with Grace. Where: Little Acorns.
          What would you like to do?
          1 Another time
          2 I can't come
          3 Book something else
          4 Leave it as it is
        Amina: [tap 1]
        Coatpeg: Review of progress, Noor, Grace: which time suits you?
          1 Tue 1 Dec 10:20
          2 None of these
        Amina: [tap 1]
        Coatpeg: Booked. Review of progress, Noor: Tue 1 Dec at 10:20, ...
    """)
    assert holders(on_both, people) == ["", "Amina"]
    with on_both.session() as session:
        assert [session.get_one(Appointment, number).interpreter for number in (1, 2)] == [False, True]


def test_it_is_given_up_and_staff_know(on_both: Player, people: People) -> None:
    offer(on_both, people, 1)
    for words in ("BOOK", "1", "2"):
        on_both.say("Amina", words)
    on_both("""
        Amina: BOOK
        Coatpeg: Review of progress, Noor: ...
          ...
        Amina: [tap 2]
        Coatpeg: Thank you for telling us. It is no longer booked. For another time, text BOOK.
    """)
    assert holders(on_both, people) == [""]
    assert tasks_of(on_both) == [("booking given up", "time 1")]


def test_it_is_left_as_it_is(on_both: Player, people: People) -> None:
    offer(on_both, people, 1)
    for words in ("BOOK", "1", "2", "BOOK"):
        on_both.say("Amina", words)
    on_both("""
        Amina: [tap 4]
        Coatpeg: That is fine. We look forward to seeing you.
    """)
    assert holders(on_both, people) == ["Amina"]


def test_called_off_with_an_apology_and_others(on_both: Player, people: People) -> None:
    first, second = offer(on_both, people)
    for words in ("BOOK", "1", "2"):
        on_both.say("Amina", words)
    with on_both.session() as session:
        appointments.withdraw(session, session.get_one(Appointment, first), MONDAY)
    noor = people.children["Noor"].id
    on_both.push("Amina", "book_time", {"child": noor, "kind": "review", "offered": [second], "cancelled": first})
    on_both("""
        Coatpeg to Amina: We are sorry, we have to call this off:
          Review of progress, Noor: Tue 1 Dec at 10:00, 20 minutes, with Grace. Where: Little Acorns.
          Review of progress, Noor, Grace: which time suits you?
          1 Tue 1 Dec 10:20
          2 None of these
        Amina: [tap 1]
        Coatpeg: Do you need ...
          ...
        Amina: [tap 2]
        Coatpeg: Booked. Review of progress, Noor: Tue 1 Dec at 10:20, ...
    """)
    assert holders(on_both, people) == ["Amina", "Amina"]


def test_an_older_message_moves_rather_than_books_twice(play: Player, people: People) -> None:
    offered = offer(play, people)
    noor = people.children["Noor"].id
    play.push("Amina", "book_time", {"child": noor, "kind": "review", "offered": offered, "gone": True})
    play.deliver()
    play.say("Amina", "MENU")
    for words in ("BOOK", "1", "2"):
        play.say("Amina", words)
    play("""
        Amina: [tap 2 on just gone]
        Coatpeg: Booked. Review of progress, Noor: Tue 1 Dec at 10:20, ...
    """)
    assert holders(play, people) == ["", "Amina"]


def test_a_reminder_and_none_of_what_is_given_up(on_both: Player, people: People) -> None:
    offer(on_both, people, 1)
    for words in ("BOOK", "1", "2"):
        on_both.say("Amina", words)
    on_both.push("Amina", "booking_reminder", {"appointment": 1})
    on_both("""
        Coatpeg to Amina: Review of progress, Noor: Tue 1 Dec at 10:00, ... To change it, text BOOK.
    """)
    for words in ("BOOK", "2"):
        on_both.say("Amina", words)
    on_both.push("Amina", "booking_reminder", {"appointment": 1})
    assert on_both.deliver() == []


def _open_tasks(play: Player) -> list[tuple[str, str, int | None]]:
    with play.session() as session:
        chosen = select(Task).where(col(Task.done_at).is_(None)).order_by(col(Task.id))
        return [(task.kind, task.about, task.staff_id) for task in session.exec(chosen)]


@pytest.mark.parametrize(("needs", "kind"), [("1", "interpreter for a booking"), ("Step-free", "needs for a booking")])
def test_what_is_needed_there_is_to_be_seen_to_for_the_time_it_is_moved_to(
    on_both: Player, people: People, needs: str, kind: str
) -> None:
    offer(on_both, people, 1)
    with on_both.session() as session:
        starts = STARTS + timedelta(days=1)
        appointments.offer(session, Kind.REVIEW, people.staff["Helen"], starts, 20, 1, now=MONDAY)
    for words in ("BOOK", "1", needs):
        on_both.say("Amina", words)
    assert _open_tasks(on_both) == [(kind, "time 1", people.staff["Grace"].id)]
    for words in ("BOOK", "1", "1"):
        on_both.say("Amina", words)
    assert _open_tasks(on_both) == [(kind, "time 2", people.staff["Helen"].id)]


def test_an_interpreter_seen_to_already_is_asked_for_again_when_it_is_moved(on_both: Player, people: People) -> None:
    offer(on_both, people)
    for words in ("BOOK", "1", "1"):
        on_both.say("Farah", words)
    with on_both.session() as session:
        session.exec(select(Task)).one().done_at = MONDAY
    for words in ("BOOK", "1", "1"):
        on_both.say("Farah", words)
    assert [about for _, about, _ in _open_tasks(on_both)] == ["time 2"]


def test_an_interpreter_is_not_wanted_for_what_is_given_up_or_called_off(on_both: Player, people: People) -> None:
    offer(on_both, people)
    for who in ("Amina", "Farah"):
        for words in ("BOOK", "1", "1"):
            on_both.say(who, words)
    assert [about for _, about, _ in _open_tasks(on_both)] == ["time 1", "time 2"]
    for words in ("BOOK", "2"):
        on_both.say("Amina", words)
    assert [(kind, about) for kind, about, _ in _open_tasks(on_both)] == [
        ("interpreter for a booking", "time 2"),
        ("booking given up", "time 1"),
    ]
    with on_both.session() as session:
        appointments.withdraw(session, session.get_one(Appointment, 2), MONDAY)
    assert [kind for kind, _, _ in _open_tasks(on_both)] == ["booking given up"]
