"""Translating: what is wanted is asked of the configured server, apart from every message, and kept."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from bot import translated as store
from bot.channels import Misconfigured, Rejected, SendError
from bot.database import reading
from bot.sender import Clock
from bot.translated import Asked
from bot.translators import Server
from bot.wanted import let_go, want
from bot.writer import Writer
from locales import LANGUAGES, SOURCE
from nursery.tasks import raise_task
from nursery.translations import Wanted

log = structlog.get_logger()

LOOK_SECONDS = 1.0
"""How long a wish may wait unnoticed."""

GIST_SECONDS = 10.0
"""How often parents' messages are looked through for those that want a gist."""

LANGUAGES_SECONDS = 3600.0

TRIAL = "Good morning"
"""What `coatpeg check` has translated: some servers tell their languages to anybody, with a wrong key too."""

AT_ONCE = 8
"""Requests in flight: a notice's languages, and somebody's answer besides."""


class Translating:
    """Asks one server. `on_kept` is called when messages that waited may go."""

    def __init__(
        self, writer: Writer, server: Server, senders: Sequence[str], clock: Clock, on_kept: Callable[[], None]
    ) -> None:
        self.writer, self.server, self.senders, self.clock, self.on_kept = writer, server, senders, clock, on_kept
        self._languages: frozenset[str] = frozenset()
        self._ask_languages_at = 0.0

    async def serve(self) -> None:
        """Looks and asks until cancelled."""
        looked = 0.0
        while True:
            try:
                if time.monotonic() - looked >= GIST_SECONDS:
                    looked = time.monotonic()
                    await self.want_gists()
                if await self.translate_some():
                    continue
            except Exception as error:  # the door: the next round looks again
                log.error("translating failed", error=type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)

    async def translate_some(self) -> int:
        """Asks for the next few; returns how many that were."""
        asked, refused = await self.writer.do(partial(store.take, now=self.clock(), at_most=AT_ONCE))
        if refused:
            await self._let_go()
        if asked:
            await self._ask_languages()
        await asyncio.gather(*(self._one(one) for one in asked))
        return len(asked) + refused

    async def want_gists(self) -> None:
        """Asks for the gist of what parents wrote and staff have to read."""
        now = self.clock()
        if found := await asyncio.to_thread(_gists, self.writer.engine, now):
            await self.writer.do(partial(want, wanted=found, now=now))

    async def _one(self, asked: Asked) -> None:
        if not self._knows(asked):
            await self.writer.do(partial(store.refuse, key=asked.key, reason="language"))
            await self._let_go()
            return
        try:
            translated = await self.server.translate(asked.shielded.words, asked.source, asked.language)
        except SendError as error:
            await self._failed(asked, error)
        else:
            kept = await self.writer.do(
                partial(store.keep, asked=asked, translated=translated, engine=self.server.kind)
            )
            log.info("translated" if kept else "no translation", key=asked.key, language=asked.language)
        if asked.source == SOURCE:  # nothing waits for a gist, and to look takes 15 ms where 50,000 are due
            await self._let_go()

    async def _let_go(self) -> None:
        if await self.writer.do(partial(let_go, senders=self.senders, now=self.clock())):
            self.on_kept()

    async def _ask_languages(self) -> None:
        if time.monotonic() < self._ask_languages_at:
            return
        self._ask_languages_at = time.monotonic() + LANGUAGES_SECONDS
        try:
            self._languages = await self.server.languages()
        except SendError as error:
            log.warning("languages not told", kind=type(error).__name__, code=error.code)

    def _knows(self, asked: Asked) -> bool:
        """Whether the server has the language, so that no words leave in vain. Where it did not say, it is asked."""
        foreign = {asked.source, asked.language} - {SOURCE}
        return not self._languages or {self.server.code(one) for one in foreign} <= self._languages

    async def _failed(self, asked: Asked, error: SendError) -> None:
        log.warning("not translated", key=asked.key, kind=type(error).__name__, code=error.code)
        now = self.clock()
        if isinstance(error, Rejected):
            await self.writer.do(partial(store.refuse, key=asked.key, reason="not taken"))
            return
        await self.writer.do(partial(store.put_off, key=asked.key, reason=type(error).__name__, now=now))
        if isinstance(error, Misconfigured):
            await self.writer.do(partial(_tell_staff, now=now))


def _gists(engine: Engine, now: datetime) -> list[Wanted]:
    with reading(engine) as session:
        return store.gists(session, now)


def _tell_staff(session: Session, now: datetime) -> None:
    raise_task(session, f"translation:{now:%Y-%m-%d}", "translation stopped", now=now)


async def lacking(server: Server) -> list[str]:
    """The shipped languages that the server can't be asked for, by their own names. Raises SendError, when it does not
    translate a word for us either."""
    known = await server.languages()
    ours = [tag for tag in LANGUAGES if tag != SOURCE]
    there = [tag for tag in ours if server.code(tag) in known]
    if there:
        await server.translate(TRIAL, SOURCE, there[0])
    return [LANGUAGES[tag].autonym for tag in ours if tag not in there]
