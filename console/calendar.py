"""A guardian's calendar at /calendar/<token>.ics: what they are invited to and have booked, in their language."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from sqlalchemy import Engine
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.database import reading
from bot.sender import Clock
from handlers.booked import kind_name, place_of
from handlers.venue import access_facts, notes, title_for
from locales import LANGUAGES, SOURCE, Catalogue, catalogue
from nursery import bookings, calendar_links, calendars, events
from nursery.appointments import Appointment, Kind
from nursery.calendars import Entry
from nursery.events import Event
from nursery.guardians import ANY_TOPIC, Guardian, Topic, children_of
from nursery.people import Child, Staff
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
    now = clock()
    with reading(engine) as session:
        named = calendar_links.whose(session, token, key)
        guardian_id = named or calendar_links.whose_before(session, token, key)
        guardian = session.get(Guardian, guardian_id) if guardian_id is not None else None
        if guardian is None or (guardian.left_on is not None and guardian.left_on <= today(now)):
            return None
        words = catalogue(guardian.language)
        invited = events.in_calendar(session, guardian.id or 0, now)
        booked = bookings.in_calendar(session, guardian.id or 0, now) if named else []
        mine, told = (children_of(session, guardian.id or 0, topic, today(now)) for topic in (ANY_TOPIC, Topic.EVENTS))
        titles = [title_for(session, words, (mine, told), one.title, one.setting_id, one.room_id) for one in invited]
        entries = [_entry(one, title, words) for one, title in zip(invited, titles, strict=True)]
        entries += [_booking(session, *one, words) for one in booked]
        name = _name(session, [*invited, *(one for one, _ in booked)])
        return calendars.feed(name, entries, LANGUAGES.get(guardian.language, LANGUAGES[SOURCE]).html)


def _name(session: Session, found: Sequence[Event | Appointment]) -> str:
    names = dict.fromkeys(session.get_one(Setting, one.setting_id).name for one in found)
    return ", ".join(names) or "Coatpeg"


def _entry(event: Event, title: str, words: Catalogue) -> Entry:
    facts = " ".join(access_facts(words, event))
    return Entry(
        uid=f"event-{event.id}@coatpeg",
        title=title,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        changed_at=event.cancelled_at or event.made_at,
        place=event.place,
        words="\n".join(part for part in (facts, notes(words, event)) if part),
        cancelled=event.cancelled_at is not None,
    )


def _booking(session: Session, booked: Appointment, child: Child, words: Catalogue) -> Entry:
    """Their own, with whom and about which child; nothing of who else comes or asked for it."""
    staff = session.get_one(Staff, booked.staff_id)
    return Entry(
        uid=f"booking-{booked.id}@coatpeg",
        title=words.comma.join((kind_name(words, Kind(booked.kind)), child.first_name, staff.name)),
        starts_at=booked.starts_at,
        ends_at=booked.ends_at,
        changed_at=booked.cancelled_at or booked.booked_at or booked.made_at,
        place=place_of(words, session, booked),
        cancelled=booked.cancelled_at is not None,
    )
