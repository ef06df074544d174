"""A guardian's calendar at /calendar/<token>.ics: what they are invited to at this moment, in their language."""

from __future__ import annotations

import asyncio

from sqlalchemy import Engine
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.database import reading
from bot.delivery import Clock
from handlers.venue import access_facts, notes
from locales import LANGUAGES, SOURCE, Catalogue, catalogue
from nursery import calendars
from nursery.calendars import Entry
from nursery.events import Event, in_calendar
from nursery.guardians import Guardian
from nursery.settings import Setting, today

HEADERS = {"Cache-Control": "private, max-age=900", "X-Robots-Tag": "noindex", "X-Content-Type-Options": "nosniff"}


def calendar_routes(engine: Engine, key: bytes, clock: Clock) -> list[Route]:
    """The one route. A token that is nobody's, or of who has left, is not found; it does not say which."""

    async def calendar(request: Request) -> Response:
        words = await asyncio.to_thread(_calendar, engine, key, request.path_params["token"], clock)
        if words is None:
            return PlainTextResponse("There is no calendar here.\n", 404, HEADERS | {"Cache-Control": "no-store"})
        return Response(words, headers=HEADERS, media_type="text/calendar; charset=utf-8")

    return [Route("/calendar/{token}.ics", calendar, methods=["GET"])]


def _calendar(engine: Engine, key: bytes, token: str, clock: Clock) -> str | None:
    guardian_id, now = calendars.whose(token, key), clock()
    if guardian_id is None:
        return None
    with reading(engine) as session:
        guardian = session.get(Guardian, guardian_id)
        if guardian is None or (guardian.left_on is not None and guardian.left_on <= today(now)):
            return None
        words, found = catalogue(guardian.language), in_calendar(session, guardian_id, now)
        entries = [_entry(event, words) for event in found]
        return calendars.feed(_name(session, found), entries, LANGUAGES.get(guardian.language, LANGUAGES[SOURCE]).html)


def _name(session: Session, found: list[Event]) -> str:
    names = dict.fromkeys(session.get_one(Setting, event.setting_id).name for event in found)
    return ", ".join(names) or "Coatpeg"


def _entry(event: Event, words: Catalogue) -> Entry:
    facts = " ".join(access_facts(words, event))
    return Entry(
        uid=f"event-{event.id}@coatpeg",
        title=event.title,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        changed_at=event.cancelled_at or event.made_at,
        place=event.place,
        words="\n".join(part for part in (facts, notes(words, event)) if part),
        cancelled=event.cancelled_at is not None,
    )
