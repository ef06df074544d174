"""coatpeg notice-state: whom a notice has reached, and who has understood it."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer
from sqlalchemy import or_
from sqlalchemy import select as core_select
from sqlmodel import Session

from bot.commands.desk import Refused, looking, now
from bot.commands.voice import indented, local_moment, row, say, show
from bot.outbox import TABLE
from locales.sentences import D_, ND_, Joined, Mark, Sentence
from nursery import chases
from nursery.notices import Notice
from nursery.settings import today

WENT = (
    D_("delivered"),
    D_("sent"),
    D_("due"),
    D_("held"),
    D_("failed"),
    D_("suppressed"),
    D_("cancelled"),
    D_("unknown"),
)
"""How far a notice can have come, the furthest first."""


def notice_state(number: Annotated[int, typer.Argument(help="The notice's number.")]) -> None:
    """See whom a notice has reached, who has understood it, and who is not known to have seen it."""
    with looking() as session:
        notice = session.get(Notice, number)
        if notice is None:
            raise Refused(D_("There is no notice %(number)s."), number=number)
        begun = notice.published_at is not None or notice.fanned_upto
        if notice.cancelled_at is not None and not begun:
            raise Refused(D_("Notice %(number)s is withdrawn. Nothing of it had left."), number=number)
        if not begun:
            raise Refused(D_("Notice %(number)s has not been sent yet."), number=number)
        states = _states(session, number)
        say(
            ND_(
                "Notice %(number)s, sent %(when)s, to %(count)s guardian.",
                "Notice %(number)s, sent %(when)s, to %(count)s guardians.",
            ),
            number=number,
            when=local_moment(notice.published_at or notice.publish_at),
            count=len(states),
        )
        counted = Counter(states.values())
        came = Joined(Joined((Sentence(one), counted[one]), " ") for one in WENT if counted[one])
        row(came, indent="  ")
        if notice.checks:
            _understood(session, notice, states)


def _understood(session: Session, notice: Notice, states: dict[int, str]) -> None:
    said = Counter(chases.answers(session, notice).values())
    if said:
        show("  " + ", ".join(f"{answer} {count}" for answer, count in said.most_common()))
    else:
        row(Sentence(D_("no answer yet")), indent="  ")
    missing = chases.unseen(session, notice, today(now()))
    say(D_("Not known to have seen it: %(count)s"), count=len(missing))
    for guardian, why in missing:
        state = states.get(guardian.id or 0, "")
        came = Joined((" (", Sentence(Mark(state)), ")"), "") if state else ""
        say(indented(guardian.name, ": ", Sentence(Mark(why.value)), came))


def _states(session: Session, number: int) -> dict[int, str]:
    """The furthest that the notice has come to each guardian, by whichever channel."""
    keys = (f"notice:{number}:guardian:", f"notice:{number}:again:guardian:")
    mine = or_(*(TABLE.c.key.startswith(key, autoescape=True) for key in keys))
    states: dict[int, str] = {}
    for guardian_id, state in session.connection().execute(core_select(TABLE.c.guardian_id, TABLE.c.state).where(mine)):
        states[guardian_id] = min(states.get(guardian_id, state), state, key=_furthest)
    return states


def _furthest(state: str) -> int:
    return WENT.index(Mark(state)) if state in WENT else len(WENT)
