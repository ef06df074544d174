"""Alembic's environment: the tables of the house, on SQLite and PostgreSQL."""

from __future__ import annotations

import importlib
import pkgutil
import sqlite3
from typing import Any

from alembic import context
from sqlalchemy import Connection
from sqlmodel import SQLModel

import bot.opened
import bot.outbox
import nursery
from bot.database import open_engine

OURS = (bot.opened, bot.outbox)
"""Where the bot's own tables are; the nursery's are with their nouns."""

for noun in pkgutil.iter_modules(nursery.__path__):
    importlib.import_module(f"nursery.{noun.name}")


def _ours(_: Any, name: str | None, kind: str, __: bool, ___: Any) -> bool:
    """procrastinate keeps its own tables."""
    return not (kind == "table" and (name or "").startswith("procrastinate"))


def _let_tables_be_made_again(connection: Connection) -> None:
    """On SQLite a column with a foreign key is added by making its table again: meanwhile others point at nothing."""
    raw = connection.connection.dbapi_connection
    if isinstance(raw, sqlite3.Connection):
        raw.execute("PRAGMA foreign_keys=OFF")


def run() -> None:
    engine = open_engine(context.config.get_main_option("sqlalchemy.url") or "")
    with engine.connect() as connection:
        _let_tables_be_made_again(connection)
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            render_as_batch=True,
            include_object=_ours,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
            if connection.dialect.name == "sqlite":
                lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                assert lost is None, f"{lost[0]} points at a row of {lost[2]} that is not there"
        connection.commit()
    engine.dispose()


run()
