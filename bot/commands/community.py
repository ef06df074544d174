"""coatpeg course: what parents can learn and take part in."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated

import typer
from sqlmodel import Session, col, select

from bot.commands.desk import Refused, looking, moment, now, the_setting, writing
from bot.commands.twice import refuse_same_course
from bot.commands.voice import filled, local_moment, row, say
from locales.sentences import D_, ND_, Joined, Sentence
from nursery import courses, offers
from nursery.courses import Course, Details, Kind, Wish
from nursery.guardians import Guardian
from nursery.interests import read_tags

course_app = typer.Typer(no_args_is_help=True, help="Courses, workshops, volunteering and the committee.")


@course_app.command("add")
def course_add(
    title: Annotated[str, typer.Option(help="What it is called.")],
    kind: Annotated[str, typer.Option(help="course, workshop, volunteering or committee.")] = "course",
    tags: Annotated[str, typer.Option(help="Who it interests: cooking,first aid. Left out, all are told.")] = "",
    when: Annotated[str, typer.Option(help="ISO, or in words, as in: Tuesdays 10 to 12.")] = "",
    where: Annotated[str, typer.Option(help="Where.")] = "",
    places: Annotated[int | None, typer.Option(help="How many places there are.")] = None,
    closes: Annotated[str, typer.Option(help="The last day to ask for it, ISO.")] = "",
    text: Annotated[str, typer.Option(help="More about it, in English.")] = "",
    setting: Annotated[str | None, typer.Option(help="The setting; may be left out where there is one.")] = None,
) -> None:
    """Add a course, a workshop, volunteering or a place on the committee. Parents of these interests are told once."""
    starts_at = _moment_or_none(when)
    said = Details(
        _kind(kind),
        title,
        read_tags(tags),
        starts_at,
        "" if starts_at else when,
        where,
        places,
        text,
        _day_or_none(closes),
    )
    with writing() as session:
        place = the_setting(session, setting)
        refuse_same_course(session, place.id or 0, said, now())
        made = courses.add_course(session, place.id or 0, said, now())
        sharing = [one for one in offers.offered(session, place.id or 0) if one.skill in made.tag_list]
    say(
        D_("Course %(number)s: %(title)s. Parents are told in the next minute, or when the quiet hours end."),
        number=made.id,
        title=made.title,
    )
    if sharing:
        _say_offered(len(sharing), made.tag_list[0])


def _say_offered(count: int, tag: str) -> None:
    """That parents offer what could go with it."""
    say(
        ND_(
            "%(count)s offer of a parent is of this kind. See it: coatpeg offers --tag %(tag)s",
            "%(count)s offers of parents are of this kind. See them: coatpeg offers --tag %(tag)s",
        ),
        count=count,
        tag=tag,
    )


@course_app.command("list")
def course_list(
    number: Annotated[int | None, typer.Argument(help="A course's number, to see who has answered.")] = None,
    setting: Annotated[str | None, typer.Option(help="The setting; may be left out where there is one.")] = None,
) -> None:
    """See the courses with how many would like a place, or who has answered to one."""
    with looking() as session:
        if number is not None:
            one = _the_course(session, number)
            row(*_line(session, one))
            for kept in courses.replies(session, number):
                guardian = session.get_one(Guardian, kept.guardian_id)
                row(kept.wish, guardian.name, guardian.language, local_moment(kept.at), indent="  ")
            return
        place = the_setting(session, setting)
        found = session.exec(select(Course).where(Course.setting_id == place.id).order_by(col(Course.id))).all()
        for one in found:
            row(*_line(session, one))
        if not found:
            say(D_("There is no course yet. To add one: coatpeg course add --title TITLE --tags cooking"))


@course_app.command("end")
def course_end(number: Annotated[int, typer.Argument(help="The course's number.")]) -> None:
    """Close a course: parents no longer find it. Those who have a place are yours to tell."""
    with writing() as session:
        one = _the_course(session, number)
        one.ended_at = one.ended_at or now()
        session.add(one)
        having = sum(kept.wish == Wish.PLACE for kept in courses.replies(session, number))
    say(
        ND_("%(title)s is closed. %(count)s has a place.", "%(title)s is closed. %(count)s have a place."),
        title=one.title,
        count=having,
    )


def _kind(written: str) -> Kind:
    if written not in list(Kind):
        raise Refused(D_("--kind: %(written)s is not one of %(known)s."), written=written, known=Joined(Kind))
    return Kind(written)


def _moment_or_none(written: str) -> datetime | None:
    """The moment, when that is what was written, rather than words. Raises Refused for a day without its time."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written):
        raise Refused(D_("--when: give the time as well, as in %(written)sT10:00."), written=written)
    try:
        return moment(written) if written else None
    except Refused:
        return None


def _day_or_none(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise Refused(D_("--closes: write the day as 2027-01-29, not %(written)s."), written=written) from None


def _the_course(session: Session, number: int) -> Course:
    found = session.get(Course, number)
    if found is None:
        raise Refused(D_("There is no course %(number)s."), number=number)
    return found


def _line(session: Session, one: Course) -> list[object]:
    wishes = [kept.wish for kept in courses.replies(session, one.id or 0)]
    having, interested = wishes.count(Wish.PLACE), wishes.count(Wish.INTERESTED)
    places = (
        Sentence(
            ND_("%(having)s of %(count)s place", "%(having)s of %(count)s places"), having=having, count=one.places
        )
        if one.places is not None
        else Sentence(ND_("%(count)s place taken", "%(count)s places taken"), count=having)
    )
    state = "" if one.is_open(now()) else Sentence(D_("closed"))
    wanted = Sentence(ND_("%(count)s interested", "%(count)s interested"), count=interested)
    when = local_moment(one.starts_at) if one.starts_at else one.times
    return filled([one.id, one.kind, one.title, when, one.tags, places, wanted, state])
