"""coatpeg files: the photos, voice notes and documents that came with a parent's message, to look at or listen to."""

from __future__ import annotations

from mimetypes import guess_extension
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session, col, select

from bot.commands.desk import Refused, looking
from bot.commands.named import the_staff
from bot.commands.voice import row, say
from locales.sentences import D_, Mark, Sentence
from nursery import concerns, outcomes
from nursery.complaints import Complaint
from nursery.concerns import Concern
from nursery.corrections import CLOSED
from nursery.inbox import InboundMessage, Media
from nursery.people import Staff
from nursery.settings import Setting, first_setting

WHY = {"size": D_("too large to keep"), "type": D_("not a photo, a voice note or a PDF")}
NO_LONGER = D_("the provider does not have it any more")


def files(
    number: Annotated[int, typer.Argument(help="The message's number, as coatpeg inbox shows it.")],
    folder: Annotated[Path, typer.Option("--to", help="The folder to put them in.")] = Path(),
    staff: Annotated[str | None, typer.Option(help="Who you are; needed for what is not everybody's.")] = None,
) -> None:
    """Put the photos, voice notes and documents of a message in a folder."""
    with looking() as session:
        message = session.get(InboundMessage, number)
        if message is None:
            raise Refused(D_("There is no message %(number)s."), number=number)
        _refuse_others(session, message, staff)
        found = list(session.exec(select(Media).where(Media.inbound_id == number).order_by(col(Media.id))))
        if not found:
            raise Refused(D_("Nothing came with message %(number)s."), number=number)
        folder.mkdir(parents=True, exist_ok=True)
        for place, media in enumerate(found, start=1):
            row(_put(media, folder / f"message-{number}-{place}"))
    say(D_("Delete them when you have looked: they are a family's own."))


def _put(media: Media, path: Path) -> object:
    """Where the file is now, or why it is not there. Nobody else on the computer may read it."""
    if media.refused:
        return Sentence(WHY.get(media.refused, NO_LONGER))
    if media.content is None:
        return Sentence(D_("it is still being fetched: try again in a minute"))
    path = path.with_suffix(guess_extension(media.mime) or "")
    path.touch(mode=0o600)
    path.write_bytes(media.content)
    return path


def _refuse_others(session: Session, message: InboundMessage, staff: str | None) -> None:
    """Raises Refused for what is the safeguarding lead's, for a complaint about the manager where the manager asks, and
    for what is nobody's to open."""
    if message.outcome in CLOSED:
        raise _not_for_you(D_("Message %(number)s is for nobody to open."), message)
    concern = session.exec(select(Concern).where(Concern.inbound_id == message.id)).first()
    case = session.exec(select(Complaint).where(Complaint.inbound_id == message.id, Complaint.about_manager)).first()
    reader = _reader(session, staff, concern, case)
    if message.restricted and (concern is None or reader is None or not concerns.may_read(session, concern, reader)):
        raise _not_for_you(
            D_("Message %(number)s is for the safeguarding lead: say who you are with --staff."), message
        )
    if case is not None and (reader is None or not outcomes.may_read(case, reader)):
        raise _not_for_you(D_("Message %(number)s is not for the manager: say who you are with --staff."), message)


def _reader(session: Session, staff: str | None, concern: Concern | None, case: Complaint | None) -> Staff | None:
    if not staff:
        return None
    place = concern.setting_id if concern is not None else case.setting_id if case is not None else None
    setting = session.get(Setting, place) if place is not None else first_setting(session)
    return the_staff(session, staff, setting.id or 0) if setting is not None else None


def _not_for_you(sentence: Mark, message: InboundMessage) -> Refused:
    return Refused(sentence, number=message.id)
