"""Migrations: from nothing, and from what a setting has today, to the tables the code means."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Time,
    func,
    inspect,
    select,
)
from sqlalchemy.exc import OperationalError
from sqlmodel import SQLModel

from bot.database import open_engine
from bot.schema import alembic_config, migrate, pending

VALUES: list[tuple[type[Any], Any]] = [
    (Boolean, True),
    (Integer, 1),
    (DateTime, datetime(2026, 11, 23, 9, 0, tzinfo=UTC)),
    (Date, date(2026, 11, 23)),
    (Time, time(9, 0)),
    (LargeBinary, b"bytes"),
]
OURS = {table.name for table in SQLModel.metadata.sorted_tables}


def revisions() -> list[str]:
    """Oldest first."""
    scripts = ScriptDirectory.from_config(alembic_config("sqlite://"))
    return [script.revision for script in reversed(list(scripts.walk_revisions()))]


def value(column: Column[Any]) -> Any:
    if column.type.__class__.__name__ in ("JSON", "JSONB"):
        return {}
    return next((value for kind, value in VALUES if isinstance(column.type, kind)), "some words")


def ours(connection: Connection) -> list[Table]:
    known = MetaData()
    known.reflect(connection, only=lambda name, _: not name.startswith(("procrastinate", "alembic")))
    return known.sorted_tables


def fill(engine: Engine) -> None:
    """A row in every table, a value in every column."""
    with engine.begin() as connection:
        for table in ours(connection):
            connection.execute(table.insert().values({column.name: value(column) for column in table.columns}))


def counts(engine: Engine) -> dict[str, int]:
    with engine.begin() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in ours(connection)
        }


def test_from_nothing(bare_database: str) -> None:
    assert pending(bare_database)
    assert migrate(bare_database) is None
    assert not pending(bare_database)
    engine = open_engine(bare_database)
    tables = set(inspect(engine).get_table_names())
    engine.dispose()
    assert tables >= OURS
    assert ("procrastinate_jobs" in tables) is bare_database.startswith("postgresql")


def test_twice_is_once(bare_database: str) -> None:
    migrate(bare_database)
    assert migrate(bare_database) is None


@pytest.mark.parametrize("since", revisions())
def test_from_every_earlier_version_with_data_in_it(bare_database: str, since: str) -> None:
    command.upgrade(alembic_config(bare_database), since)
    engine = open_engine(bare_database)
    fill(engine)
    before = counts(engine)
    migrate(bare_database)
    after = counts(engine)
    engine.dispose()
    assert set(before.values()) == {1}
    assert {name: after[name] for name in before if name in after} == {name: 1 for name in before if name in after}
    assert set(after) >= OURS


def test_the_tables_are_those_the_code_means(bare_database: str) -> None:
    """`alembic check`: a record changed without a migration fails here."""
    migrate(bare_database)
    command.check(alembic_config(bare_database))


@pytest.mark.sqlite
def test_a_sqlite_file_is_copied_before_it_is_changed(bare_database: str, tmp_path: Path) -> None:
    """PostgreSQL undoes what fails."""
    migrate(bare_database)
    engine = open_engine(bare_database)
    fill(engine)
    engine.dispose()
    file = Path(bare_database.removeprefix("sqlite:///"))
    file.chmod(0o600)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DELETE FROM alembic_version")  # so that the first migration is run again, and fails
    with pytest.raises(OperationalError):
        migrate(bare_database)
    (copy,) = tmp_path.glob("bare.db.2*")
    assert copy.stat().st_mode & 0o777 == 0o600
    shutil.copy(copy, tmp_path / "again.db")
    engine = open_engine(f"sqlite:///{tmp_path / 'again.db'}")
    assert set(counts(engine).values()) == {1}
    engine.dispose()
