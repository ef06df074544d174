"""BOOK: a time with staff is chosen, changed, given up; two never get the same; nobody sees another's."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import col, select

from bot.channels.wording import bodies, count
from nursery import appointments
from nursery.appointments import Appointment, Kind
from nursery.guardians import Guardianship, Topic
from nursery.inbox import InboundMessage
from nursery.tasks import Task
from tests.cast import MONDAY, People
from tests.talking import Player, says_word

STARTS = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)

BOOKED = """
    Coatpeg: Booked. Review of progress, Noor: Tue 1 Dec at 10:00, 20 minutes, with Grace. Where: Little Acorns. ...
"""


def _offer(play: Player, people: People, count: int = 2, kind: Kind = Kind.REVIEW, **fields: object) -> list[int]:
    starts = fields.pop("starts", STARTS)
    with play.session() as session:
        made = appointments.offer(session, kind, people.staff["Grace"], starts, 20, count, now=MONDAY, **fields)  # type: ignore[arg-type]
        return [one.id or 0 for one in made]


def _holders(play: Player, people: People) -> list[str]:
    """Who has which time, in order of time."""
    names = {guardian.id: name for name, guardian in people.guardians.items()}
    with play.session() as session:
        every = session.exec(select(Appointment).order_by(col(Appointment.starts_at), col(Appointment.id)))
        return [names.get(one.guardian_id, "") for one in every]


def _tasks(play: Player) -> list[tuple[str, str]]:
    with play.session() as session:
        return [(task.kind, task.about) for task in session.exec(select(Task).order_by(col(Task.id)))]


def test_a_time_is_chosen(on_both: Player, people: People) -> None:
    _offer(on_both, people)
    on_both(f"""
        Amina: BOOK
        Coatpeg: Review of progress, Noor, Grace: which time suits you?
          1 Tue 1 Dec 10:00
          2 Tue 1 Dec 10:20
          3 None of these
        Amina: [tap 1]
        Coatpeg: Do you need anything there, such as an interpreter or step-free access?
          1 An interpreter
          2 Nothing needed
        Amina: [tap 2]
        {BOOKED}
    """)
    assert _holders(on_both, people) == ["Amina", ""]
    assert _tasks(on_both) == []
    with on_both.session() as session:
        booked = session.get_one(Appointment, 1)
        assert (booked.child_id, booked.booked_at) == (people.children["Noor"].id, MONDAY)


def test_many_times_come_in_pages(on_both: Player, people: People) -> None:
    _offer(on_both, people, count=9)
    on_both("""
        Amina: BOOK
        Coatpeg: Review of progress, Noor, Grace: which time suits you?
          1 Tue 1 Dec 10:00
          2 Tue 1 Dec 10:20
          3 Tue 1 Dec 10:40
          4 Tue 1 Dec 11:00
          5 More
          6 None of these
        Amina: [tap 5]
        Coatpeg: Review of progress, Noor, Grace: which time suits you?
          1 Tue 1 Dec 11:20
          2 Tue 1 Dec 11:40
          3 Tue 1 Dec 12:00
          4 Tue 1 Dec 12:20
          5 Tue 1 Dec 12:40
          6 None of these
        Amina: BACK
        Coatpeg: Review of progress, Noor, Grace: which time suits you?
          ...
        Amina: Tue 1 Dec 12:40
        Coatpeg: Do you need anything there...
          ...
        Amina: [tap 2]
        Coatpeg: Booked. Review of progress, Noor: Tue 1 Dec at 12:40, ...
    """)


@pytest.mark.parametrize("who", ["Piotr", "Ioana", "Samira", "Farah"])
def test_a_page_of_times_with_different_people_is_four_parts(play: Player, people: People, who: str) -> None:
    play.channel = "sms"
    with play.session() as session:
        for day, name in enumerate(("Grace", "Helen") * 4):
            starts = STARTS + timedelta(days=day)
            appointments.offer(session, Kind.REVIEW, people.staff[name], starts, 20, 1, now=MONDAY)
    said = play.say(who, "BOOK")[0]
    if who == "Ioana":
        said = play.say(who, "1")[0]
    assert any("Helen" in choice for choice in said.choices)
    assert count(bodies(said.text, said.choices)) <= 4


@pytest.mark.parametrize("word", ["Booking", "appointment.", "APPOINTMENTS", "meeting"])
def test_its_other_words(play: Player, people: People, word: str) -> None:
    _offer(play, people)
    assert play.say("Amina", word)[0].text == "Review of progress, Noor, Grace: which time suits you?"


def test_what_is_needed_there_is_a_task_without_the_words(on_both: Player, people: People) -> None:
    _offer(on_both, people)
    on_both(f"""
        Amina: BOOK
        Coatpeg: Review ...
          ...
        Amina: [tap 1]
        Coatpeg: Do you need anything there...
          ...
        Amina: Step-free, please
        {BOOKED}
    """)
    assert _tasks(on_both) == [("needs for a booking", "time 1")]
    with on_both.session() as session:
        assert session.get_one(Appointment, 1).needs == "Step-free, please"
        assert session.exec(select(InboundMessage).where(InboundMessage.text == "Step-free, please")).one().for_staff


def test_an_interpreter(on_both: Player, people: People) -> None:
    _offer(on_both, people)
    for words in ("BOOK", "1", "1"):
        on_both.say("Farah", words)
    assert _tasks(on_both) == [("interpreter for a booking", "time 1")]
    with on_both.session() as session:
        assert session.get_one(Appointment, 1).interpreter


def test_of_two_at_once_one_gets_it_and_the_other_the_next(on_both: Player, people: People) -> None:
    _offer(on_both, people)
    on_both("""
        Samira: LANGUAGE
        Coatpeg: ...
          ...
        Samira: English
        Coatpeg: ...
    """)
    on_both(f"""
        Amina: BOOK
        Coatpeg: Review ...
          ...
        Samira: BOOK
        Coatpeg: Review of progress, Yusuf, Grace: which time suits you?
          ...
        Amina: [tap 1]
        Coatpeg: Do you need ...
          ...
        Samira: [tap 1]
        Coatpeg: I am sorry, that time has just gone.
          Review of progress, Yusuf, Grace: which time suits you?
          1 Tue 1 Dec 10:20
          2 None of these
        Amina: [tap 2 on Do you need]
        {BOOKED}
    """)
    assert _holders(on_both, people) == ["Amina", ""]


def test_a_number_means_the_list_as_it_was_read(on_both: Player, people: People) -> None:
    _offer(on_both, people, 3)
    on_both.say("Amina", "BOOK")
    for words in ("BOOK", "1", "2"):
        on_both.say("Samira", words)
    for words in ("2", "2"):
        on_both.say("Amina", words)
    assert _holders(on_both, people) == ["Samira", "Amina", ""]


def test_it_is_moved_and_what_was_needed_goes_with_it(on_both: Player, people: People) -> None:
    _offer(on_both, people)
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
    assert _holders(on_both, people) == ["", "Amina"]
    with on_both.session() as session:
        assert [session.get_one(Appointment, number).interpreter for number in (1, 2)] == [False, True]


def test_it_is_given_up_and_staff_know(on_both: Player, people: People) -> None:
    _offer(on_both, people, 1)
    for words in ("BOOK", "1", "2"):
        on_both.say("Amina", words)
    on_both("""
        Amina: BOOK
        Coatpeg: Review of progress, Noor: ...
          ...
        Amina: [tap 2]
        Coatpeg: Thank you for telling us. It is no longer booked. For another time, text BOOK.
    """)
    assert _holders(on_both, people) == [""]
    assert _tasks(on_both) == [("booking given up", "time 1")]


def test_it_is_left_as_it_is(on_both: Player, people: People) -> None:
    _offer(on_both, people, 1)
    for words in ("BOOK", "1", "2", "BOOK"):
        on_both.say("Amina", words)
    on_both("""
        Amina: [tap 4]
        Coatpeg: That is fine. We look forward to seeing you.
    """)
    assert _holders(on_both, people) == ["Amina"]


def test_what_for_is_asked_where_there_are_several(on_both: Player, people: People) -> None:
    _offer(on_both, people, 1)
    _offer(on_both, people, 1, Kind.HOME_VISIT, starts=STARTS + timedelta(days=1))
    on_both("""
        Amina: BOOK
        Coatpeg: What would you like a time for?
          1 Review of progress
          2 Home visit
          3 Something else
        Amina: [tap 2]
        Coatpeg: Home visit, Noor, Grace: which time suits you?
          1 Wed 2 Dec 10:00
          2 None of these
        Amina: [tap 1]
        Coatpeg: Do you need ...
          ...
        Amina: [tap 2]
        Coatpeg: Booked. Home visit, Noor: Wed 2 Dec at 10:00, 20 minutes, with Grace. Where: your home. ...
    """)


def test_no_time_is_no_dead_end(on_both: Player, people: People) -> None:
    on_both("""
        Amina: BOOK
        Coatpeg: There is no free time on my list just now.
          What would you like a time for?
          1 Review of progress
          2 Home visit
          3 Talk with staff
          4 Visit to look around
        Amina: [tap 3]
        Coatpeg: Which days and times would suit you? We will look for one.
        Amina: Fridays after four
        Coatpeg: Thank you. Grace looks for a time and writes to you by Wed 25 Nov. Or ring 01632 960123.
    """)
    assert _tasks(on_both) == [("asks for a time", "talk")]
    with on_both.session() as session:
        assert session.exec(select(Task)).one().staff_id == people.staff["Grace"].id
        assert session.exec(select(InboundMessage).where(InboundMessage.text == "Fridays after four")).one().for_staff


def test_none_of_these_asks_for_one(on_both: Player, people: People) -> None:
    _offer(on_both, people)
    on_both("""
        Amina: BOOK
        Coatpeg: Review ...
          ...
        Amina: none
        Coatpeg: Which days and times would suit you? We will look for one.
        Amina: BACK
        Coatpeg: What can I do for you?
          ...
    """)


def test_which_child(on_both: Player, people: People) -> None:
    _offer(on_both, people, room_id=people.rooms["Caterpillars"].id)
    for words in ("BOOK", "2", "1", "2"):
        on_both.say("Ioana", words)
    with on_both.session() as session:
        assert session.get_one(Appointment, 1).child_id == people.children["Mara"].id
    for words in ("BOOK", "3", "1"):
        said = on_both.say("Ioana", words)
    assert len(said[0].choices) == 4  # for Andrei, of the other room, there is none: what is it for?


@pytest.mark.parametrize("who", ["Samira", "Piotr"])
def test_only_what_is_for_the_child(play: Player, people: People, who: str) -> None:
    _offer(play, people, child=people.children["Noor"])
    assert play.say("Amina", "BOOK")[0].text == "Review of progress, Noor, Grace: which time suits you?"
    assert len(play.say(who, "BOOK")[0].choices) == 4


def test_two_guardians_have_each_their_own(on_both: Player, people: People) -> None:
    _offer(on_both, people, child=people.children["Noor"])
    for words in ("BOOK", "1", "2"):
        on_both.say("Amina", words)
    for words in ("LANGUAGE", "English", "BOOK"):
        said = on_both.say("Farah", words)
    assert said[0].text == "Review of progress, Noor, Grace: which time suits you?"
    assert said[0].choices == ("Tue 1 Dec 10:20", "None of these")
    for words in ("1", "2", "BOOK", "2"):
        on_both.say("Farah", words)
    assert _holders(on_both, people) == ["Amina", ""]
    assert not any("Amina" in one.text for one in on_both.heard if one.who == "Farah")


def test_what_is_kept_for_one_guardian_the_other_never_sees(on_both: Player, people: People) -> None:
    amina = people.guardians["Amina"].id
    _offer(on_both, people, child=people.children["Noor"], guardian_id=amina, tells=True)
    on_both.say("Farah", "LANGUAGE")
    on_both.say("Farah", "English")
    nothing = on_both.say("Farah", "BOOK")[0].text
    assert nothing.startswith("There is no free time on my list just now.")
    for words in ("BOOK", "1", "2"):
        on_both.say("Amina", words)
    assert on_both.heard[-1].text.startswith("Booked. Review of progress, Noor: Tue 1 Dec at 10:00")
    for words in ("BOOK", "2"):
        on_both.say("Amina", words)
    on_both.say("Farah", "MENU")
    assert on_both.say("Farah", "BOOK")[0].text == nothing  # given up, it is still kept for her alone
    for who in ("Amina", "Farah"):
        on_both.push(who, "booking_offer", {"appointment": 1})
    assert [one.who for one in on_both.deliver() if "times to meet" in one.text] == ["Amina"]


def test_a_time_that_was_chosen_is_theirs_though_the_rest_is_never_answered(on_both: Player, people: People) -> None:
    _offer(on_both, people)
    on_both("""
        Amina: BOOK
        Coatpeg: Review ...
          ...
        Amina: 7
        Coatpeg: I did not understand. ...
          ...
        Amina: [tap 2]
        Coatpeg: Do you need ...
          ...
        Amina: BACK
        Coatpeg: Review of progress, Noor: Tue 1 Dec at 10:20, ...
          What would you like to do?
          ...
        Amina: MENU
        Coatpeg: What can I do for you?
          ...
    """)
    assert _holders(on_both, people) == ["", "Amina"]


def test_menu_before_a_time_is_chosen_books_nothing(on_both: Player, people: People) -> None:
    _offer(on_both, people)
    for words in ("BOOK", "MENU"):
        on_both.say("Amina", words)
    assert _holders(on_both, people) == ["", ""]


def test_a_right_taken_back_in_the_middle(on_both: Player, people: People) -> None:
    _offer(on_both, people)
    on_both.say("Amina", "BOOK")
    with on_both.session() as session:
        tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == people.guardians["Amina"].id)).one()
        tie.restricted_from = date(2026, 11, 23)
    said = on_both.say("Amina", "1")
    assert "Noor" not in said[0].text
    assert _holders(on_both, people) == ["", ""]


def test_a_stranger_learns_nothing(on_both: Player, people: People) -> None:
    _offer(on_both, people)
    said = on_both.say("Stranger", "BOOK")
    assert "Grace" not in "".join((said[0].text, *said[0].choices))


def test_called_off_with_an_apology_and_others(on_both: Player, people: People) -> None:
    first, second = _offer(on_both, people)
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
    assert _holders(on_both, people) == ["Amina", "Amina"]


def test_an_older_message_moves_rather_than_books_twice(play: Player, people: People) -> None:
    offered = _offer(play, people)
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
    assert _holders(play, people) == ["", "Amina"]


def test_a_reminder_and_none_of_what_is_given_up(on_both: Player, people: People) -> None:
    _offer(on_both, people, 1)
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


def test_that_there_are_times_is_told_to_whoever_has_none(on_both: Player, people: People) -> None:
    _offer(on_both, people, tells=True)
    for words in ("BOOK", "1", "2"):
        on_both.say("Samira", words)
    for who in ("Amina", "Samira"):
        on_both.push(who, "booking_offer", {"appointment": 2}, topic=Topic.CARE)
    on_both("""
        Coatpeg to Amina: We have times to meet Grace. What for: Review of progress. To choose a time, text BOOK.
    """)


@pytest.mark.parametrize("who", ["Piotr", "Samira", "Farah", "Ioana"])
def test_in_the_readers_language(on_both: Player, people: People, who: str) -> None:
    _offer(on_both, people)
    language = people.guardians[who].language
    on_both.say(who, "BOOK")
    if who == "Ioana":
        on_both.say(who, "1")
    assert len(on_both.heard[-1].choices) == 3
    for words in ("1", "1"):
        on_both.say(who, words)
    assert {one.language for one in on_both.heard} == {language}
    assert "Grace" in on_both.heard[-1].text
    assert "10:00" in on_both.heard[-1].text
    assert says_word(on_both.heard[-1].text, "book", language)
    assert _holders(on_both, people) == [who, ""]


def _open_tasks(play: Player) -> list[tuple[str, str, int | None]]:
    with play.session() as session:
        chosen = select(Task).where(col(Task.done_at).is_(None)).order_by(col(Task.id))
        return [(task.kind, task.about, task.staff_id) for task in session.exec(chosen)]


@pytest.mark.parametrize(("needs", "kind"), [("1", "interpreter for a booking"), ("Step-free", "needs for a booking")])
def test_what_is_needed_there_is_to_be_seen_to_for_the_time_it_is_moved_to(
    on_both: Player, people: People, needs: str, kind: str
) -> None:
    _offer(on_both, people, 1)
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
    _offer(on_both, people)
    for words in ("BOOK", "1", "1"):
        on_both.say("Farah", words)
    with on_both.session() as session:
        session.exec(select(Task)).one().done_at = MONDAY
    for words in ("BOOK", "1", "1"):
        on_both.say("Farah", words)
    assert [about for _, about, _ in _open_tasks(on_both)] == ["time 2"]


def test_an_interpreter_is_not_wanted_for_what_is_given_up_or_called_off(on_both: Player, people: People) -> None:
    _offer(on_both, people)
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
