"""/r/TOKEN: a child's record, for one guardian, in their language, until the link runs out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route

from bot.database import reading
from bot.writer import Writer
from console.pages import rendered, static_files
from console.record_lines import Words, facts_of, parts_of
from locales import SOURCE, catalogue, shipped
from nursery import record_links
from nursery.guardians import Guardian
from nursery.people import Child
from nursery.record_links import RecordLink
from nursery.settings import Setting, local

SHUT = {
    "content-security-policy": "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow, noarchive",
    "cache-control": "no-store",
}
"""Nothing runs, nothing leaves, nothing is kept, and no search engine is told."""


LONGEST = 18
"""Digits of a photo's number: anybody may write any number into an address."""


def record_routes(writer: Writer, clock: Callable[[], datetime]) -> list[Route | Mount]:
    """The page, and the static files of all pages. Opening is written down, so it goes through the writer."""

    async def show(request: Request) -> Response:
        token, now = request.path_params["token"], clock()
        link = (
            await writer.do(partial(record_links.open_link, token=token, now=now)) if request.method == "GET" else None
        )
        if link is None:
            return _gone(_reader(request.headers.get("accept-language", "")))
        return await run_in_threadpool(_show, writer, link, token, now)

    async def photo(request: Request) -> Response:
        token, number = request.path_params["token"], request.path_params["number"]
        known = int(number) if number.isdecimal() and len(number) <= LONGEST else 0
        return await run_in_threadpool(_photo, writer, token, known, clock())

    return [Route("/r/{token}", show), Route("/r/{token}/photo/{number}", photo), static_files()]


def _photo(writer: Writer, token: str, number: int, now: datetime) -> Response:
    with reading(writer.engine) as session:
        found = record_links.photo(session, token, number, now)
    if found is None or found.content is None:
        return Response(status_code=404, headers=SHUT)
    return Response(found.content, media_type=found.mime, headers=SHUT)


def _show(writer: Writer, link: RecordLink, token: str, now: datetime) -> Response:
    with reading(writer.engine) as session:
        guardian = session.get_one(Guardian, link.guardian_id)
        child = session.get_one(Child, link.child_id)
        setting = session.get_one(Setting, child.setting_id)
        words = Words(catalogue(guardian.language), f"/r/{token}")
        said = words.catalogue
        return _shut(
            "record.html",
            **words.frame(),
            title=said.say(said.gettext("The record of %(child)s"), child=child.first_name),
            setting=setting.name,
            facts=facts_of(session, words, child),
            parts=parts_of(session, words, guardian, child),
            photo_alt=said.gettext("The photo you sent"),
            made=said.say(
                said.gettext("Made for %(name)s on %(day)s. It is for you alone: please do not pass it on."),
                name=guardian.name,
                day=words.day(now),
            ),
            until=said.say(
                said.gettext("The link works until %(day)s, %(time)s. You can print this page."),
                day=words.day(link.expires_at),
                time=f"{local(link.expires_at):%H:%M}",
            ),
            wrong=said.say(
                said.gettext("Is something wrong or missing? Text DATA, or ring %(setting)s: %(phone)s."),
                setting=setting.name,
                phone=setting.phone,
            ),
        )


def _gone(language: str) -> Response:
    words = Words(catalogue(language))
    said = words.catalogue
    return _shut(
        "record_gone.html",
        404,
        **words.frame(),
        title=said.gettext("This link does not work"),
        why=said.gettext("A link to a record works for three days only, or it was not copied whole."),
        what=said.gettext("To have a new one, text RECORD to your nursery, or ring them."),
    )


def _shut(template: str, status: int = 200, **values: Any) -> Response:
    return HTMLResponse(rendered(template, **values), status, SHUT)


def _reader(accepted: str) -> str:
    """The first language of a browser's list that is shipped, or English: who has no good link is nobody we know."""
    tags = [part.split(";")[0] for part in accepted[:200].split(",")]
    return next((known for tag in tags if (known := shipped(tag)) is not None), SOURCE)
