"""The database's version: Alembic's migrations, and procrastinate's tables on PostgreSQL."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, make_url, text

from bot.database import open_engine

if TYPE_CHECKING:  # it is 11 MB and 150 ms, and a server that is up to date never needs it
    from alembic.config import Config as AlembicConfig

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def alembic_config(url: str) -> AlembicConfig:
    from alembic.config import Config as AlembicConfig

    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def pending(url: str) -> bool:
    """Whether the database lacks a migration of this version."""
    engine = open_engine(url)
    with engine.connect().execution_options(reading=True) as connection:
        versions: set[str] = set()
        if inspect(connection).has_table("alembic_version"):
            versions = set(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())
    engine.dispose()
    return versions != {newest()}


def newest() -> str:
    """The newest migration's number, which begins its file's name."""
    return max(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def migrate(url: str) -> Path | None:
    """Brings the database to this version. SQLite's changes of tables are not undone when one fails, so the file is
    copied first; returns the copy, if one was made."""
    from alembic import command

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
