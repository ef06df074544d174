"""coatpeg approve: what staff sign off, a snippet of their own or what a parent shared from home."""

from __future__ import annotations

from typing import Annotated, TypeVar

import typer
from sqlmodel import Session

from bot.commands.already import refuse_signed, refuse_taken
from bot.commands.desk import Refused, now, writing
from bot.commands.named import the_writer
from bot.commands.voice import say
from locales.sentences import D_, Mark
from nursery import home_observations, observations
from nursery.home_observations import HomeObservation
from nursery.observations import Snippet
from nursery.people import Child
from nursery.tasks import finish

Record = TypeVar("Record", Snippet, HomeObservation)


def approve(
    kind: Annotated[str, typer.Argument(help="snippet, or home for what a parent shared.")],
    number: Annotated[int, typer.Argument(help="Its number.")],
    staff: Annotated[str | None, typer.Option(help="Who signs it off; the child's key person when left out.")] = None,
    line: Annotated[str, typer.Option(help="What you say back to the parent who shared it.")] = "",
    area: Annotated[str, typer.Option(help="The area of learning it shows.")] = "",
) -> None:
    """Sign off a progress snippet, or take what a parent shared from home into the child's record."""
    with writing() as session:
        if kind == "snippet":
            _snippet(session, number, staff)
        elif kind == "home":
            _home(session, number, staff, line, area)
        else:
            raise Refused(D_("%(kind)s: write snippet or home."), kind=kind)
    say(D_("Signed off. It leaves in the next minute, or when the quiet hours end."))


def _snippet(session: Session, number: int, staff: str | None) -> None:
    snippet = _there(session.get(Snippet, number), D_("There is no snippet %(number)s."), number)
    refuse_signed(snippet)
    observations.approve(session, snippet, the_writer(session, session.get_one(Child, snippet.child_id), staff), now())


def _home(session: Session, number: int, staff: str | None, line: str, area: str) -> None:
    kept = _there(session.get(HomeObservation, number), D_("There is no observation %(number)s."), number)
    refuse_taken(session, kept)
    member = the_writer(session, session.get_one(Child, kept.child_id), staff)
    home_observations.approve(session, kept, member, now(), line=line, area=area)
    finish(session, f"home_observation:{kept.id}", now())


def _there(found: Record | None, sentence: Mark, number: int) -> Record:
    if found is None:
        raise Refused(sentence, number=number)
    return found
