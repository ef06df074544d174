"""An office with a translation server, and what staff do there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from sqlmodel import col, select

from bot.database import reading
from bot.translating import Translating
from bot.translators import KINDS
from nursery import notices
from nursery.recipients import Audience
from nursery.translations import Translation
from scheduler import publish_notices
from tests.bot.office import Office
from tests.cast import CAST
from tests.providers.translators import SERVERS, TranslationServer, key_of

WORDS = "Noor and friends made a den. Please bring boots by 9:30 on 18 December, or ring 01632 960123."


@dataclass
class Desk:
    """An office with a translation server, and what staff do there."""

    office: Office
    server: TranslationServer
    translating: Translating

    def session(self) -> object:
        return self.office.session()

    async def tell(self, text: str = WORDS, **fields: object) -> int:
        """A notice to the whole setting, in the outbox; its number."""
        now = self.office.clock.now
        with self.office.session() as session:
            made = notices.draft(session, Audience(1), publish_at=now, now=now, text=text, **fields)  # type: ignore[arg-type]
            number = made.id or 0
        await publish_notices.run(self.office.writer, now)
        return number

    async def translate(self) -> None:
        """Asks until there is nothing more to ask."""
        while await self.translating.translate_some():
            pass

    async def deliver(self) -> None:
        """Sends what may go, has translated what is wanted, and sends what waited for it."""
        await self.office.drain()
        await self.translate()
        await self.office.drain()

    def had(self, who: str) -> list[str]:
        """What one of the cast has been sent, in order."""
        telegram = [one.text for one in self.office.telegram.sent if str(one.chat_id) == CAST[who].chat]
        return telegram + [one.body for one in self.office.twilio.sent if one.to == CAST[who].phone]

    def made(self) -> list[Translation]:
        with reading(self.office.engine) as session:
            return list(session.exec(select(Translation).order_by(col(Translation.wanted_at), col(Translation.key))))


async def desk_of(office: Office, kind: str) -> AsyncIterator[Desk]:
    async with SERVERS[kind]() as server:
        ours = KINDS[kind](server.base, key_of(kind), office.http)
        senders = list(office.channels)
        yield Desk(office, server, Translating(office.writer, ours, senders, lambda: office.clock.now, lambda: None))
