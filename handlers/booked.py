"""What is booked, as a guardian reads it: the details, the reminders before, and that there are times to choose."""

from __future__ import annotations

from sqlmodel import Session

from bot.conversation import Dialogue, Withheld, say
from bot.turn import Turn
from locales import Catalogue
from nursery import bookings, free_times
from nursery.appointments import Appointment, Kind
from nursery.people import Child, Staff
from nursery.settings import Setting


def booking_reminder(turn: Turn) -> Dialogue:
    """A week, a day and two hours before."""
    yield from ()  # it asks nothing
    booked = turn.session.get_one(Appointment, turn.params["appointment"])
    mine = bookings.booked_by(turn.session, turn.guardian.id or 0, turn.now)
    child = next((child for child in turn.children() if child.id == booked.child_id), None)
    if booked not in mine or child is None:
        raise Withheld("no longer booked")
    change = turn.gettext("To change it, text BOOK.")
    return say(f"{details(turn, booked, child)} {change}")


def booking_offer(turn: Turn) -> Dialogue:
    """Staff have put up times: whoever has not booked one is told."""
    yield from ()  # it asks nothing
    offered = turn.session.get_one(Appointment, turn.params["appointment"])
    if not any(_may_take(turn, child, offered) for child in turn.children()):
        raise Withheld("no time for them")
    staff = turn.session.get_one(Staff, offered.staff_id)
    text = turn.gettext("We have times to meet %(staff)s. What for: %(kind)s. To choose a time, text BOOK.")
    return say(turn.say(text, staff=staff.name, kind=kind_name(turn, Kind(offered.kind))))


def details(turn: Turn, booked: Appointment, child: Child) -> str:
    """What for, when, how long, with whom and where."""
    staff = turn.session.get_one(Staff, booked.staff_id)
    text = turn.gettext("%(kind)s, %(child)s: %(day)s at %(time)s, %(minutes)s, with %(staff)s. Where: %(place)s.")
    minutes = turn.ngettext("%(count)s minute", "%(count)s minutes", booked.minutes)
    return turn.say(
        text,
        kind=kind_name(turn, Kind(booked.kind)),
        child=child.first_name,
        day=turn.day(booked.starts_at),
        time=turn.time(booked.starts_at),
        minutes=turn.say(minutes, count=booked.minutes),
        staff=staff.name,
        place=place_of(turn, turn.session, booked),
    )


def moment(turn: Turn, offered: Appointment, *, named: bool = True) -> str:
    """One of several times, as a line to choose; `named` with whom it is."""
    day, time = turn.day(offered.starts_at), turn.time(offered.starts_at)
    if not named:
        return turn.say("%(day)s %(time)s", day=day, time=time)
    staff = turn.session.get_one(Staff, offered.staff_id)
    return turn.say("%(day)s %(time)s, %(staff)s", day=day, time=time, staff=staff.name)


def kind_name(words: Turn | Catalogue, kind: Kind) -> str:
    return {
        Kind.REVIEW: words.gettext("Review of progress"),
        Kind.HOME_VISIT: words.gettext("Home visit"),
        Kind.TALK: words.gettext("Talk with staff"),
        Kind.OPEN_DAY: words.gettext("Visit to look around"),
    }[kind]


def place_of(words: Turn | Catalogue, session: Session, booked: Appointment) -> str:
    if booked.place:
        return booked.place
    if booked.kind == Kind.HOME_VISIT:
        return words.gettext("your home")
    return session.get_one(Setting, booked.setting_id).name


def _may_take(turn: Turn, child: Child, offered: Appointment) -> bool:
    if bookings.booked_for(turn.session, turn.guardian.id or 0, child.id or 0, offered.kind, turn.now) is not None:
        return False
    free = free_times.free_for(turn.session, child, turn.guardian.id or 0, turn.now, offered.kind)
    return any(one.made_at == offered.made_at for one in free)
