"""coatpeg notice and withdraw: what staff tell, and take back."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from bot.commands.desk import Refused, beginning, configured, now, writing
from bot.commands.named import audience, the_child
from bot.commands.picturing import take_photo
from bot.commands.preview import Preview, preview
from bot.commands.twice import refuse_same_notice
from bot.commands.voice import local_moment, say, show_json
from bot.database import open_engine
from bot.pushes import cancel
from bot.writer import Writer
from locales.sentences import D_, ND_, Sentence
from nursery import notices, photos
from nursery.settings import today
from scheduler import publish_notices

UNDO = timedelta(seconds=60)
"""How long a notice can be taken back before it begins to leave."""

LATE = timedelta(minutes=5)
"""So long after its moment a notice still goes: whoever typed it meant now."""


def notice(
    to: Annotated[str, typer.Option(help="setting:NAME, room:NAME or child:NAME.")],
    slots: Annotated[list[str] | None, typer.Argument(help="A template's values: day=2027-01-29 time=15:00")] = None,
    text: Annotated[str, typer.Option(help="Words of your own, in English.")] = "",
    template: Annotated[str, typer.Option(help="One of the ready translated templates.")] = "",
    plainer: Annotated[str, typer.Option(help="The same in plainer words, for whoever finds it unclear.")] = "",
    urgent: Annotated[bool, typer.Option("--urgent", help="Passes quiet hours and the day's budget.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Asks each guardian whether it is clear.")] = False,
    at_once: Annotated[bool, typer.Option("--now", help="No minute to take it back in.")] = False,
    at: Annotated[str | None, typer.Option(help="When to send it, ISO.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Send nothing; show whom it would reach and the price.")
    ] = False,
    photo: Annotated[Path | None, typer.Option(help="A JPEG or PNG file that goes with it.")] = None,
    shows: Annotated[list[str] | None, typer.Option(help="A child the photo shows; once for each.")] = None,
    sure: Annotated[bool, typer.Option("--sure", help="It reads like a concern and is none.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One object.")] = False,
) -> None:
    """Tell a setting, a room or one child's guardians something: each in their own language, on their own channel."""
    publish_at = _ahead(at) if at else now() + (timedelta(0) if at_once or dry_run else UNDO)
    with writing() as session:
        whom = audience(session, to)
        taken = take_photo(session, whom.setting_id, photo, [the_child(session, one) for one in shows or []])
        made = notices.draft(
            session,
            whom,
            publish_at=publish_at,
            now=now(),
            template=template,
            text=text,
            slots=_slots(slots or []),
            plainer=plainer,
            urgent=urgent,
            checks=check,
            photo_id=taken.id if taken else None,
            sure=sure,
        )
        refuse_same_notice(session, made)
        config = configured()
        shown = preview(session, made, today(publish_at), config.public_url, translates=config.translates)
        if dry_run:
            _drop(session, made, taken)
    if not dry_run and publish_at <= now():
        asyncio.run(_publish())
    _show(shown, None if dry_run else made.id, publish_at, as_json)


def _drop(session: Session, made: notices.Notice, taken: photos.Photo | None) -> None:
    """Nothing of a dry run is kept."""
    session.delete(made)
    session.flush()
    photos.drop(session, taken)


def _ahead(at: str) -> datetime:
    """The moment as typed. Raises Refused for a day without its time, and for one that has passed, but for the minutes
    it took to type it."""
    leaves, here = beginning(at, "--at"), now()
    if leaves < here - LATE:
        raise Refused(
            D_("--at: %(when)s has passed; it is %(now)s now. Leave --at out to send it now."),
            when=local_moment(leaves),
            now=local_moment(here),
        )
    return leaves


def _slots(written: list[str]) -> dict[str, str]:
    for one in written:
        if "=" not in one:
            raise Refused(D_("%(word)s: write a template's value as slot=value."), word=one)
    return {one.partition("=")[0].strip(): one.partition("=")[2].strip() for one in written}


async def _publish() -> None:
    """What is due leaves for the outbox now; whoever delivers finds it there within a second."""
    engine = open_engine(configured().database_url)
    writer = Writer(engine)
    try:
        await publish_notices.run(writer, now())
    finally:
        await writer.close()
        engine.dispose()


def _show(shown: Preview, notice_id: int | None, leaves_at: datetime, as_json: bool) -> None:
    if as_json:
        show_json({"notice": notice_id} | shown.as_json())
        return
    back = D_("Notice %(number)s leaves %(when)s. To take it back: coatpeg withdraw %(number)s")
    leaves = Sentence(back, number=notice_id, when=local_moment(leaves_at))
    last = Sentence(D_("Nothing was sent.")) if notice_id is None else leaves
    for line in (*shown.lines(), last):
        say(line)


def withdraw(number: Annotated[int, typer.Argument(help="The notice's number.")]) -> None:
    """Take a notice back: what has not left yet does not leave."""
    with writing() as session:
        found = session.get(notices.Notice, number)
        if found is None:
            raise Refused(D_("There is no notice %(number)s."), number=number)
        again, never_left = found.cancelled_at is not None, not (found.published_at or found.fanned_upto)
        notices.withdraw(session, found, now())
        count = cancel(session, f"notice:{number}", now())
    if never_left:
        say(D_("Notice %(number)s is withdrawn. Nothing of it had left."), number=number)
        return
    if not count and not again:
        say(
            D_("It is too late: every message of notice %(number)s has left. Send another to put it right."),
            number=number,
        )
        return
    say(
        ND_(
            "Notice %(number)s is withdrawn; %(count)s message had not left.",
            "Notice %(number)s is withdrawn; %(count)s messages had not left.",
        ),
        number=number,
        count=count,
    )
