"""Photos, voice notes and documents: fetched after the answer, kept in the database, tried again until they are."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog
from sqlmodel import Session, col, select

from bot.channels import Channel, Rejected, SendError
from bot.messages import Attachment, Blob
from bot.sender import Clock
from bot.writer import Writer
from nursery import tasks
from nursery.inbox import Media, refusal

log = structlog.get_logger()

MOST_TRIES = 6


@dataclass(frozen=True, slots=True)
class _Wanted:
    id: int
    channel: str
    attachment: Attachment


class Fetcher:
    """Fetches what is promised, one file at a time; `nudge` says that there is something."""

    def __init__(self, writer: Writer, channels: Mapping[str, Channel], clock: Clock) -> None:
        self.writer, self.channels, self.clock = writer, channels, clock
        self._nudge = asyncio.Event()

    def nudge(self) -> None:
        self._nudge.set()

    async def serve(self) -> None:
        while True:
            await self._nudge.wait()
            self._nudge.clear()
            await self.fetch_all()

    async def fetch_all(self) -> None:
        """Fetches everything that waits, once each."""
        for wanted in await self.writer.do(_wanted):
            channel = self.channels.get(wanted.channel)
            if channel is not None:
                await self._fetch(channel, wanted)

    async def _fetch(self, channel: Channel, wanted: _Wanted) -> None:
        now = self.clock()
        try:
            blob = await channel.fetch(wanted.attachment)
        except Rejected as error:
            await self.writer.do(partial(_refuse, wanted_id=wanted.id, reason=error.reason or "gone", now=now))
        except SendError as error:
            log.warning("file not fetched", media=wanted.id, kind=type(error).__name__)
            await self.writer.do(partial(_try_later, wanted_id=wanted.id, now=now))
        else:
            await self.writer.do(partial(_keep, wanted_id=wanted.id, blob=blob, now=now))


def _wanted(session: Session) -> list[_Wanted]:
    waiting = select(Media).where(col(Media.fetched_at).is_(None), Media.refused == "").order_by(col(Media.id))
    return [
        _Wanted(one.id or 0, one.channel, Attachment(one.kind, one.ref, one.mime, one.size, one.name))
        for one in session.exec(waiting.limit(50))
    ]


def _keep(session: Session, wanted_id: int, blob: Blob, now: datetime) -> None:
    media = session.get(Media, wanted_id)
    if media is None:  # erased while it was fetched
        return
    mime = blob.mime or media.mime
    refused = refusal(media.kind, mime, len(blob.content))
    if refused:
        _refuse(session, wanted_id, refused, now)
        return
    media.content, media.mime, media.size, media.fetched_at = blob.content, mime, len(blob.content), now
    session.add(media)


def _try_later(session: Session, wanted_id: int, now: datetime) -> None:
    media = session.get(Media, wanted_id)
    if media is None:
        return
    media.tries += 1
    session.add(media)
    if media.tries >= MOST_TRIES:
        _refuse(session, wanted_id, "not fetched", now)


def _refuse(session: Session, wanted_id: int, reason: str, now: datetime) -> None:
    """A file that can't be had: staff are told, so that somebody asks the parent for it."""
    media = session.get(Media, wanted_id)
    if media is None:
        return
    media.refused = reason
    session.add(media)
    tasks.raise_task(session, f"media:{wanted_id}", "file not fetched", now=now, about=str(media.inbound_id))
