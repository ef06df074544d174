"""BOOK: a time with staff is chosen, changed, given up; two never get the same; nobody sees another's."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from bot.channels.wording import bodies, count
from nursery import appointments
from nursery.appointments import Appointment, Kind
from nursery.guardians import Guardianship, Topic
from nursery.inbox import InboundMessage
from nursery.tasks import Task
from tests.cast import MONDAY, People
from tests.handlers.bookings import BOOKED, STARTS, holders, offer, tasks_of
from tests.talking import Player, says_word


def test_a_time_is_chosen(on_both: Player, people: People) -> None:
    offer(on_both, people)
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
    assert holders(on_both, people) == ["Amina", ""]
    assert tasks_of(on_both) == []
    with on_both.session() as session:
        booked = session.get_one(Appointment, 1)
        assert (booked.child_id, booked.booked_at) == (people.children["Noor"].id, MONDAY)


def test_many_times_come_in_pages(on_both: Player, people: People) -> None:
    offer(on_both, people, count=9)
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
    offer(play, people)
    assert play.say("Amina", word)[0].text == "Review of progress, Noor, Grace: which time suits you?"


def test_what_is_needed_there_is_a_task_without_the_words(on_both: Player, people: People) -> None:
    offer(on_both, people)
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
    assert tasks_of(on_both) == [("needs for a booking", "time 1")]
    with on_both.session() as session:
        assert session.get_one(Appointment, 1).needs == "Step-free, please"
        assert session.exec(select(InboundMessage).where(InboundMessage.text == "Step-free, please")).one().for_staff


def test_an_interpreter(on_both: Player, people: People) -> None:
    offer(on_both, people)
    for words in ("BOOK", "1", "1"):
        on_both.say("Farah", words)
    assert tasks_of(on_both) == [("interpreter for a booking", "time 1")]
    with on_both.session() as session:
        assert session.get_one(Appointment, 1).interpreter


def test_of_two_at_once_one_gets_it_and_the_other_the_next(on_both: Player, people: People) -> None:
    offer(on_both, people)
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
    assert holders(on_both, people) == ["Amina", ""]


def test_a_number_means_the_list_as_it_was_read(on_both: Player, people: People) -> None:
    offer(on_both, people, 3)
    on_both.say("Amina", "BOOK")
    for words in ("BOOK", "1", "2"):
        on_both.say("Samira", words)
    for words in ("2", "2"):
        on_both.say("Amina", words)
    assert holders(on_both, people) == ["Samira", "Amina", ""]


def test_what_for_is_asked_where_there_are_several(on_both: Player, people: People) -> None:
    offer(on_both, people, 1)
    offer(on_both, people, 1, Kind.HOME_VISIT, starts=STARTS + timedelta(days=1))
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
    assert tasks_of(on_both) == [("asks for a time", "talk")]
    with on_both.session() as session:
        assert session.exec(select(Task)).one().staff_id == people.staff["Grace"].id
        assert session.exec(select(InboundMessage).where(InboundMessage.text == "Fridays after four")).one().for_staff


def test_none_of_these_asks_for_one(on_both: Player, people: People) -> None:
    offer(on_both, people)
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
    offer(on_both, people, room_id=people.rooms["Caterpillars"].id)
    for words in ("BOOK", "2", "1", "2"):
        on_both.say("Ioana", words)
    with on_both.session() as session:
        assert session.get_one(Appointment, 1).child_id == people.children["Mara"].id
    for words in ("BOOK", "3", "1"):
        said = on_both.say("Ioana", words)
    assert len(said[0].choices) == 4  # for Andrei, of the other room, there is none: what is it for?


@pytest.mark.parametrize("who", ["Samira", "Piotr"])
def test_only_what_is_for_the_child(play: Player, people: People, who: str) -> None:
    offer(play, people, child=people.children["Noor"])
    assert play.say("Amina", "BOOK")[0].text == "Review of progress, Noor, Grace: which time suits you?"
    assert len(play.say(who, "BOOK")[0].choices) == 4


def test_two_guardians_have_each_their_own(on_both: Player, people: People) -> None:
    offer(on_both, people, child=people.children["Noor"])
    for words in ("BOOK", "1", "2"):
        on_both.say("Amina", words)
    for words in ("LANGUAGE", "English", "BOOK"):
        said = on_both.say("Farah", words)
    assert said[0].text == "Review of progress, Noor, Grace: which time suits you?"
    assert said[0].choices == ("Tue 1 Dec 10:20", "None of these")
    for words in ("1", "2", "BOOK", "2"):
        on_both.say("Farah", words)
    assert holders(on_both, people) == ["Amina", ""]
    assert not any("Amina" in one.text for one in on_both.heard if one.who == "Farah")


def test_what_is_kept_for_one_guardian_the_other_never_sees(on_both: Player, people: People) -> None:
    amina = people.guardians["Amina"].id
    offer(on_both, people, child=people.children["Noor"], guardian_id=amina, tells=True)
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
    offer(on_both, people)
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
    assert holders(on_both, people) == ["", "Amina"]


def test_menu_before_a_time_is_chosen_books_nothing(on_both: Player, people: People) -> None:
    offer(on_both, people)
    for words in ("BOOK", "MENU"):
        on_both.say("Amina", words)
    assert holders(on_both, people) == ["", ""]


def test_a_right_taken_back_in_the_middle(on_both: Player, people: People) -> None:
    offer(on_both, people)
    on_both.say("Amina", "BOOK")
    with on_both.session() as session:
        tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == people.guardians["Amina"].id)).one()
        tie.restricted_from = date(2026, 11, 23)
    said = on_both.say("Amina", "1")
    assert "Noor" not in said[0].text
    assert holders(on_both, people) == ["", ""]


def test_a_stranger_learns_nothing(on_both: Player, people: People) -> None:
    offer(on_both, people)
    said = on_both.say("Stranger", "BOOK")
    assert "Grace" not in "".join((said[0].text, *said[0].choices))


def test_that_there_are_times_is_told_to_whoever_has_none(on_both: Player, people: People) -> None:
    offer(on_both, people, tells=True)
    for words in ("BOOK", "1", "2"):
        on_both.say("Samira", words)
    for who in ("Amina", "Samira"):
        on_both.push(who, "booking_offer", {"appointment": 2}, topic=Topic.CARE)
    on_both("""
        Coatpeg to Amina: We have times to meet Grace. What for: Review of progress. To choose a time, text BOOK.
    """)


@pytest.mark.parametrize("who", ["Piotr", "Samira", "Farah", "Ioana"])
def test_in_the_readers_language(on_both: Player, people: People, who: str) -> None:
    offer(on_both, people)
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
    assert holders(on_both, people) == [who, ""]
