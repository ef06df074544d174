"""coatpeg poll: which of these times families could come to a meeting at, and the one chosen."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer
from sqlmodel import Session

from bot.commands.desk import Refused, beginning, local_moment, looking, moment, now, say, the_setting, writing
from bot.commands.telling import audience
from nursery import meeting_times, polls
from nursery.polls import Poll, PollRefused
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
            raise Refused("--to: a poll is for a setting or a room. For one family: coatpeg slots add.")
        starts = [beginning(one, "--slot") for one in slot]
        ends = moment(closes, "--closes") if closes else min(now() + CLOSES, min(starts))
        try:
            made = polls.open_poll(session, whom, title, starts, ends, now=now(), minutes=minutes, place=place)
        except PollRefused as refusal:
            raise Refused(str(refusal)) from None
    say(f"Poll {made.id} closes {local_moment(ends)}. Families are asked in the next minute, or after the quiet hours.")


@poll.command("close")
def poll_close(number: Annotated[int, typer.Argument(help="The poll's number.")]) -> None:
    """Choose the time that leaves fewest out, and tell those who answered."""
    with writing() as session:
        found = _poll(session, number)
        try:
            event = meeting_times.close(session, found, now())
        except PollRefused as refusal:
            raise Refused(str(refusal)) from None
        when = local_moment(event.starts_at) if event else ""
    say(f"{found.title} is on {when}." if when else f"Poll {number} is closed: all its times have passed.")
    poll_show(number)


@poll.command("show")
def poll_show(number: Annotated[int, typer.Argument(help="The poll's number.")]) -> None:
    """See how many could come at each time, and who could not."""
    with looking() as session:
        found = _poll(session, number)
        count, out = len(polls.answers(session, found)), meeting_times.standing(session, found)
        lines = [(time.starts_at, out[time.id or 0]) for time in polls.times_of(session, found)]
    say(f"{count} answered.")
    for starts_at, excluded in lines:
        names = ", ".join(guardian.name for guardian in excluded)
        say(f"{local_moment(starts_at)}  {count - len(excluded)} can come" + (f"  not: {names}" if names else ""))


def _poll(session: Session, number: int) -> Poll:
    found = session.get(Poll, number)
    if found is None:
        raise Refused(f"There is no poll {number}.")
    return found
