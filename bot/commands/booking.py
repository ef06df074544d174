"""coatpeg slots and bookings: the times staff offer families, and who has which."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlmodel import Session, col, select

from bot.commands.desk import PRIVATE_WORDS, Refused, beginning, looking, now, the_setting, unknown, writing
from bot.commands.named import the_child, the_staff
from bot.commands.voice import filled, local_moment, row, say, show_json
from locales.sentences import D_, ND_, Joined, Mark, Sentence
from nursery import appointments
from nursery.appointments import Appointment, Kind
from nursery.contacts import best_contact
from nursery.guardians import Guardian, Guardianship, Topic, may_be_told
from nursery.inbox import may_be_shown
from nursery.people import Child, Staff
from nursery.settings import Room, room_named, today

slots = typer.Typer(no_args_is_help=True, help="Times that families may book.")


@slots.command("add")
def slots_add(
    kind: Annotated[str, typer.Option(help="review, home-visit, talk or open-day.")],
    staff: Annotated[str, typer.Option(help="Who it is with.")],
    starts: Annotated[str, typer.Option("--from", help="When the first begins, ISO.")],
    minutes: Annotated[int, typer.Option(help="How long each lasts.")] = 20,
    count: Annotated[int, typer.Option(help="How many, one after the other.")] = 1,
    child: Annotated[str, typer.Option(help="Only for this child's family.")] = "",
    guardian: Annotated[str, typer.Option(help="Kept for this guardian of the child; no other sees it.")] = "",
    together: Annotated[bool, typer.Option("--together", help="Any guardian of the child may take one.")] = False,
    room: Annotated[str, typer.Option(help="Only for families of this room.")] = "",
    place: Annotated[str, typer.Option(help="Where, when it is neither here nor, for a home visit, at home.")] = "",
    tell: Annotated[bool, typer.Option("--tell", help="Tell the families it is for that there are times.")] = False,
    setting: Annotated[str | None, typer.Option(help="The setting; may be left out where there is one.")] = None,
) -> None:
    """Offer times. Parents find them under BOOK; each is taken once."""
    if kind not in list(Kind):
        raise Refused(D_("--kind: %(kind)s is not one of %(known)s."), kind=kind, known=Joined(Kind))
    with writing() as session:
        with_whom = the_staff(session, staff, the_setting(session, setting).id or 0)
        only = the_child(session, child) if child else None
        if only is not None and not (guardian or together):
            _refuse_to_show(session, only)
        made = appointments.offer(
            session,
            Kind(kind),
            with_whom,
            beginning(starts, "--from"),
            minutes,
            count,
            now=now(),
            room_id=_room(session, setting, room),
            child=only,
            guardian_id=_guardian(session, only, guardian),
            place=place,
            tells=tell,
        )
    for one in made:
        row(one.id, local_moment(one.starts_at))
    say(ND_("%(count)s time with %(staff)s.", "%(count)s times with %(staff)s."), count=len(made), staff=staff)


@slots.command("cancel")
def slots_cancel(number: Annotated[int, typer.Argument(help="The time's number.")]) -> None:
    """Call a time off. Whoever has booked it is told, with an apology and other times."""
    with writing() as session:
        found = session.get(Appointment, number)
        if found is None:
            raise Refused(D_("There is no time %(number)s."), number=number)
        appointments.withdraw(session, found, now())
        had = session.get(Guardian, found.guardian_id) if found.booked_at else None
        said = (
            _how_it_is_told(session, found, had) if had else D_("Time %(number)s is cancelled. Nobody had booked it.")
        )
        name = had.name if had else ""
    say(said, number=number, name=name)


def _how_it_is_told(session: Session, booked: Appointment, had: Guardian) -> Mark:
    """By message, or by a person where none may go. That a family is held by the lead is not told here."""
    allowed = may_be_told(session, had.id or 0, booked.child_id or 0, Topic.CARE, today(now()))
    if allowed and best_contact(session, had.id or 0) is not None:
        return D_("Time %(number)s is cancelled. %(name)s is told in the next minute.")
    return D_("Time %(number)s is cancelled. %(name)s can't be told by message now: a task will ask you to ring.")


def bookings(
    free: Annotated[bool, typer.Option("--free", help="Those nobody has booked, too.")] = False,
    setting: Annotated[str | None, typer.Option(help="The setting; may be left out where there is one.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="A list.")] = False,
) -> None:
    """See what is booked, soonest first."""
    with looking() as session:
        every = appointments.coming(session, the_setting(session, setting).id or 0, now())
        rows = [_cells(session, one) for one in every if free or one.booked_at is not None]
    if as_json:
        show_json(rows)
        return
    for one in rows:
        row(*filled(one.values()))
    if not rows:
        say(D_("Nothing is booked.") if every else D_("There are no times: coatpeg slots add."))


def _cells(session: Session, one: Appointment) -> dict[str, object]:
    guardian = session.get(Guardian, one.guardian_id) if one.guardian_id else None
    child = session.get(Child, one.child_id or one.only_child_id) if one.child_id or one.only_child_id else None
    return {
        "id": one.id,
        "at": local_moment(one.starts_at),
        "minutes": Sentence(D_("%(minutes)s min"), minutes=one.minutes),
        "kind": one.kind,
        "staff": session.get_one(Staff, one.staff_id).name,
        "child": child.name if child else "",
        "guardian": _taker(one, guardian),
        "interpreter": Sentence(D_("interpreter")) if one.interpreter else "",
        "needs": one.needs if may_be_shown(session, one.inbound_id) else PRIVATE_WORDS,
    }


def _taker(one: Appointment, guardian: Guardian | None) -> object:
    if guardian is None:
        return "" if one.booked_at else Sentence(D_("free"))
    return guardian.name if one.booked_at else Sentence(D_("%(name)s (free)"), name=guardian.name)


def _refuse_to_show(session: Session, child: Child) -> None:
    """Of a child's own times one parent sees what the other has taken: where and when they will be."""
    tied = _guardians(session, child)
    if len(tied) > 1:
        raise Refused(
            D_(
                "%(child)s has more than one guardian (%(names)s), and each would see what the other takes. "
                "Keep the times for one with --guardian NAME; if they live together: --together"
            ),
            child=child.first_name,
            names=Joined(one.name for one in tied),
        )


def _guardian(session: Session, child: Child | None, name: str) -> int | None:
    if not name:
        return None
    found = [tied for tied in _guardians(session, child) if name.casefold() in tied.name.casefold()]
    if not found:
        raise Refused(D_("--guardian: nobody of the child's is called %(name)s."), name=name)
    if len(found) > 1:
        raise Refused(D_("--guardian: more than one of the child's is called %(name)s."), name=name)
    return found[0].id


def _guardians(session: Session, child: Child | None) -> list[Guardian]:
    if child is None:
        raise Refused(D_("--guardian: say with --child which child it is about."))
    tied = select(Guardian).join(Guardianship, col(Guardianship.guardian_id) == col(Guardian.id))
    return list(session.exec(tied.where(Guardianship.child_id == child.id).order_by(Guardian.name)))


def _room(session: Session, setting: str | None, name: str) -> int | None:
    if not name:
        return None
    place = the_setting(session, setting)
    found = room_named(session, place, name)
    if found is None:
        names = session.exec(select(Room.name).where(Room.setting_id == place.id))
        raise Refused(unknown(D_("--room: there is no room called %(name)s."), name, names))
    return found.id
