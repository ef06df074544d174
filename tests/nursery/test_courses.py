"""Courses: what is refused, what is open, places, and interests."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from bot.database import transaction
from nursery import courses, interests
from nursery.courses import Course, CourseRefused, Details, Kind, Wish
from nursery.interests import Tag, TagRefused
from tests.cast import MONDAY, People

TODAY = date(2026, 11, 23)


def _add(session: Session, people: People, title: str = "Songs", **fields: Any) -> Course:
    details = Details(fields.pop("kind", Kind.COURSE), title, **fields)
    return courses.add_course(session, people.setting.id or 0, details, MONDAY)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": " "}, "needs a title"),
        ({"starts_at": MONDAY}, "in the past"),
        ({"closes_on": TODAY - timedelta(days=1)}, "closed already"),
        ({"places": 0}, "1 or more"),
    ],
)
def test_what_is_refused(engine: Engine, people: People, fields: dict[str, Any], sentence: str) -> None:
    with transaction(engine) as session, pytest.raises(CourseRefused, match=sentence):
        _add(session, people, **fields)


@pytest.mark.parametrize(
    ("fields", "days", "found"),
    [
        ({}, 400, True),
        ({"closes_on": TODAY}, 0, True),
        ({"closes_on": TODAY}, 1, False),
        ({"starts_at": MONDAY + timedelta(days=3)}, 2, True),
        ({"starts_at": MONDAY + timedelta(days=3)}, 3, False),
        ({"ended_at": MONDAY}, 0, False),
    ],
)
def test_what_is_open(engine: Engine, people: People, fields: dict[str, Any], days: int, found: bool) -> None:
    ended_at = fields.pop("ended_at", None)
    now = MONDAY + timedelta(days=days)
    with transaction(engine) as session:
        course = _add(session, people, **fields)
        course.ended_at = ended_at
        session.add(course)
        session.flush()
        assert course.is_open(now) is found
        assert bool(courses.open_courses(session, [people.setting.id or 0], set(), now)) is found
        assert courses.open_courses(session, [], set(), now) == []
        assert bool(courses.untold(session, now)) is (found and days < 14)


def test_first_what_interests_then_the_soonest(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        _add(session, people, "Some day")
        _add(session, people, "Late", starts_at=MONDAY + timedelta(days=9))
        _add(session, people, "Soon", starts_at=MONDAY + timedelta(days=2))
        _add(session, people, "Mine", starts_at=MONDAY + timedelta(days=30), tags=(Tag.MUSIC, Tag.MATHS))
        found = courses.open_courses(session, [people.setting.id or 0], {"maths"}, MONDAY)
        assert [one.title for one in found] == ["Mine", "Soon", "Late", "Some day"]


def test_never_more_than_the_places(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        course = _add(session, people, places=2)
        ids = [people.guardians[who].id or 0 for who in ("Amina", "Piotr", "Farah")]
        came_to = [courses.reply(session, course, number, Wish.PLACE, MONDAY) for number in ids]
        assert came_to == [Wish.PLACE, Wish.PLACE, Wish.INTERESTED]
        assert courses.reply(session, course, ids[0], Wish.PLACE, MONDAY) == Wish.PLACE, (
            "asked again, it is still theirs"
        )
        courses.reply(session, course, ids[1], Wish.NO, MONDAY)
        assert courses.places_left(session, course) == 1
        assert courses.reply(session, course, ids[2], Wish.PLACE, MONDAY) == Wish.PLACE
        assert sorted(one.wish for one in courses.replies(session, course.id or 0)) == ["no", "place", "place"]


def test_tags_as_staff_write_them() -> None:
    assert interests.read_tags("Cooking, first aid,cooking") == [Tag.COOKING, Tag.FIRST_AID]
    assert interests.read_tags("") == []
    with pytest.raises(TagRefused, match="There is no tag 'chess'"):
        interests.read_tags("chess")


def test_an_interest_comes_and_goes(engine: Engine, people: People) -> None:
    amina = people.guardians["Amina"].id or 0
    with transaction(engine) as session:
        assert interests.toggle(session, amina, Tag.MUSIC, MONDAY)
        interests.note(session, amina, Tag.MUSIC, MONDAY)
        interests.note(session, amina, Tag.WORK, MONDAY)
        assert interests.interests_of(session, amina) == {"music", "work"}
        assert not interests.toggle(session, amina, Tag.MUSIC, MONDAY)
        assert interests.interests_of(session, amina) == {"work"}
        assert interests.interests_of(session, people.guardians["Farah"].id or 0) == set()
