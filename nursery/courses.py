"""Courses, workshops, volunteering and places on the committee, and which guardians would like one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, func
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, or_, select

from locales.sentences import D_, Refusal
from nursery.interests import Tag
from nursery.settings import today

FRESH = timedelta(days=14)
"""One that could not be told within this is found under COURSES, and not pushed any more."""


class Kind(StrEnum):
    """What it is."""

    COURSE = "course"
    WORKSHOP = "workshop"
    VOLUNTEERING = "volunteering"
    COMMITTEE = "committee"
    """A place in the governance of the setting."""


class Wish(StrEnum):
    """What a guardian has said of it."""

    PLACE = "place"
    INTERESTED = "interested"
    NO = "no"


class CourseRefused(Refusal):
    """A course that can't be kept so; the message is the sentence for staff."""


class Course(SQLModel, table=True):
    """Something to learn or to take part in. No families of other settings see it."""

    id: int | None = Field(default=None, primary_key=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    kind: str
    title: str
    tags: str = ""
    """With commas; with none it is for all."""
    starts_at: datetime | None = None
    times: str = ""
    """When, in staff's own words ("Tuesdays 10 to 12"), where one moment does not say it."""
    place: str = ""
    places: int | None = None
    text: str = ""
    closes_on: date | None = None
    """The last day on which one may ask for it."""
    added_at: datetime
    told_at: datetime | None = None
    """When the messages about it were in the outbox."""
    ended_at: datetime | None = None

    @property
    def tag_list(self) -> list[str]:
        return [tag for tag in self.tags.split(",") if tag]

    @property
    def has_places(self) -> bool:
        """Whether one takes a place, rather than says that one is interested."""
        return self.kind in (Kind.COURSE, Kind.WORKSHOP)

    def is_open(self, now: datetime) -> bool:
        closed = self.closes_on is not None and self.closes_on < today(now)
        return self.ended_at is None and not closed and (self.starts_at is None or self.starts_at > now)


class CourseReply(SQLModel, table=True):
    """What one guardian has said of one course; the last word counts."""

    __tablename__ = "course_reply"
    __table_args__ = (UniqueConstraint("course_id", "guardian_id"),)

    id: int | None = Field(default=None, primary_key=True)
    course_id: int = Field(foreign_key="course.id")
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    wish: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Details:
    """What staff say of a course."""

    kind: Kind
    title: str
    tags: Sequence[Tag] = ()
    starts_at: datetime | None = None
    times: str = ""
    place: str = ""
    places: int | None = None
    text: str = ""
    closes_on: date | None = None


def add_course(session: Session, setting_id: int, said: Details, now: datetime) -> Course:
    """Keeps a course. Raises CourseRefused."""
    _check(said, now)
    course = Course(
        setting_id=setting_id,
        kind=said.kind.value,
        title=said.title.strip(),
        tags=",".join(said.tags),
        starts_at=said.starts_at,
        times=said.times.strip(),
        place=said.place.strip(),
        places=said.places,
        text=said.text.strip(),
        closes_on=said.closes_on,
        added_at=now,
    )
    session.add(course)
    session.flush()
    return course


def open_courses(session: Session, setting_ids: Sequence[int], interests: set[str], now: datetime) -> list[Course]:
    """What is open there now: first what is of these interests, then the soonest."""
    chosen = select(Course).where(col(Course.setting_id).in_(setting_ids), *_open(now))
    found = session.exec(chosen.order_by(col(Course.id))).all()
    far = now + timedelta(days=3650)
    return sorted(found, key=lambda one: (not interests & set(one.tag_list), one.starts_at or far, one.id or 0))


def untold(session: Session, now: datetime) -> list[Course]:
    """New ones that guardians are to be told of."""
    chosen = select(Course).where(col(Course.told_at).is_(None), col(Course.added_at) > now - FRESH, *_open(now))
    return list(session.exec(chosen.order_by(col(Course.id))))


def reply_of(session: Session, course_id: int, guardian_id: int) -> CourseReply | None:
    found = select(CourseReply).where(CourseReply.course_id == course_id, CourseReply.guardian_id == guardian_id)
    return session.exec(found).first()


def reply(session: Session, course: Course, guardian_id: int, wish: Wish, now: datetime) -> Wish:
    """Keeps what a guardian says and returns what it comes to: where no place is left they are down as interested."""
    session.exec(select(Course).where(Course.id == course.id).with_for_update()).one()  # two may want the last place
    kept = reply_of(session, course.id or 0, guardian_id)
    had_place = kept is not None and kept.wish == Wish.PLACE
    if wish == Wish.PLACE and not had_place and places_left(session, course) == 0:
        wish = Wish.INTERESTED
    if kept is None:
        kept = CourseReply(course_id=course.id or 0, guardian_id=guardian_id, wish="", at=now)
    if kept.wish != wish:
        kept.wish, kept.at = wish.value, now
    session.add(kept)
    session.flush()
    return wish


def places_left(session: Session, course: Course) -> int | None:
    """How many places are left; None where there is no limit."""
    if course.places is None:
        return None
    taken = select(func.count()).where(CourseReply.course_id == course.id, CourseReply.wish == Wish.PLACE.value)
    return max(0, course.places - int(session.exec(taken).one()))


def replies(session: Session, course_id: int) -> list[CourseReply]:
    """Every answer, in the order in which they came."""
    chosen = select(CourseReply).where(CourseReply.course_id == course_id)
    return list(session.exec(chosen.order_by(col(CourseReply.at), col(CourseReply.id))))


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Course.ended_at).is_(None),
        or_(col(Course.closes_on).is_(None), col(Course.closes_on) >= today(now)),
        or_(col(Course.starts_at).is_(None), col(Course.starts_at) > now),
    )


def _check(said: Details, now: datetime) -> None:
    if not said.title.strip():
        raise CourseRefused(D_("It needs a title."))
    if said.starts_at is not None and said.starts_at <= now:
        raise CourseRefused(D_("It would begin in the past. Check the date."))
    if said.closes_on is not None and said.closes_on < today(now):
        raise CourseRefused(D_("It would be closed already. Check the closing date."))
    if said.places is not None and said.places < 1:
        raise CourseRefused(D_("The number of places must be 1 or more. Leave it out if there is no limit."))
