"""/p/TOKEN: a photo that went with a message by SMS, for as long as it may be shown to who was sent it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from console import sent
from console.pages import SHUT, shut
from console.record_lines import Words
from locales import N_, catalogue
from nursery.photo_links import message_of
from nursery.photos import Photo, may_go
from nursery.settings import today

GONE = N_("The photo is not here any more, or the link was not copied whole.")


@dataclass(frozen=True, slots=True)
class _Shown:
    photo: Photo
    language: str
    until: datetime


def photo_routes(engine: Engine, key: bytes, clock: Callable[[], datetime]) -> list[Route]:
    """The page, and the picture on it."""

    def find(session: Session, token: str) -> _Shown | None:
        return _shown(session, message_of(token, key), clock())

    def picture(found: _Shown, _: Request) -> Response:
        return Response(found.photo.content, media_type=found.photo.mime, headers=SHUT)

    return sent.link_routes(engine, "/p/{token}", "/p/{token}/picture", find, _page, picture, GONE)


def _shown(session: Session, message_id: int | None, now: datetime) -> _Shown | None:
    """What a link shows now; None when it has run out, or its guardian may not see it any more."""
    message = sent.message(session, message_id)
    if message is None or message.photo_id is None:
        return None
    photo = session.get_one(Photo, message.photo_id)
    guardian = sent.reader(session, message, photo.setting_id, now)
    if guardian is None or not may_go(session, photo, guardian.id or 0, today(now)):
        return None
    return _Shown(photo, guardian.language, sent.opens_until(message))


def _page(shown: _Shown, token: str) -> Response:
    words = Words(catalogue(shown.language))
    said = words.catalogue
    note = said.gettext("It is for you alone: please do not pass it on. The link works until %(day)s.")
    return shut(
        "photo.html",
        **words.frame(),
        title=said.gettext("A photo from your nursery"),
        source=f"/p/{token}/picture",
        note=said.say(note, day=words.day(shown.until)),
    )
