"""What may be shown with the messages of one claim: consent is looked up as they leave, and again at every try."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog
from sqlmodel import Session

from bot.house import House
from bot.messages import Picture
from locales import catalogue
from nursery.photo_links import token_of
from nursery.photos import Photo, Showing
from nursery.settings import today

log = structlog.get_logger()

Row = dict[str, Any]


class Pictures:
    """The photos of one claim, each looked up once however many it goes to."""

    def __init__(self, session: Session, house: House, now: datetime) -> None:
        self.session, self.house, self.now = session, house, now
        self._known: dict[int, Showing] = {}

    def put(self, row: Row, guardian_id: int | None) -> Picture | None:
        """Puts the row's photo with it: as a picture, or by SMS as a line with a link. Where it may not be shown to
        this guardian now, the row loses it and the words go alone."""
        showing = self._showing(row["photo_id"])
        refusal = showing.refusal(guardian_id) if guardian_id is not None else "nobody's"
        line = self._line(row) if row["sender"] == "sms" else ""
        words = row["text"].removesuffix(line)
        if refusal is not None:
            log.info("photo kept back", outbox=row["id"], reason=str(refusal))
            row.update(text=words, photo_id=None)
            return None
        row["text"] = words + line
        return None if line else Picture(row["photo_id"], showing.photo.content, showing.photo.mime)

    def _showing(self, photo_id: int) -> Showing:
        if photo_id not in self._known:
            photo = self.session.get_one(Photo, photo_id)
            self._known[photo_id] = Showing(self.session, photo, today(self.now))
        return self._known[photo_id]

    def _line(self, row: Row) -> str:
        return link_line(row["language"], self.house.site, token_of(row["id"], self.house.key))


def link_line(language: str, site: str, token: str) -> str:
    """The link bare, on a line of its own: some phones take what stands beside it for a part of it."""
    heading = catalogue(language).gettext("Photo:")
    return f"\n{heading}\n{site}/p/{token}"
