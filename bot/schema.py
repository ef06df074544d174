"""The database's version: Alembic's migrations, and procrastinate's tables on PostgreSQL."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, make_url

from bot.database import open_engine

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def alembic_config(url: str) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def pending(url: str) -> bool:
    """Whether the database lacks a migration of this version."""
    engine = open_engine(url)
    with engine.connect().execution_options(reading=True) as connection:
        heads = set(MigrationContext.configure(connection).get_current_heads())
    engine.dispose()
    return heads != set(ScriptDirectory.from_config(alembic_config(url)).get_heads())


def migrate(url: str) -> Path | None:
    """Brings the database to this version. SQLite's changes of tables are not undone when one fails, so the file is
    copied first; returns the copy, if one was made."""
    kept = _copy(url) if url.startswith("sqlite") and pending(url) else None
    command.upgrade(alembic_config(url), "head")
    if not url.startswith("sqlite"):
        asyncio.run(_procrastinate(url))
    return kept


def _copy(url: str) -> Path | None:
    file = Path(str(make_url(url).database))
    if not file.exists() or file.stat().st_size == 0 or _is_empty(file):
        return None
    kept = file.with_name(f"{file.name}.{datetime.now(UTC):%Y%m%d-%H%M%S}")
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(kept)) as target:
        source.backup(target)
    shutil.copymode(file, kept)
    return kept


def _is_empty(file: Path) -> bool:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]) == 0


async def _procrastinate(url: str) -> None:
    from bot.wake import shared_app

    engine = open_engine(url)
    known = inspect(engine).has_table("procrastinate_jobs")
    engine.dispose()
    if not known:
        async with shared_app(url).open_async() as app:
            await app.schema_manager.apply_schema_async()
