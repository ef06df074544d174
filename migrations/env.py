"""Alembic's environment: the tables of the house, on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlmodel import SQLModel

import bot.opened
import bot.outbox
import handlers
import nursery.families
import scheduler
from bot.database import open_engine

TABLES = (bot.opened, bot.outbox, handlers, nursery.families, scheduler)


def _ours(_: Any, name: str | None, kind: str, __: bool, ___: Any) -> bool:
    """procrastinate keeps its own tables."""
    return not (kind == "table" and (name or "").startswith("procrastinate"))


def run() -> None:
    engine = open_engine(context.config.get_main_option("sqlalchemy.url") or "")
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            render_as_batch=True,
            include_object=_ours,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    engine.dispose()


run()
