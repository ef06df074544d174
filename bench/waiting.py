"""What waits to be sent: answers as parents' messages leave them, and a notice published to everybody."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from bench.families import NOW
from bench.fanout import draft_notice
from bench.machine import run
from bench.reply import REPLY
from bot.database import open_engine, transaction
from bot.outbox import Reply, enqueue
from bot.writer import Writer
from scheduler import publish_notices


def answers(file: Path, count: int, now: datetime = NOW) -> None:
    """Puts an answer in the outbox for each of the first `count` contacts."""
    engine = open_engine(f"sqlite:///{file}")
    with transaction(engine) as session:
        contacts = range(1, count + 1)
        enqueue(session, [Reply(f"in:{one}:0", "telegram", one, REPLY, "en_GB", now, one) for one in contacts])
    engine.dispose()


def everybody(file: Path) -> int:
    """Publishes a notice to the whole setting; returns how many messages wait now."""
    draft_notice(file)
    return run(_publish(file))


def notices(file: Path, count: int) -> None:
    """The notice to everybody, cut down to the first `count` guardians."""
    everybody(file)
    engine = open_engine(f"sqlite:///{file}")
    with transaction(engine) as session:
        _keep_first(session, count)
    engine.dispose()


async def _publish(file: Path) -> int:
    engine = open_engine(f"sqlite:///{file}")
    writer = Writer(engine)
    added = await publish_notices.run(writer, NOW)
    await writer.close()
    engine.dispose()  # the last to close brings all into the one file, to be copied
    return added


def _keep_first(session: Session, count: int) -> None:
    session.connection().exec_driver_sql("DELETE FROM outbox_message WHERE guardian_id > ?", (count,))
