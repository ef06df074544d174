"""Forgets what is past the time it is kept, table by table, and the words of links that no longer open."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime
from functools import partial

from sqlalchemy import update
from sqlmodel import Session, col, select

from bot.database import reading
from bot.outbox import TABLE
from bot.writer import Writer
from nursery import retention
from nursery.record_links import RecordLink

TOKEN = re.compile(r"/r/\w+")


async def run(writer: Writer, now: datetime) -> int:
    """Returns 0: it adds no row. What is old is looked for while others write; only its going holds them up."""
    await writer.do(partial(_blank_links, now=now))
    for name in retention.RETENTION:
        while numbers := await asyncio.to_thread(_due, writer, name, now):
            await writer.do(partial(retention.drop, name=name, numbers=numbers))
    await writer.do(partial(retention.erase_the_gone, now=now))
    return 0


def _due(writer: Writer, name: str, now: datetime) -> list[int]:
    with reading(writer.engine) as session:
        return retention.due(session, name, now)


def _blank_links(session: Session, now: datetime) -> None:
    """Of a link that has run out nothing but its digest and the log is left. The message that told it was put in the
    outbox at the moment it was made."""
    for link in session.exec(select(RecordLink).where(col(RecordLink.expires_at) <= now)):
        told = (
            TABLE.c.guardian_id == link.guardian_id,
            TABLE.c.created_at == link.made_at,
            TABLE.c.text.contains("/r/"),
        )
        for row in session.connection().execute(TABLE.select().where(*told)).all():
            blank = TOKEN.sub("/r/...", row.text)
            if blank != row.text:
                session.connection().execute(update(TABLE).where(TABLE.c.id == row.id).values(text=blank))
