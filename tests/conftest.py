"""What every test may ask for: a database with its tables, the house, the cast, a clock, and the script player."""

from __future__ import annotations

import importlib
import os
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine
from sqlalchemy.schema import CreateSchema, DropSchema
from sqlmodel import SQLModel

import nursery
from bot.database import open_engine, transaction
from bot.house import build_house
from bot.talk import House
from handlers import CONVERSATIONS
from tests.cast import People, populate
from tests.talking import Clock, Player

for module in pkgutil.iter_modules(nursery.__path__):
    importlib.import_module(f"nursery.{module.name}")

KEY = b"the tests' own secret, of thirty-two bytes and more"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty database with all tables: a SQLite file, or a schema of its own where TEST_DATABASE_URL says so."""
    url = os.environ.get("TEST_DATABASE_URL", "")
    if url:
        yield from _on_postgresql(url)
        return
    engine = open_engine(f"sqlite:///{tmp_path / 'coatpeg.db'}")
    SQLModel.metadata.create_all(engine)
    yield engine
    engine.dispose()


def _on_postgresql(url: str) -> Iterator[Engine]:
    schema = f"test_{uuid4().hex}"
    plain = open_engine(url)
    with plain.begin() as connection:
        connection.execute(CreateSchema(schema))
    engine = open_engine(f"{url}{'&' if '?' in url else '?'}options=-csearch_path%3D{schema}")
    SQLModel.metadata.create_all(engine)
    yield engine
    engine.dispose()
    with plain.begin() as connection:
        connection.execute(DropSchema(schema, cascade=True))
    plain.dispose()


@pytest.fixture(scope="session")
def house() -> House:
    """The real conversations."""
    return build_house(CONVERSATIONS, key=KEY)


@pytest.fixture
def people(engine: Engine) -> People:
    """The cast, in the database."""
    with transaction(engine) as session:
        return populate(session)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def play(engine: Engine, house: House, people: People, clock: Clock) -> Player:
    """Plays scripts with the cast."""
    return Player(engine, house, clock)


@pytest.fixture(params=["sms", "telegram"])
def on_both(request: pytest.FixtureRequest, play: Player) -> Player:
    """Plays scripts with the cast, once by SMS and once by Telegram."""
    play.channel = request.param
    return play
