"""coatpeg hold-sends, release-sends and holds: for the safeguarding lead alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

import typer
from sqlmodel import Session

from bot.commands.desk import Refused, now, the_setting, writing
from bot.commands.named import the_child, the_guardian, the_staff
from bot.commands.voice import local_moment, row, say
from locales.sentences import D_, ND_, Mark, Sentence
from nursery import concerns, holds
from nursery.appointments import Appointment
from nursery.events import Event
from nursery.guardians import Guardian
from nursery.people import Child, Staff
from nursery.settings import Setting, today
from nursery.tasks import Task

Whom = Annotated[str, typer.Argument(help="A guardian's name or number, or child:NAME for the whole family.")]
Lead = Annotated[str, typer.Option("--staff", help="Who you are: the setting's safeguarding lead.")]
Place = Annotated[str | None, typer.Option("--setting", help="The setting; may be left out where there is one.")]

ABOUT = re.compile(r"guardian (\d+): (event|place|time) (\d+)")
CHANGED: Mapping[str, Mark] = {
    "event": D_("%(title)s on %(when)s is called off"),
    "place": D_("a place is free at %(title)s on %(when)s"),
    "time": D_("the time booked for %(when)s is called off"),
}


def hold_sends(
    whom: Whom,
    staff: Lead,
    why: Annotated[str, typer.Option(help="Why; nobody else is shown it.")],
    setting: Place = None,
) -> None:
    """Send nothing to a family by itself. What people write to them goes as ever, and they can write to you."""
    with writing() as session:
        lead = _lead(session, staff, setting)
        guardians, child = _whom(session, whom)
        count = sum(holds.hold(session, one, child, lead, why, now()) for one in guardians)
        say(D_("Held: %(count)s. Answers that people give them still go."), count=count)


def release_sends(whom: Whom, staff: Lead, setting: Place = None) -> None:
    """Send to a family again."""
    with writing() as session:
        _lead(session, staff, setting)
        guardians, _ = _whom(session, whom)
        count = sum(holds.release(session, one, now()) for one in guardians)
        say(D_("Released: %(count)s. What was held goes within half an hour."), count=count)


def holds_command(staff: Lead, setting: Place = None) -> None:
    """See which families are held, since when and why."""
    with writing() as session:
        _lead(session, staff, setting)
        found = holds.held(session, the_setting(session, setting).id or 0)
        for one in found:
            guardian = session.get_one(Guardian, one.guardian_id)
            since = Sentence(D_("since %(when)s"), when=local_moment(one.held_at))
            row(guardian.id, guardian.name, since, one.why)
        say(ND_("%(count)s held.", "%(count)s held."), count=len(found))


def show_to_tell(session: Session, reader: Staff) -> None:
    """What the reader has to tell families that are held, since no message does."""
    found = holds.to_tell(session, reader)
    if found:
        say(D_("To tell by hand, since nothing is sent to them (coatpeg concerns --staff NAME --told NUMBER):"))
    for one in found:
        row(one.id, *_changed(session, one), indent="  ")


def told(session: Session, reader: Staff, number: int) -> None:
    """Crosses off what has been told. Raises Refused for what is not theirs to tell."""
    task = next((one for one in holds.to_tell(session, reader) if one.id == number), None)
    if task is None:
        raise Refused(D_("There is nothing to tell under number %(number)s."), number=number)
    task.done_at = now()
    session.add(task)


def _changed(session: Session, task: Task) -> tuple[object, ...]:
    """Whom to tell, and what: an event or a time that has been forgotten since is left at its number."""
    read = ABOUT.fullmatch(task.about)
    guardian = session.get(Guardian, int(read[1])) if read else None
    if read is None or guardian is None:
        return (task.about,)
    number = int(read[3])
    found = session.get(Appointment, number) if read[2] == "time" else session.get(Event, number)
    if found is None:
        return guardian.name, task.about
    title = found.title if isinstance(found, Event) else ""
    return guardian.name, Sentence(CHANGED[read[2]], title=title, when=local_moment(found.starts_at))


def _lead(session: Session, name: str, setting: str | None) -> Staff:
    place = the_setting(session, setting)
    staff = the_staff(session, name, place.id or 0)
    holds.check_lead(session, place, staff)
    return staff


def _whom(session: Session, whom: str) -> tuple[list[Guardian], Child | None]:
    if not whom.startswith("child:"):
        return [the_guardian(session, whom)], None
    child = the_child(session, whom.removeprefix("child:"))
    return holds.family(session, child, today(now())), child


def adopt(session: Session, place: Setting) -> None:
    """What came while there was nobody to read it has a reader now: says so."""
    count = concerns.adopt(session, place)
    if count:
        say(
            ND_(
                "%(count)s safeguarding message waits that nobody could read: coatpeg concerns --staff NAME",
                "%(count)s safeguarding messages wait that nobody could read: coatpeg concerns --staff NAME",
            ),
            count=count,
        )
