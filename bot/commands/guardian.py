"""coatpeg guardian: what staff set about one guardian."""

from __future__ import annotations

import typer

from bot.commands import calendars, knowing, numbers, ties

app = typer.Typer(no_args_is_help=True, help="A guardian: who may be told what, until when, and at which number.")
app.command("list")(ties.listed)
app.command("confirm")(ties.confirm)
app.command("topics")(ties.topics)
app.command("ends")(ties.ends)
app.command("limit")(ties.limit)
app.command("lift")(ties.lift)
app.command("leave")(ties.leave)
app.command("prefer")(knowing.prefer)
app.command("number")(numbers.number)
app.command("share")(numbers.share_phone)
app.command("part")(numbers.part_phone)
app.command("calendar")(calendars.calendar)
