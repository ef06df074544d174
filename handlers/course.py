"""Courses and workshops, volunteering and the committee: what there is, first what interests this guardian."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from bot.conversation import Choice, Dialogue, Question, Say, Withheld, choose, say
from bot.turn import Turn
from handlers.asking import being_sent, no_child
from handlers.interests import interest_names
from handlers.pages import choose_of
from handlers.venue import titled
from locales import W_
from nursery import courses, interests
from nursery.courses import Course, Kind, Wish
from nursery.guardians import Topic
from nursery.interests import Tag
from nursery.matters import Matter
from nursery.people import manager
from nursery.tasks import raise_task

MOST = 6
"""Courses of one list."""

INTERESTS = "interests"


def course(turn: Turn) -> Dialogue:
    """Lists what is open, and takes a wish for one; or takes down what the guardian would like to hear of."""
    nobody = no_child(turn, Topic.EVENTS)
    if nobody is not None:
        return nobody
    guardian_id = turn.guardian.id or 0
    settings = sorted({child.setting_id for child in turn.children(Topic.EVENTS)})
    mine = interests.interests_of(turn.session, guardian_id)
    found = courses.open_courses(turn.session, settings, mine, turn.now)[:MOST]
    if not found:
        return (yield from _interests(turn, turn.gettext("There is nothing just now. What shall we tell you of?")))
    words = turn.catalogue.words(W_("INTERESTS, INTEREST, OTHER"))
    listed = tuple(Choice(str(one.id), _line(turn, one)) for one in found)
    text = turn.gettext("Which would you like to know more about?")
    chosen = yield from choose("course", text, (*listed, Choice(INTERESTS, turn.gettext("What interests me"), words)))
    if chosen == INTERESTS:
        return (yield from _interests(turn, turn.gettext("What shall we tell you of when it comes up?")))
    return (yield from _shown(turn, next(one for one in found if str(one.id) == chosen)))


def course_told(turn: Turn) -> Dialogue:
    """What we send of a new course to whoever it may interest; those who have answered already are left alone."""
    told = turn.session.get(Course, turn.params.get("course"))
    if told is None:
        raise Withheld("no such course")
    kept = courses.reply_of(turn.session, told.id or 0, turn.guardian.id or 0)
    if being_sent(turn) and (kept is not None or not told.is_open(turn.now)):
        raise Withheld("not open, or answered")
    if not told.is_open(turn.now):
        return say(turn.gettext("This one is closed now. For what is open, text COURSES."))
    return (yield from _shown(turn, told))


def _shown(turn: Turn, shown: Course) -> Generator[Question, Any, Say]:
    kept = courses.reply_of(turn.session, shown.id or 0, turn.guardian.id or 0)
    before = Wish(kept.wish) if kept is not None else Wish.NO
    parts = [_details(turn, shown)]
    if kept is not None:
        parts.append(_standing(turn, shown, before))
    wish = Wish((yield from choose("wish", "\n".join(parts), _wishes(turn, shown))))
    came_to = courses.reply(turn.session, shown, turn.guardian.id or 0, wish, turn.now)
    if came_to != before:
        _tell_staff(turn, shown, came_to)
    if wish == Wish.PLACE and came_to == Wish.INTERESTED:
        return say(turn.gettext("It is full just now. We have put you down, and staff tell you if a place is free."))
    return say(_standing(turn, shown, came_to))


def _wishes(turn: Turn, shown: Course) -> tuple[Choice, ...]:
    more = Choice(Wish.INTERESTED, turn.gettext("I would like to know more"))
    no = Choice(Wish.NO, turn.gettext("Not for me"))
    place = (Choice(Wish.PLACE, turn.gettext("I would like a place")),) if shown.has_places else ()
    return (*place, more, no)


def _standing(turn: Turn, shown: Course, wish: Wish) -> str:
    text = {
        Wish.PLACE: turn.gettext("You have a place: %(title)s. If that changes, text COURSES."),
        Wish.INTERESTED: turn.gettext("We have noted that you are interested: %(title)s. Staff will speak with you."),
        Wish.NO: turn.gettext("That is fine, thank you for telling us: %(title)s."),
    }[wish]
    return turn.say(text, title=shown.title)


def _interests(turn: Turn, text: str) -> Generator[Question, Any, Say]:
    names = interest_names(turn)
    mine = interests.interests_of(turn.session, turn.guardian.id or 0)
    on = turn.gettext("%(topic)s: on")
    choices = [Choice(tag, turn.say(on, topic=name) if tag in mine else name, (name,)) for tag, name in names.items()]
    tag = Tag((yield from choose_of(turn, "interest", text, choices)))
    if interests.toggle(turn.session, turn.guardian.id or 0, tag, turn.now):
        told = turn.gettext("Thank you. When there is something, we will tell you: %(interest)s.")
    else:
        told = turn.gettext("We will not tell you of this any more: %(interest)s.")
    more = turn.gettext("To choose more, text COURSES.")
    return say(f"{turn.say(told, interest=names[tag])} {more}")


def _tell_staff(turn: Turn, shown: Course, wish: Wish) -> None:
    staff = manager(turn.session, shown.setting_id)
    raise_task(
        turn.session,
        f"course:{shown.id}:{turn.guardian.id}:{turn.said.inbound_id}",
        "course answered",
        now=turn.now,
        setting_id=shown.setting_id,
        staff_id=staff.id if staff else None,
        guardian_id=turn.guardian.id,
        about=f"course {shown.id}, {wish.value}",
    )


def _line(turn: Turn, shown: Course) -> str:
    if shown.starts_at is None:
        return shown.title
    return turn.say(f"%(title)s{turn.catalogue.comma}%(day)s", title=shown.title, day=turn.day(shown.starts_at))


def _details(turn: Turn, shown: Course) -> str:
    """Title and kind, when and where, whether it is full, the last day to ask, and staff's own words."""
    title = titled(turn, shown.title, shown.setting_id)
    parts = [turn.say("%(title)s (%(kind)s).", title=title, kind=_kinds(turn)[Kind(shown.kind)])]
    if shown.starts_at is not None:
        when = {"day": turn.day(shown.starts_at), "time": turn.time(shown.starts_at)}
        parts.append(turn.say(turn.gettext("When: %(day)s at %(time)s."), **when))
    if shown.place:
        parts.append(turn.say(turn.gettext("Where: %(place)s."), place=shown.place))
    if courses.places_left(turn.session, shown) == 0:  # how many are left would tell of the other parent's answer
        parts.append(turn.gettext("It is full just now."))
    if shown.closes_on is not None:
        parts.append(turn.say(turn.gettext("Answer by %(day)s."), day=turn.day(shown.closes_on)))
    own = "\n".join(words for words in (shown.times, shown.text) if words)
    read = turn.read(Matter.COURSE, own, setting_id=shown.setting_id)
    text = " ".join(parts)
    return f"{text}\n{read.told}" if own else text


def _kinds(turn: Turn) -> dict[Kind, str]:
    return {
        Kind.COURSE: turn.gettext("course"),
        Kind.WORKSHOP: turn.gettext("workshop"),
        Kind.VOLUNTEERING: turn.gettext("helping out"),
        Kind.COMMITTEE: turn.gettext("committee"),
    }
