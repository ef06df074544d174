"""A copy of what a guardian signed or asked to read whole, behind its link: to read on a phone, or to print."""

from __future__ import annotations

import re
from datetime import datetime
from functools import partial

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot.database import reading
from bot.writer import Writer
from console.pages import shut
from console.record_lines import Words
from locales import catalogue
from nursery import copies
from nursery.copies import CopyKind, CopyLink
from nursery.guardians import Guardian
from nursery.settings import Setting

NUMBER = re.compile(r"(?<=\d) (?=\d)")
"""Inside a telephone number, which is not broken over two lines: from right to left its halves would change places."""


async def show(request: Request, writer: Writer, now: datetime) -> Response | None:
    """The copy, or that its link has run out; None when the token is no copy's. Opening is counted, so it goes through
    the writer."""
    link = await run_in_threadpool(_known, writer, request.path_params["token"])
    if link is None:
        return None
    if request.method != "GET" or not await writer.do(partial(copies.open_link, link_id=link.id or 0, now=now)):
        return await run_in_threadpool(_gone, writer, link)
    return await run_in_threadpool(_show, writer, link)


def _known(writer: Writer, token: str) -> CopyLink | None:
    with reading(writer.engine) as session:
        return copies.known(session, token)


def _show(writer: Writer, link: CopyLink) -> Response:
    with reading(writer.engine) as session:
        try:
            copy = copies.copy_of(session, link.guardian_id, link.setting_id, link.kind, link.ref)
        except copies.Gone:
            return _replaced(session, link)
        words = Words(catalogue(copy.language))
        said = words.catalogue
        until = said.gettext("The link works until %(day)s. You can print this page.")
        return shut(
            "copy.html",
            **words.frame(),
            title=copy.name,
            setting=session.get_one(Setting, link.setting_id).name,
            paragraphs=[NUMBER.sub("\N{NO-BREAK SPACE}", one) for one in copy.paragraphs],
            signed=copy.signed,
            until=said.say(until, day=words.day(link.expires_at)),
        )


def _replaced(session: Session, link: CopyLink) -> Response:
    """The link is good, and the words it led to are not there: nobody is shown others in their place."""
    words = _words(session, link)
    said = words.catalogue
    return shut(
        "record_gone.html",
        410,
        **words.frame(),
        title=said.gettext("This text is not here any more"),
        why=said.gettext("The nursery has other words for this now."),
        what=said.gettext("To read what we say now, text POLICY to your nursery, or ring them."),
    )


def _words(session: Session, link: CopyLink) -> Words:
    """Whose a link is is known by its token, so it speaks their language."""
    return Words(catalogue(session.get_one(Guardian, link.guardian_id).language))


def _gone(writer: Writer, link: CopyLink) -> Response:
    """It says how to have a new one."""
    with reading(writer.engine) as session:
        words = _words(session, link)
    said = words.catalogue
    again = {
        CopyKind.AGREEMENT: said.gettext("To have a new one, text SIGN to your nursery, or ring them."),
        CopyKind.POLICY: said.gettext("To have a new one, text POLICY to your nursery, or ring them."),
    }
    return shut(
        "record_gone.html",
        404,
        **words.frame(),
        title=said.gettext("This link does not work"),
        why=said.gettext("A link to a copy works for two weeks only."),
        what=again[CopyKind(link.kind)],
    )
