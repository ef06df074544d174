"""coatpeg snippet: what a child did or learned, told to the child's guardians."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from bot.commands.desk import now, writing
from bot.commands.missed import missed_of
from bot.commands.named import the_child, the_writer
from bot.commands.picturing import lines, take_photo
from bot.commands.twice import refuse_same_snippet
from bot.commands.voice import say
from locales.sentences import D_, Sentence
from nursery import observations
from nursery.guardians import Guardian, Topic
from nursery.people import Child
from nursery.photos import Photo, Unshown, kept_from
from nursery.recipients import Audience
from nursery.settings import today


def snippet(
    child: Annotated[str, typer.Argument(help="The child's name.")],
    words: Annotated[str, typer.Argument(help="What the child did or learned; never a concern.")],
    next_step: Annotated[str, typer.Option("--next", help="Something to try at home.")] = "",
    staff: Annotated[str | None, typer.Option(help="Who writes it; the child's key person when left out.")] = None,
    concern: Annotated[bool, typer.Option("--concern", help="Say so, and it is refused: book a talk instead.")] = False,
    sure: Annotated[bool, typer.Option("--sure", help="It reads like a concern and is none.")] = False,
    photo: Annotated[Path | None, typer.Option(help="A JPEG or PNG file that goes with it.")] = None,
    with_: Annotated[list[str] | None, typer.Option("--with", help="Another child it shows; once for each.")] = None,
) -> None:
    """Add a progress snippet. Signed off by the key person or the manager it goes to the child's guardians."""
    with writing() as session:
        about = the_child(session, child)
        writer = the_writer(session, about, staff)
        shown = [about, *(the_child(session, one) for one in with_ or [])] if photo or with_ else []
        taken = take_photo(session, about.setting_id, photo, shown, writer.name)
        made = observations.add_snippet(
            session,
            about,
            words,
            staff=writer,
            now=now(),
            next_step=next_step,
            concern=concern,
            sure=sure,
            photo_id=taken.id if taken else None,
        )
        refuse_same_snippet(session, about, made)
        missed = missed_of(session, about, Topic.PROGRESS, today(now()))
        kept = _kept_from(session, about, taken) if taken else []
    goes, waits = D_("It goes to the guardians."), D_("It waits for the key person to approve it.")
    state = Sentence(goes if made.approved_at else waits)
    say(D_("Snippet %(number)s for %(child)s. %(state)s"), number=made.id, child=about.first_name, state=state)
    for line in (*missed, *lines(kept)):
        say(line)


def _kept_from(session: Session, about: Child, photo: Photo) -> list[tuple[Guardian, Unshown]]:
    whom = Audience(about.setting_id, child_id=about.id)
    return kept_from(session, photo, whom, Topic.PROGRESS, today(now()))
