"""coatpeg peg: the picture of a child's coat peg."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.desk import writing
from bot.commands.named import the_child
from bot.commands.voice import say
from locales.sentences import D_
from nursery import pegs


def peg(
    child: Annotated[str, typer.Argument(help="The child's name.")],
    picture: Annotated[str, typer.Argument(help="The picture the child has chosen, such as fox.")] = "",
) -> None:
    """See a child's peg picture, or change it. In a room no two children have the same while there are others."""
    with writing() as session:
        about = the_child(session, child)
        if picture:
            pegs.choose(session, about, picture.strip().lower())
        else:
            pegs.give(session, about)
        say(D_("%(child)s's peg picture: %(picture)s."), child=about.first_name, picture=about.peg)
