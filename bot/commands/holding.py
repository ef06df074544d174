"""coatpeg hold-sends, release-sends and holds: for the safeguarding lead alone."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlmodel import Session

from bot.commands.desk import now, the_setting, writing
from bot.commands.telling import the_child, the_staff
from bot.commands.ties import the_guardian
from bot.commands.voice import local_moment, row, say
from locales.sentences import D_, ND_, Sentence
from nursery import holds
from nursery.guardians import Guardian
from nursery.people import Child, Staff
from nursery.settings import today

Whom = Annotated[str, typer.Argument(help="A guardian's name or number, or child:NAME for the whole family.")]
Lead = Annotated[str, typer.Option("--staff", help="Who you are: the setting's safeguarding lead.")]
Place = Annotated[str | None, typer.Option("--setting", help="The setting; may be left out where there is one.")]


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
