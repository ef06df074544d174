"""/p/TOKEN: a photo that went with a message by SMS, for as long as it may be shown to who was sent it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.database import reading
from bot.outbox import OutboxMessage, State
from console.pages import SHUT, shut
from console.record import _reader
from console.record_lines import Words
from locales import catalogue
from nursery.guardians import ANY_TOPIC, Guardian, children_of
from nursery.photo_links import LASTS, message_of
from nursery.photos import Photo, may_go
from nursery.settings import today

GONE_OUT = (State.SENDING, State.SENT, State.DELIVERED, State.UNKNOWN)
"""A link in a message that never left is nobody's to open."""


@dataclass(frozen=True, slots=True)
class _Shown:
    photo: Photo
    language: str
    until: datetime


def photo_routes(engine: Engine, key: bytes, clock: Callable[[], datetime]) -> list[Route]:
    """The page, and the picture on it."""

    def find(token: str) -> _Shown | None:
        with reading(engine) as session:
            return _shown(session, message_of(token, key), clock())

    async def show(request: Request) -> Response:
        token = request.path_params["token"]
        found = await run_in_threadpool(find, token)
        return _gone(request) if found is None else _page(found, token)

    async def picture(request: Request) -> Response:
        found = await run_in_threadpool(find, request.path_params["token"])
        if found is None:
            return Response(status_code=404, headers=SHUT)
        return Response(found.photo.content, media_type=found.photo.mime, headers=SHUT)

    return [Route("/p/{token}", show), Route("/p/{token}/picture", picture)]


def _shown(session: Session, message_id: int | None, now: datetime) -> _Shown | None:
    """What a link shows now; None when it has run out, or its guardian may not see it any more."""
    message = session.get(OutboxMessage, message_id) if message_id is not None else None
    if message is None or message.photo_id is None or message.guardian_id is None or message.state not in GONE_OUT:
        return None
    photo, day = session.get_one(Photo, message.photo_id), today(now)
    until = (message.sent_at or message.due_at) + LASTS
    guardian = session.get_one(Guardian, message.guardian_id)
    if now >= until or (guardian.left_on is not None and guardian.left_on <= day):
        return None
    children = children_of(session, message.guardian_id, ANY_TOPIC, day)
    theirs = [child for child in children if message.child_id in (None, child.id)]
    if not any(child.setting_id == photo.setting_id for child in theirs):
        return None
    return _Shown(photo, guardian.language, until) if may_go(session, photo, message.guardian_id, day) else None


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


def _gone(request: Request) -> Response:
    """The same for every link that shows nothing, so that it tells nothing of why."""
    words = Words(catalogue(_reader(request.headers.get("accept-language", ""))))
    said = words.catalogue
    return shut(
        "record_gone.html",
        404,
        **words.frame(),
        title=said.gettext("This link does not work"),
        why=said.gettext("The photo is not here any more, or the link was not copied whole."),
        what=said.gettext("To ask about it, text ASK to your nursery, or ring them."),
    )
