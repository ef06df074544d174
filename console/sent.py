"""What went with a message by SMS and is opened by its link: for as long as it may be shown to who was sent it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

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
from nursery.photo_links import LASTS
from nursery.settings import today

Found = TypeVar("Found")

GONE_OUT = (State.SENDING, State.SENT, State.DELIVERED, State.UNKNOWN)
"""A link in a message that never left is nobody's to open."""


def link_routes(
    engine: Engine,
    page_path: str,
    file_path: str,
    find: Callable[[Session, str], Found | None],
    page: Callable[[Found, str], Response],
    file: Callable[[Found, Request], Response],
    missing: str,
) -> list[Route]:
    """The page that a link's token opens, and the file on it. What `find` does not find is a page that says `missing`,
    and no file."""

    def look(token: str) -> Found | None:
        with reading(engine) as session:
            return find(session, token)

    async def show(request: Request) -> Response:
        token = request.path_params["token"]
        found = await run_in_threadpool(look, token)
        return gone(request, missing) if found is None else page(found, token)

    async def give(request: Request) -> Response:
        found = await run_in_threadpool(look, request.path_params["token"])
        return no_file() if found is None else file(found, request)

    return [Route(page_path, show), Route(file_path, give)]


def no_file() -> Response:
    return Response(status_code=404, headers=SHUT)


def message(session: Session, number: int | None) -> OutboxMessage | None:
    """The message a link was in; None when there is none, or it never left."""
    found = session.get(OutboxMessage, number) if number is not None else None
    return found if found is not None and found.guardian_id is not None and found.state in GONE_OUT else None


def opens_until(message: OutboxMessage) -> datetime:
    return (message.sent_at or message.due_at) + LASTS


def reader(session: Session, message: OutboxMessage, setting_id: int, now: datetime) -> Guardian | None:
    """Whose it is, for as long as the link lasts and they may be told of a child at that setting; else None."""
    guardian, day = session.get_one(Guardian, message.guardian_id), today(now)
    if now >= opens_until(message) or (guardian.left_on is not None and guardian.left_on <= day):
        return None
    children = children_of(session, guardian.id or 0, ANY_TOPIC, day)
    theirs = [child for child in children if message.child_id in (None, child.id)]
    return guardian if any(child.setting_id == setting_id for child in theirs) else None


def gone(request: Request, why: str) -> Response:
    """The same for every link that shows nothing, so that it tells nothing of why: `why` is said of all."""
    words = Words(catalogue(_reader(request.headers.get("accept-language", ""))))
    said = words.catalogue
    return shut(
        "record_gone.html",
        404,
        **words.frame(),
        title=said.gettext("This link does not work"),
        why=said.gettext(why),
        what=said.gettext("To ask about it, text ASK to your nursery, or ring them."),
    )
