"""/r/TOKEN: a child's record, or a copy, for one guardian, in their language, until the link runs out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from bot.database import reading
from bot.writer import Writer
from console import copy
from console.pages import SHUT, shut, static_files
from console.record_lines import Words, facts_of, parts_of
from locales import SOURCE, catalogue, shipped
from nursery import pegs, record_links
from nursery.guardians import Guardian
from nursery.inbox import Media
from nursery.people import Child
from nursery.record_links import RecordLink
from nursery.settings import Setting, local

LONGEST = 18
"""Digits of a photo's number: anybody may write any number into an address."""


def record_routes(writer: Writer, clock: Callable[[], datetime]) -> list[Route | Mount]:
    """The page, and the static files of all pages. Opening is written down, so it goes through the writer."""

    async def show(request: Request) -> Response:
        token, now = request.path_params["token"], clock()
        link = (
            await writer.do(partial(record_links.open_link, token=token, now=now)) if request.method == "GET" else None
        )
        if link is None and (found := await copy.show(request, writer, now)) is not None:
            return found
        if link is None:
            return _gone(_reader(request.headers.get("accept-language", "")))
        return await run_in_threadpool(_show, writer, link, token, now)

    async def photo(request: Request) -> Response:
        token, number = request.path_params["token"], request.path_params["number"]
        known = int(number) if number.isdecimal() and len(number) <= LONGEST else 0
        return await _photo(writer, token, known if request.method == "GET" else 0, clock())

    return [Route("/r/{token}", show), Route("/r/{token}/photo/{number}", photo), static_files()]


async def _photo(writer: Writer, token: str, number: int, now: datetime) -> Response:
    """The photo, once it is in the log that it was looked at: views are counted, so it goes through the writer."""
    opens = partial(record_links.open_photo, token=token, number=number, now=now)
    if number == 0 or not await writer.do(opens):
        return Response(status_code=404, headers=SHUT)
    shown = await run_in_threadpool(_read_photo, writer, number)
    return Response(shown.content, media_type=shown.mime, headers=SHUT)


def _read_photo(writer: Writer, number: int) -> Media:
    with reading(writer.engine) as session:
        return session.get_one(Media, number)


def _show(writer: Writer, link: RecordLink, token: str, now: datetime) -> Response:
    with reading(writer.engine) as session:
        guardian = session.get_one(Guardian, link.guardian_id)
        child = session.get_one(Child, link.child_id)
        setting = session.get_one(Setting, child.setting_id)
        words = Words(catalogue(guardian.language), f"/r/{token}")
        said = words.catalogue
        return shut(
            "record.html",
            **words.frame(),
            title=said.say(said.gettext("The record of %(child)s"), child=child.first_name),
            setting=setting.name,
            peg=pegs.pictures().get(child.peg, ""),
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
    return shut(
        "record_gone.html",
        404,
        **words.frame(),
        title=said.gettext("This link does not work"),
        why=said.gettext("A link to a record works for three days only, or it was not copied whole."),
        what=said.gettext("To have a new one, text RECORD to your nursery, or ring them."),
    )


def _reader(accepted: str) -> str:
    """The first language of a browser's list that is shipped, or English: who has no good link is nobody we know."""
    tags = [part.split(";")[0] for part in accepted[:200].split(",")]
    return next((known for tag in tags if (known := shipped(tag)) is not None), SOURCE)
