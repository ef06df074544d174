"""coatpeg guardian calendar: the link to a guardian's calendar, and cutting it off."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.desk import now, writing
from bot.commands.named import the_guardian
from bot.commands.ties import Who
from bot.commands.voice import local_moment, say
from locales.sentences import D_
from nursery import calendar_links


def calendar(
    who: Who,
    cut: Annotated[bool, typer.Option("--cut", help="Cut it off: whoever has it sees nothing more.")] = False,
) -> None:
    """See whether a guardian has a link to their calendar, or cut it off where it has gone astray."""
    with writing() as session:
        guardian = the_guardian(session, who)
        link = calendar_links.in_force(session, guardian.id or 0)
        if link is None:
            say(D_("%(guardian)s has no link to a calendar."), guardian=guardian.name)
        elif cut:
            calendar_links.cut(session, guardian.id or 0, now())
            say(D_("%(guardian)s's link is cut off. For a new one they text EVENTS."), guardian=guardian.name)
        else:
            since = local_moment(link.made_at)
            say(D_("%(guardian)s has had a link since %(when)s. --cut ends it."), guardian=guardian.name, when=since)
