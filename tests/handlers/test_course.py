"""Courses: what there is, first what interests this guardian; a place, more about it, or not for me."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from nursery import courses, interests
from nursery.courses import Course, CourseReply, Details, Kind, Wish
from nursery.guardians import Guardianship, Topic
from nursery.interests import Tag
from nursery.people import Child
from nursery.tasks import open_tasks
from tests.cast import MONDAY, People
from tests.talking import Player

STARTS = MONDAY + timedelta(days=11, hours=1)


def _course(play: Player, people: People, title: str = "Cooking on a budget", **fields: object) -> Course:
    kind, tags = Kind(str(fields.pop("kind", "workshop"))), fields.pop("tags", (Tag.COOKING, Tag.MONEY))
    details = Details(kind, title, tags, **fields)  # type: ignore[arg-type]
    with play.session() as session:
        return courses.add_course(session, people.setting.id or 0, details, MONDAY)


def _wishes(play: Player) -> list[str]:
    with play.session() as session:
        return [kept.wish for kept in session.exec(select(CourseReply).order_by(CourseReply.id))]  # type: ignore[arg-type]


def _like(play: Player, people: People, who: str, tag: Tag) -> None:
    with play.session() as session:
        interests.note(session, people.guardians[who].id or 0, tag, MONDAY)


def test_a_place_is_taken_and_given_up(on_both: Player, people: People) -> None:
    course = _course(
        on_both, people, starts_at=STARTS, place="Hall", places=8, closes_on=date(2026, 12, 1), text="With Ann."
    )
    on_both("""
        Amina: Courses
        Coatpeg: Which would you like to know more about?
          1 Cooking on a budget, Fri 4 Dec
          2 What interests me
        Amina: [tap 1]
        Coatpeg: Cooking on a budget (workshop). When: Fri 4 Dec at 10:00. Where: Hall. Answer by Tue 1 Dec.
          With Ann.
          1 I would like a place
          2 I would like to know more
          3 Not for me
        Amina: [tap 1]
        Coatpeg: You have a place: Cooking on a budget. If that changes, text COURSES.
        Amina: COURSE
        Coatpeg: Which would you like to know more about?
          ...
        Amina: [tap 1]
        Coatpeg: Cooking on a budget (workshop). When: Fri 4 Dec at 10:00. ...
          With Ann.
          You have a place: Cooking on a budget. If that changes, text COURSES.
          ...
        Amina: [tap 3]
        Coatpeg: That is fine, thank you for telling us: Cooking on a budget.
    """)
    assert _wishes(on_both) == ["no"]
    with on_both.session() as session:
        found = open_tasks(session)
        assert {task.kind for task in found} == {"course answered"}
        assert [task.about for task in found] == [f"course {course.id}, place", f"course {course.id}, no"]
        assert {task.staff_id for task in found} == {people.staff["Helen"].id}


def test_a_course_that_ended_meanwhile_is_not_answered_as_something_else(on_both: Player, people: People) -> None:
    course = _course(on_both, people)
    on_both.say("Amina", "COURSES")
    on_both.say("Amina", "1")
    with on_both.session() as session:
        session.get_one(Course, course.id).ended_at = MONDAY
    on_both("""
        Amina: 1
        Coatpeg: I am sorry, this has changed since I asked you. Please look again and answer.
          There is nothing just now. What shall we tell you of?
          ...
    """)
    assert _wishes(on_both) == []
    with on_both.session() as session:
        assert interests.interests_of(session, people.guardians["Amina"].id or 0) == set()


def test_full(on_both: Player, people: People) -> None:
    course = _course(on_both, people, places=1)
    with on_both.session() as session:
        kept = session.get_one(Course, course.id)
        courses.reply(session, kept, people.guardians["Piotr"].id or 0, Wish.PLACE, MONDAY)
    on_both.say("Amina", "WORKSHOP")
    assert "It is full just now." in on_both.say("Amina", "1")[0].text
    on_both("""
        Amina: [tap 1]
        Coatpeg: It is full just now. We have put you down, and staff tell you if a place is free.
    """)
    assert _wishes(on_both) == ["place", "interested"]


def test_the_committee_has_no_places_to_take(on_both: Player, people: People) -> None:
    _course(on_both, people, "Join our committee", kind="committee", tags=(), times="Four evenings a year")
    on_both("""
        Amina: VOLUNTEER
        Coatpeg: Which would you like to know more about?
          1 Join our committee
          2 What interests me
        Amina: join our committee
        Coatpeg: Join our committee (committee).
          Four evenings a year
          1 I would like to know more
          2 Not for me
        Amina: [tap 1]
        Coatpeg: We have noted that you are interested: Join our committee. Staff will speak with you.
    """)


def test_what_interests_them_comes_first(on_both: Player, people: People) -> None:
    _course(on_both, people, "First aid", tags=(Tag.FIRST_AID,), starts_at=STARTS)
    _course(on_both, people, "English for all", tags=(Tag.ENGLISH,))
    _like(on_both, people, "Amina", Tag.ENGLISH)
    assert on_both.say("Amina", "COURSES")[0].choices[:2] == ("English for all", "First aid, Fri 4 Dec")


def test_nothing_on_and_what_to_be_told_of(on_both: Player, people: People) -> None:
    on_both("""
        Amina: COURSES
        Coatpeg: There is nothing just now. What shall we tell you of?
          1 Learning English
          2 Cooking
          3 Money
          4 First aid
          5 Maths with children
          6 Reading
          7 Music
          8 More
        Amina: [tap 4]
        Coatpeg: Thank you. When there is something, we will tell you: First aid. To choose more, text COURSES.
        Amina: COURSES
        Coatpeg: ...
          ...
          4 First aid: on
          ...
        Amina: first aid
        Coatpeg: We will not tell you of this any more: First aid. To choose more, text COURSES.
    """)
    with on_both.session() as session:
        assert interests.interests_of(session, people.guardians["Amina"].id or 0) == set()


def test_told_of_a_new_one_and_answering_it(on_both: Player, people: People) -> None:
    course = _course(on_both, people)
    on_both.push("Amina", "course_told", {"course": course.id}, topic=Topic.EVENTS)
    on_both("""
        Coatpeg to Amina: Cooking on a budget (workshop).
          1 I would like a place
          2 I would like to know more
          3 Not for me
        Amina: [tap 3]
        Coatpeg: That is fine, thank you for telling us: Cooking on a budget.
    """)
    with on_both.session() as session:
        assert open_tasks(session) == [], "a plain no is nobody's work"
    on_both.push("Amina", "course_told", {"course": course.id}, topic=Topic.EVENTS)
    assert on_both.deliver() == [], "who has answered is left alone"


def test_after_the_closing_date(on_both: Player, people: People) -> None:
    course = _course(on_both, people, closes_on=date(2026, 11, 24))
    on_both.push("Amina", "course_told", {"course": course.id}, topic=Topic.EVENTS)
    assert len(on_both.deliver()) == 1
    on_both.clock.pass_(hours=40)
    on_both("""
        Amina: [tap 1]
        Coatpeg: This one is closed now. For what is open, text COURSES.
    """)
    assert _wishes(on_both) == []
    assert on_both.say("Amina", "COURSES")[0].text.startswith("There is nothing just now.")
    on_both.push("Piotr", "course_told", {"course": course.id}, topic=Topic.EVENTS)
    assert on_both.deliver() == []


def test_who_may_not_be_told_of_events_finds_none(on_both: Player, people: People) -> None:
    _course(on_both, people)
    with on_both.session() as session:
        tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == people.guardians["Amina"].id)).one()
        tie.restricted_from = MONDAY.date()
        session.add(tie)
    told = on_both.say("Amina", "COURSES")
    assert [("Cooking" in one.text, one.choices) for one in told] == [(False, ())]
    assert "Cooking on a budget" in on_both.say("Farah", "COURSES")[0].choices[0]


@pytest.mark.parametrize("who", ["Piotr", "Samira", "Farah", "Ioana"])
def test_in_the_readers_language(on_both: Player, people: People, who: str) -> None:
    _course(on_both, people, starts_at=STARTS, places=3, text="Bring an apron.")
    for words in ("COURSES", "1"):
        on_both.say(who, words)
    assert "Bring an apron." in on_both.heard[-1].text
    assert on_both.say(who, "1")[0].language not in ("", "en_GB")
    assert _wishes(on_both) == ["place"]


def test_back_menu_and_nonsense_keep_nothing(on_both: Player, people: People) -> None:
    _course(on_both, people)
    on_both.say("Amina", "COURSES")
    assert "number from 1 to 2" in on_both.say("Amina", "7")[0].text
    on_both.say("Amina", "1")
    assert on_both.say("Amina", "BACK")[0].choices[-1] == "What interests me"
    on_both.say("Amina", "MENU")
    assert _wishes(on_both) == []


def test_a_stranger_learns_nothing(play: Player, people: People) -> None:
    _course(play, people)
    assert "Cooking" not in play.say("Stranger", "COURSES")[0].text


@pytest.mark.parametrize("word", ["COURSES", "EVENTS"])
def test_who_has_no_child_here_any_more_is_promised_nothing(on_both: Player, people: People, word: str) -> None:
    with on_both.session() as session:
        child = session.get_one(Child, people.children["Noor"].id)
        child.left_on = MONDAY.date()
        session.add(child)
    on_both(f"""
        Amina: {word}
        Coatpeg: I have no child of yours on my list. Please ring Little Acorns: 01632 960123.
    """)
