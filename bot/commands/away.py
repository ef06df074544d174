"""coatpeg away: who does not come today, why, until when and who said so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

import typer
from sqlmodel import Session

from bot.commands.desk import Refused, looking, now, the_setting
from bot.commands.said import words_of
from bot.commands.voice import filled, row, say, show_json
from locales.sentences import D_, ND_, Mark, Sentence
from nursery.attendance import Absence, Reason, away_on
from nursery.guardians import Guardian
from nursery.people import Child
from nursery.settings import Room, today

WHY: Mapping[Reason, Mark] = {
    Reason.ILL: D_("ill"),
    Reason.HOLIDAY: D_("holiday"),
    Reason.APPOINTMENT: D_("appointment"),
    Reason.OTHER: D_("something else"),
}


def away(
    on: Annotated[str, typer.Option("--on", help="Another day, such as 2027-01-04.")] = "",
    setting: Annotated[str | None, typer.Option(help="The setting; may be left out where there is one.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="A list.")] = False,
) -> None:
    """See which children are away today, as their guardians told it."""
    day = _day(on)
    with looking() as session:
        found = away_on(session, the_setting(session, setting).id or 0, day)
        rows = [_cells(session, child, absence) for child, absence in found]
    if as_json:
        show_json(rows)
        return
    if not rows:
        say(D_("Nobody has told us of a child away on %(day)s."), day=day)
        return
    say(ND_("%(count)s child is away on %(day)s:", "%(count)s children are away on %(day)s:"), count=len(rows), day=day)
    for one in rows:
        row(*filled(one.values()), indent="  ")


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written) if written else today(now())
    except ValueError:
        raise Refused(D_("--on: write the day as 2027-01-04, not %(day)s."), day=written) from None


def _cells(session: Session, child: Child, absence: Absence) -> dict[str, object]:
    room = session.get(Room, child.room_id) if child.room_id else None
    told_by = session.get_one(Guardian, absence.guardian_id)
    return {
        "child": child.name,
        "room": room.name if room else "",
        "why": Sentence(WHY[Reason(absence.reason)]),
        "until": Sentence(D_("until %(day)s"), day=absence.last_day),
        "told by": told_by.name,
        "words": words_of(session, absence.words, absence.inbound_id),
    }
