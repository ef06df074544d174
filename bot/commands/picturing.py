"""What a photo does to a command: the file read and kept, and who would get the words without it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlmodel import Session

from bot.commands.desk import Refused, now
from bot.commands.voice import indented
from locales.sentences import D_, Joined, Mark, Sentence, Spoken
from nursery import photos
from nursery.guardians import Guardian
from nursery.people import Child
from nursery.photos import Photo, PhotoRefused, Unshown


def take_photo(
    session: Session, setting_id: int, file: Path | None, shown: Sequence[Child], by: str = ""
) -> Photo | None:
    """The photo in a file, kept; none where there is no file. Raises Refused."""
    if file is None:
        if shown:
            raise Refused(D_("There is no --photo to show anybody on."))
        return None
    try:
        return photos.add_photo(session, setting_id, file.read_bytes(), shown, now=now(), made_by=by)
    except OSError:
        raise Refused(D_("There is no file %(file)s."), file=file) from None
    except PhotoRefused as refusal:
        raise Refused(D_("%(file)s: %(why)s"), file=file, why=refusal) from None


def lines(kept_from: Sequence[tuple[Guardian, Unshown]]) -> list[Spoken]:
    """Who would get the words alone, and why, without a word of whose child stands in the way."""
    reasons = dict.fromkeys(reason for _, reason in kept_from)
    grouped = {reason: [one.name for one, why in kept_from if why is reason] for reason in reasons}
    return [
        indented(
            Sentence(D_("without the photo: %(names)s: %(why)s"), names=Joined(names), why=Sentence(Mark(reason.value)))
        )
        for reason, names in grouped.items()
    ]
