"""/v/TOKEN: a voice note that a message by SMS led to, to listen to, with the words it says beside it."""

from __future__ import annotations

import re
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
from nursery import prints, recordings
from nursery.photo_links import VOICE, message_of
from nursery.recordings import Recording

GONE = N_("The voice note is not here any more, or the link was not copied whole.")
ENDINGS = {"audio/ogg": "ogg", "audio/mpeg": "mp3", "audio/mp4": "m4a"}
PLAYED = ("audio/mpeg", "audio/mp4")
"""What every phone plays. An older iPhone plays no OGG, and a page without a script can't know."""
ASKED = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")
"""A part of a file (RFC 9110, 14.1.2). An iPhone plays nothing from who can't give parts."""


@dataclass(frozen=True, slots=True)
class _Heard:
    recording: Recording
    words: str
    until: datetime


def voice_routes(engine: Engine, key: bytes, clock: Callable[[], datetime]) -> list[Route]:
    """The page, and the sound on it."""

    def find(session: Session, token: str) -> _Heard | None:
        return _heard(session, message_of(token, key, VOICE), clock())

    def sound(found: _Heard, request: Request) -> Response:
        if request.path_params["ending"] != ENDINGS[found.recording.mime]:
            return sent.no_file()
        return part_of(found.recording.content, found.recording.mime, request.headers.get("range", ""), SHUT)

    return sent.link_routes(engine, "/v/{token}", "/v/{token}/voice.{ending}", find, _page, sound, GONE)


def part_of(content: bytes, mime: str, asked: str, headers: dict[str, str]) -> Response:
    """A file, or the one part of it that is asked for; several at once, or what can't be read, is answered whole."""
    offered = {**headers, "accept-ranges": "bytes"}
    found = ASKED.fullmatch(asked.strip())
    if found is None or found.groups() == ("", ""):
        return Response(content, media_type=mime, headers=offered)
    first, last, size = found[1], found[2], len(content)
    start = int(first) if first else max(size - int(last), 0)
    stop = min(int(last) + 1, size) if first and last else size
    if start >= stop:
        return Response(status_code=416, headers={**offered, "content-range": f"bytes */{size}"})
    part = {**offered, "content-range": f"bytes {start}-{stop - 1}/{size}"}
    return Response(content[start:stop], 206, media_type=mime, headers=part)


def _heard(session: Session, message_id: int | None, now: datetime) -> _Heard | None:
    """What a link plays now; None when it has run out, was taken back, or is its guardian's no more."""
    message = sent.message(session, message_id)
    if message is None or message.recording_id is None:
        return None
    found = session.get_one(Recording, message.recording_id)
    if not recordings.stands(session, found) or sent.reader(session, message, found.setting_id, now) is None:
        return None
    return _Heard(found, _words(session, found, now), sent.opens_until(message))


def _words(session: Session, found: Recording, now: datetime) -> str:
    said = catalogue(found.language)
    return found.words or prints.text_of(session, found.setting_id, found.kind, found.ref, said, now)


def _page(heard: _Heard, token: str) -> Response:
    words = Words(catalogue(heard.recording.language))
    said = words.catalogue
    note = said.gettext("It is for you alone: please do not pass it on. The link works until %(day)s.")
    return shut(
        "voice.html",
        **words.frame(),
        title=said.gettext("A voice note from your nursery"),
        source=f"/v/{token}/voice.{ENDINGS[heard.recording.mime]}",
        kind=heard.recording.mime,
        keep=said.gettext("Keep it on this phone"),
        otherwise="" if heard.recording.mime in PLAYED else said.gettext("If your phone does not play it, it says:"),
        paragraphs=[line for line in heard.words.splitlines() if line.strip()],
        note=said.say(note, day=words.day(heard.until)),
    )
