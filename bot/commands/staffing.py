"""coatpeg staff: who works here, in which role, who is away, who has left, and whose key person each is."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer
from sqlmodel import Session, col, select

from bot.commands.desk import Refused, looking, now, the_setting, writing
from bot.commands.holding import adopt
from bot.commands.named import the_child, the_staff
from bot.commands.voice import local_moment, row, say
from locales.sentences import D_, ND_, Joined, Sentence
from nursery import leavers, queries
from nursery.appointments import Appointment
from nursery.guardians import Guardian
from nursery.leavers import Left
from nursery.people import LEFT, Child, Staff, staff_named, without_key_person
from nursery.settings import today

ROLES = ("key person", "manager", "office", "deputy", "owner")

app = typer.Typer(no_args_is_help=True, help="The members of staff.")
app.callback()(lambda: None)

Place = Annotated[str | None, typer.Option("--setting", help="The setting; may be left out where there is one.")]


@app.command("list")
def staff_list(setting: Place = None) -> None:
    """See who is on the staff, and their roles."""
    with looking() as session:
        place = the_setting(session, setting)
        chosen = select(Staff).where(Staff.setting_id == place.id, Staff.role != LEFT)
        everybody = session.exec(chosen.order_by(col(Staff.name))).all()
        waiting = without_key_person(session, place.id or 0)
    for member in everybody:
        until = member.away_until
        away = until is not None and until >= today(now())
        row(member.name, member.role, *([Sentence(D_("away until %(day)s"), day=until)] if away else []))
    if not everybody:
        say(D_("There is nobody yet. To add somebody: coatpeg staff add NAME --role manager"))
    _say_without(waiting)


@app.command("add")
def staff_add(
    name: Annotated[str, typer.Argument(help="The name parents know them by.")],
    role: Annotated[str, typer.Option(help="key person, manager, office, deputy or owner.")] = "key person",
    setting: Place = None,
) -> None:
    """Add a member of staff, or change their role."""
    if role not in ROLES:
        raise Refused(D_("--role: %(role)s is not one of %(known)s."), role=role, known=Joined(ROLES))
    with writing() as session:
        place = the_setting(session, setting)
        member = staff_named(session, place.id or 0, name) or Staff(setting_id=place.id or 0, name=name)
        member.role = role
        session.add(member)
        adopt(session, place)
    say(D_("%(name)s is %(role)s at %(place)s."), name=name, role=role, place=place.name)


@app.command("away")
def staff_away(
    name: Annotated[str, typer.Argument(help="Who is away.")],
    until: Annotated[str, typer.Option(help="The last day away, as 2026-12-18; - when they are back.")],
    setting: Place = None,
) -> None:
    """Say until when a member of staff is away: the manager has their queries, the open ones too."""
    try:
        day = None if until == "-" else date.fromisoformat(until)
    except ValueError:
        raise Refused(D_("--until: write the day as 2026-12-18, not %(typed)s."), typed=until) from None
    with writing() as session:
        member = the_staff(session, name, the_setting(session, setting).id or 0)
        member.away_until = day
        session.add(member)
        covered = 0 if day is None else queries.cover(session, member, now())
    if day is None:
        say(D_("%(name)s is back."), name=name)
        return
    say(D_("%(name)s is away until %(day)s. The manager has their new queries."), name=name, day=day.isoformat())
    _say_passed_on(covered)


@app.command("leave")
def staff_leave(name: Annotated[str, typer.Argument(help="Who has left.")], setting: Place = None) -> None:
    """Somebody works here no more: parents are told of them no more, and what waits for them passes to others."""
    with writing() as session:
        place = the_setting(session, setting)
        left = leavers.leave(session, place, the_staff(session, name, place.id or 0), now())
        rows = [_booked(session, one) for one in left.booked]
    say(D_("%(name)s has left. To have them back: coatpeg staff add NAME"), name=name)
    _say_passed(left)
    if rows:
        say(D_("Families have booked these times with them. Keep each yourself, or: coatpeg slots cancel NUMBER"))
    for cells in rows:
        row(*cells, indent="  ")
    _say_without(left.children)


@app.command("key-person")
def key_person(
    child: Annotated[str, typer.Argument(help="The child's name.")],
    name: Annotated[str, typer.Argument(help="Who is the key person now.")],
) -> None:
    """Say who is a child's key person. Put it in the office's list too, which has the last word when it is taken."""
    with writing() as session:
        about = the_child(session, child)
        about.key_person_id = the_staff(session, name, about.setting_id).id
        session.add(about)
    say(D_("%(child)s's key person is %(name)s."), child=about.name, name=name)


def _say_passed_on(count: int) -> None:
    if count:
        said = ND_(
            "%(count)s open matter of theirs has passed to the key person or the manager: coatpeg inbox",
            "%(count)s open matters of theirs have passed to the key person or the manager: coatpeg inbox",
        )
        say(said, count=count)


def _say_passed(left: Left) -> None:
    _say_passed_on(left.passed_on)
    if left.free:
        said = ND_(
            "%(count)s free time with them is offered no more.", "%(count)s free times with them are offered no more."
        )
        say(said, count=left.free)


def _booked(session: Session, one: Appointment) -> tuple[object, ...]:
    guardian = session.get(Guardian, one.guardian_id)
    return one.id, local_moment(one.starts_at), one.kind, guardian.name if guardian else ""


def _say_without(children: list[Child]) -> None:
    if children:
        say(
            D_("Without a key person: %(children)s. Give each one: coatpeg staff key-person CHILD NAME"),
            children=Joined(child.name for child in children),
        )
