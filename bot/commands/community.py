"""coatpeg course, offers and offer: what parents can learn and take part in, and what they share with the setting."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated

import typer
from sqlmodel import Session, col, select

from bot.commands.desk import Refused, local_moment, looking, moment, now, say, the_setting, writing
from nursery import courses, offers
from nursery.courses import Course, CourseRefused, Details, Kind, Wish
from nursery.guardians import Guardian
from nursery.inbox import may_be_shown
from nursery.interests import TagRefused, read_tags
from nursery.offers import Offer, OfferRefused, Skill

course_app = typer.Typer(no_args_is_help=True, help="Courses, workshops, volunteering and the committee.")
offer_app = typer.Typer(no_args_is_help=True, help="What a parent has offered to share.")

PRIVATE_WORDS = "(for the safeguarding lead: coatpeg concerns)"


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
    try:
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
            made = courses.add_course(session, place.id or 0, said, now())
            sharing = [one for one in offers.offered(session, place.id or 0) if one.skill in made.tag_list]
    except (CourseRefused, TagRefused) as refusal:
        raise Refused(str(refusal)) from None
    say(f"Course {made.id}: {made.title}. Parents are told in the next minute, or when the quiet hours end.")
    if sharing:
        say(f"{len(sharing)} offers of parents are of this kind. See them: coatpeg offers --tag {made.tag_list[0]}")


@course_app.command("list")
def course_list(
    number: Annotated[int | None, typer.Argument(help="A course's number, to see who has answered.")] = None,
    setting: Annotated[str | None, typer.Option(help="The setting; may be left out where there is one.")] = None,
) -> None:
    """See the courses with how many would like a place, or who has answered to one."""
    with looking() as session:
        if number is not None:
            one = _the_course(session, number)
            say(_line(session, one))
            for kept in courses.replies(session, number):
                guardian = session.get_one(Guardian, kept.guardian_id)
                say(f"  {kept.wish}  {guardian.name}  {guardian.language}  {local_moment(kept.at)}")
            return
        place = the_setting(session, setting)
        found = session.exec(select(Course).where(Course.setting_id == place.id).order_by(col(Course.id))).all()
        for one in found:
            say(_line(session, one))
        if not found:
            say("There is no course yet. To add one: coatpeg course add --title TITLE --tags cooking")


@course_app.command("end")
def course_end(number: Annotated[int, typer.Argument(help="The course's number.")]) -> None:
    """Close a course: parents no longer find it. Those who have a place are yours to tell."""
    with writing() as session:
        one = _the_course(session, number)
        one.ended_at = one.ended_at or now()
        session.add(one)
        having = sum(kept.wish == Wish.PLACE for kept in courses.replies(session, number))
    say(f"{one.title} is closed. {having} have a place.")


def offers_command(
    tag: Annotated[str, typer.Option(help=f"One of {', '.join(Skill)}.")] = "",
    setting: Annotated[str | None, typer.Option(help="The setting; may be left out where there is one.")] = None,
) -> None:
    """See what parents offer to share."""
    if tag and tag not in list(Skill):
        raise Refused(f"--tag: {tag} is not one of {', '.join(Skill)}.")
    with looking() as session:
        found = offers.offered(session, the_setting(session, setting).id or 0, Skill(tag) if tag else None)
        for one in found:
            say(_offer_line(session, one))
        if not found:
            say("Nothing is offered yet. Parents offer by texting OFFER.")


@offer_app.command("ask")
def offer_ask(
    number: Annotated[int, typer.Argument(help="The offer's number.")],
    text: Annotated[str, typer.Option(help="What you would like and when, in a sentence for the parent.")],
) -> None:
    """Ask a parent for what they have offered."""
    try:
        with writing() as session:
            one = _the_offer(session, number)
            offers.ask_for(session, one, text, now())
            name = session.get_one(Guardian, one.guardian_id).name
    except OfferRefused as refusal:
        raise Refused(str(refusal)) from None
    say(f"{name} is asked in the next minute, or when the quiet hours end.")
    say("A visitor whose suitability has not been checked is never alone with children (EYFS).")


@offer_app.command("thank")
def offer_thank(number: Annotated[int, typer.Argument(help="The offer's number.")]) -> None:
    """When it has happened: thank the parent, once."""
    try:
        with writing() as session:
            one = _the_offer(session, number)
            offers.thank(session, one, now())
            name = session.get_one(Guardian, one.guardian_id).name
    except OfferRefused as refusal:
        raise Refused(str(refusal)) from None
    say(f"{name} is thanked in the next minute, or when the quiet hours end.")


def _kind(written: str) -> Kind:
    if written not in list(Kind):
        raise Refused(f"--kind: {written} is not one of {', '.join(Kind)}.")
    return Kind(written)


def _moment_or_none(written: str) -> datetime | None:
    """The moment, when that is what was written, rather than words. Raises Refused for a day without its time."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written):
        raise Refused(f"--when: give the time as well, as in {written}T10:00.")
    try:
        return moment(written) if written else None
    except Refused:
        return None


def _day_or_none(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise Refused(f"--closes: write the day as 2027-01-29, not {written}.") from None


def _the_course(session: Session, number: int) -> Course:
    found = session.get(Course, number)
    if found is None:
        raise Refused(f"There is no course {number}.")
    return found


def _the_offer(session: Session, number: int) -> Offer:
    found = session.get(Offer, number)
    if found is None:
        raise Refused(f"There is no offer {number}.")
    return found


def _line(session: Session, one: Course) -> str:
    wishes = [kept.wish for kept in courses.replies(session, one.id or 0)]
    having, interested = wishes.count(Wish.PLACE), wishes.count(Wish.INTERESTED)
    places = f"{having} of {one.places} places" if one.places is not None else f"{having} places taken"
    state = [] if one.is_open(now()) else ["closed"]
    when = local_moment(one.starts_at) if one.starts_at else one.times
    parts = [str(one.id), one.kind, one.title, when, one.tags, places, f"{interested} interested", *state]
    return "  ".join(part for part in parts if part)


def _offer_line(session: Session, one: Offer) -> str:
    guardian, last = session.get_one(Guardian, one.guardian_id), offers.last_ask(session, one.id or 0)
    state = "" if last is None else {None: "asked", True: "said yes", False: "said no"}[last.accepted]
    state = "thanked" if last is not None and last.thanked_at else state
    words = one.words if may_be_shown(session, one.inbound_id) else PRIVATE_WORDS
    parts = [str(one.id), one.skill, guardian.name, guardian.language, one.free, words, state]
    return "  ".join(part for part in parts if part)
