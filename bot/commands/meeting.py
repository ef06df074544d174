"""coatpeg poll: which of these times families could come to a meeting at, and the one chosen."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer
from sqlmodel import Session

from bot.commands.desk import Refused, beginning, looking, now, the_setting, writing
from bot.commands.named import audience
from bot.commands.voice import local_moment, row, say
from locales.sentences import D_, ND_, Joined, Sentence
from nursery import meeting_times, polls
from nursery.polls import Poll
from nursery.recipients import Audience

poll = typer.Typer(no_args_is_help=True, help="Polls of families about the time of a meeting.")

CLOSES = timedelta(days=5)
"""How long a poll is open unless staff say otherwise."""


@poll.command("open")
def poll_open(
    title: Annotated[str, typer.Option(help="What the meeting is about.")],
    slot: Annotated[list[str], typer.Option(help="A time it could be at, ISO; give two to eight.")],
    to: Annotated[str | None, typer.Option(help="setting:NAME or room:NAME; the setting when left out.")] = None,
    minutes: Annotated[int, typer.Option(help="How long the meeting lasts.")] = 60,
    place: Annotated[str, typer.Option(help="Where.")] = "",
    closes: Annotated[str | None, typer.Option(help="When it closes, ISO; in five days when left out.")] = None,
) -> None:
    """Ask families which of these times they could come to."""
    with writing() as session:
        whom = audience(session, to) if to else Audience(the_setting(session, None).id or 0)
        if whom.child_id is not None:
            raise Refused(D_("--to: a poll is for a setting or a room. For one family: coatpeg slots add."))
        starts = [beginning(one, "--slot") for one in slot]
        ends = beginning(closes, "--closes") if closes else min(now() + CLOSES, min(starts))
        made = polls.open_poll(session, whom, title, starts, ends, now=now(), minutes=minutes, place=place)
    say(
        D_("Poll %(number)s closes %(when)s. Families are asked in the next minute, or after the quiet hours."),
        number=made.id,
        when=local_moment(ends),
    )


@poll.command("close")
def poll_close(number: Annotated[int, typer.Argument(help="The poll's number.")]) -> None:
    """Choose the time that leaves fewest out, and tell those who answered."""
    with writing() as session:
        found = _poll(session, number)
        event = meeting_times.close(session, found, now())
        when = local_moment(event.starts_at) if event else None
    if when is None:
        say(D_("Poll %(number)s is closed: all its times have passed."), number=number)
    else:
        say(D_("%(title)s is on %(when)s."), title=found.title, when=when)
    poll_show(number)


@poll.command("show")
def poll_show(number: Annotated[int, typer.Argument(help="The poll's number.")]) -> None:
    """See how many could come at each time, and who could not."""
    with looking() as session:
        found = _poll(session, number)
        count, out = len(polls.answers(session, found)), meeting_times.standing(session, found)
        lines = [(time.starts_at, out[time.id or 0]) for time in polls.times_of(session, found)]
    say(ND_("%(count)s answered.", "%(count)s answered."), count=count)
    for starts_at, excluded in lines:
        can = Sentence(ND_("%(count)s can come", "%(count)s can come"), count=count - len(excluded))
        names = Joined(guardian.name for guardian in excluded)
        row(local_moment(starts_at), can, *([Sentence(D_("not: %(names)s"), names=names)] if excluded else []))


def _poll(session: Session, number: int) -> Poll:
    found = session.get(Poll, number)
    if found is None:
        raise Refused(D_("There is no poll %(number)s."), number=number)
    return found
