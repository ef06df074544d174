"""coatpeg notice and questionnaire: what staff tell and ask."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session, select

from bot.commands.desk import Refused, configured, moment, now, the_setting, unknown, writing
from bot.commands.picturing import take_photo
from bot.commands.preview import Preview, preview
from bot.commands.voice import local_moment, say, show_json
from bot.database import open_engine
from bot.pushes import cancel
from bot.writer import Writer
from locales.sentences import D_, ND_, Joined, Sentence
from nursery import notices, photos, questionnaires
from nursery.forms import FormRefused, read_form
from nursery.people import Child, Staff, manager, staff_named
from nursery.recipients import Audience
from nursery.settings import Room, Setting, room_named, setting_named, today
from scheduler import publish_notices

UNDO = timedelta(seconds=60)
"""How long a notice can be taken back before it begins to leave."""


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
    as_json: Annotated[bool, typer.Option("--json", help="One object.")] = False,
) -> None:
    """Tell a setting, a room or one child's guardians something: each in their own language, on their own channel."""
    publish_at = moment(at) if at else now() + (timedelta(0) if at_once or dry_run else UNDO)
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
        )
        config = configured()
        shown = preview(session, made, today(publish_at), config.public_url, translates=config.translates)
        if dry_run:
            session.delete(made)
            session.flush()
            photos.drop(session, taken)
    if not dry_run and publish_at <= now():
        asyncio.run(_publish())
    _show(shown, None if dry_run else made.id, publish_at, as_json)


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
        again = found.cancelled_at is not None
        notices.withdraw(session, found, now())
        count = cancel(session, f"notice:{number}", now())
    if not count and found.published_at is not None and not again:
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


def audience(session: Session, to: str) -> Audience:
    """Whom `setting:NAME`, `room:NAME` or `child:NAME` means. Raises Refused when nobody, or more than one."""
    kind, _, name = to.partition(":")
    if kind == "setting":
        setting = setting_named(session, name)
        if setting is None:
            raise Refused(
                unknown(D_("--to: there is no setting called %(name)s."), name, session.exec(select(Setting.name)))
            )
        return Audience(_id(setting))
    if kind == "room":
        place = the_setting(session, None)
        room = room_named(session, place, name)
        if room is None:
            names = session.exec(select(Room.name).where(Room.setting_id == place.id))
            raise Refused(unknown(D_("--to: there is no room called %(name)s."), name, names))
        return Audience(room.setting_id, room_id=_id(room))
    if kind == "child":
        child = the_child(session, name)
        return Audience(child.setting_id, child_id=_id(child))
    raise Refused(D_("--to: write setting:NAME, room:NAME or child:NAME."))


def the_child(session: Session, name: str) -> Child:
    """The one child of that full or first name. Raises Refused."""
    every = session.exec(select(Child)).all()
    found = [one for one in every if name.casefold() in (one.name.casefold(), one.first_name.casefold())]
    if not found:
        raise Refused(unknown(D_("There is no child called %(name)s."), name, (one.name for one in every)))
    if len(found) > 1:
        raise Refused(
            D_("More than one child is called %(name)s: %(known)s."),
            name=name,
            known=Joined(one.name for one in found),
        )
    return found[0]


def the_staff(session: Session, name: str | None, setting_id: int) -> Staff:
    found = staff_named(session, setting_id, name) if name else manager(session, setting_id)
    if found is None and name:
        names = session.exec(select(Staff.name).where(Staff.setting_id == setting_id))
        raise Refused(unknown(D_("There is no member of staff called %(name)s."), name, names))
    if found is None:
        raise Refused(D_("Say who you are with --staff NAME."))
    return found


def _id(record: Setting | Child | Room) -> int:
    assert record.id is not None
    return record.id


def questionnaire(
    file: Annotated[Path, typer.Argument(help="A questionnaire in TOML; docs/operations.md shows one.")],
    closes: Annotated[str, typer.Option(help="When it closes, ISO.")],
    to: Annotated[str | None, typer.Option(help="setting:NAME or room:NAME; the setting when left out.")] = None,
    at: Annotated[str | None, typer.Option(help="When it opens, ISO; now when left out.")] = None,
) -> None:
    """Open a questionnaire: each guardian is asked one question a message, in their own language."""
    try:
        form = read_form(file.read_text(encoding="utf-8"))
    except OSError:
        raise Refused(D_("There is no file %(file)s."), file=file) from None
    except (FormRefused, UnicodeDecodeError) as refusal:
        raise Refused(D_("%(file)s: %(why)s"), file=file, why=refusal) from None
    opens_at, closes_at = moment(at), moment(closes, "--closes")
    if closes_at <= opens_at:
        raise Refused(D_("--closes: it must close after it opens."))
    with writing() as session:
        whom = audience(session, to) if to else Audience(_id(the_setting(session, None)))
        made = questionnaires.open_questionnaire(session, whom, form, opens_at, closes_at)
    say(
        D_("Questionnaire %(number)s opens %(opens)s and closes %(closes)s."),
        number=made.id,
        opens=local_moment(opens_at),
        closes=local_moment(closes_at),
    )
