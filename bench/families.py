"""The families of the bench: a few thousand taken in by the office's list, or a hundred thousand written at once."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from sqlmodel import Session, select

from bench.machine import RESULTS
from bot.database import open_engine, transaction
from bot.schema import migrate
from locales import LANGUAGES
from nursery.contacts import Contact
from nursery.families import import_families
from nursery.family_rows import COLUMNS
from nursery.guardians import ANY_TOPIC, Guardian
from nursery.settings import first_setting
from tests.providers import twilio
from tests.providers.telegram import TOKEN

CHATS = 2_000
MANY = 100_000
SECRET = "bench-secret"
NOW = datetime.now(UTC)
"""The servers under test go by the machine's own clock."""

SETTING = "Little Acorns"
TAGS = (*LANGUAGES, "bn")
"""Six languages: those shipped, and Bengali, whose readers have English until it is."""

EACH = 50
"""Children of a room."""


def environment(file: Path, telegram: str, sms: str = "") -> dict[str, str]:
    """The configuration of a server on this database, with Telegram there and, where an address is given, SMS."""
    found = {
        "DATABASE_URL": f"sqlite:///{file}",
        "PUBLIC_URL": "http://127.0.0.1:8080",
        "SECRET_KEY": "a secret of the bench, of more than thirty-two characters",
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "TELEGRAM_API_BASE": telegram,
    }
    if sms:
        found |= {"TWILIO_ACCOUNT_SID": twilio.ACCOUNT_SID, "TWILIO_AUTH_TOKEN": twilio.AUTH_TOKEN}
        found |= {"TWILIO_FROM": twilio.NUMBER, "TWILIO_API_BASE": sms}
    return found


@cache
def small_database() -> Path:
    """CHATS guardians imported as the office does, each of whom has joined on Telegram (chats 1 to CHATS)."""
    file = _empty("small.db")
    engine = open_engine(f"sqlite:///{file}")
    with transaction(engine) as session:
        taken = import_families(session, map(_row, range(CHATS)), NOW)
        assert taken.taken == CHATS, taken.refused[:3]
        for chat, guardian in enumerate(session.exec(select(Guardian)).all(), 1):
            contact = Contact(channel="telegram", address=str(chat), guardian_id=guardian.id, preferred=True)
            contact.greeted_at = NOW
            session.add(contact)
        _open_all_day(session)
    engine.dispose()
    return _settled(file)


@cache
def large_database() -> Path:
    """MANY guardians of one setting in six languages, each with a child, on Telegram (chats 1 to MANY)."""
    file = _empty("large.db")
    engine = open_engine(f"sqlite:///{file}")
    with transaction(engine) as session:
        import_families(session, [_row(0)], NOW)
        _open_all_day(session)
    engine.dispose()
    with closing(sqlite3.connect(file)) as database, database:
        for table in ("guardianship", "contact", "guardian", "child"):
            database.execute(f"DELETE FROM {table}")
        for statement, rows in _many():
            database.executemany(statement, rows)
    return _settled(file)


def copied(prepared: Path, name: str) -> Path:
    """A copy to be spoilt; what was left of an earlier one is gone."""
    file = RESULTS / name
    for old in RESULTS.glob(f"{name}*"):
        old.unlink()
    shutil.copy(prepared, file)
    os.sync()  # else the machine writes it down while its commits are measured
    return file


def _many() -> Iterable[tuple[str, Iterable[tuple[object, ...]]]]:
    now = NOW.replace(tzinfo=None).isoformat(" ", "microseconds")
    ids = range(1, MANY + 1)
    yield (
        "INSERT INTO child (id, setting_id, room_id, name, born) VALUES (?, 1, 1, ?, '2023-05-14')",
        ((one, f"Noor{one} Khan") for one in ids),
    )
    yield (
        "INSERT INTO guardian (id, name, language, channel, stopped_topics, sends_held)"
        " VALUES (?, ?, ?, 'telegram', 0, 0)",
        ((one, f"Amina{one} Khan", TAGS[one % len(TAGS)]) for one in ids),
    )
    yield (
        "INSERT INTO guardianship (guardian_id, child_id, relationship, may_receive, may_collect, confirmed_at)"
        f" VALUES (?, ?, 'mother', {int(ANY_TOPIC)}, 1, ?)",
        ((one, one, now) for one in ids),
    )
    yield (
        "INSERT INTO contact (channel, address, guardian_id, state, preferred, greeted_at, wrong_codes)"
        " VALUES ('telegram', ?, ?, 'active', 1, ?, 0)",
        ((str(one), one, now) for one in ids),
    )


def _row(number: int) -> dict[str, str]:
    tags = tuple(LANGUAGES)
    values = (
        SETTING,
        f"Room {number // EACH}",
        f"Noor{number} Khan",
        "2023-05-14",
        f"Amina{number} Khan",
        "mother",
        "",
        tags[number % len(tags)],
        "telegram",
        "yes",
        "yes",
        "Grace",
    )
    return dict(zip(COLUMNS, values, strict=True))


def _open_all_day(session: Session) -> None:
    """No quiet hours: a bench may run at night."""
    setting = first_setting(session)
    assert setting is not None
    setting.phone = "01632 960123"
    setting.quiet_from, setting.quiet_until = setting.quiet_from.max.replace(microsecond=0), setting.quiet_until.min
    session.add(setting)


def _empty(name: str) -> Path:
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / name
    for old in RESULTS.glob(f"{name}*"):
        old.unlink()
    migrate(f"sqlite:///{file}")
    return file


def _settled(file: Path) -> Path:
    """All of it in the one file, so that it can be copied."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.execute("PRAGMA journal_mode=DELETE")
        database.execute("ANALYZE")
    return file
