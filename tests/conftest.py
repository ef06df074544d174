"""What every test may ask for: a database with its tables, the house, the cast, a clock, and the script player."""

from __future__ import annotations

import importlib
import pkgutil
from itertools import count

import pytest
from hypothesis import settings
from sqlalchemy import Engine

import nursery
from bot.database import transaction
from bot.house import House, build_house
from handlers import CONVERSATIONS
from tests.cast import People, populate
from tests.command_line import acorns as acorns
from tests.command_line import coatpeg as coatpeg
from tests.command_line import desk as desk
from tests.databases import _empty as _empty
from tests.databases import bare_database as bare_database
from tests.databases import database_url as database_url
from tests.databases import engine as engine
from tests.databases import new_database as new_database
from tests.databases import postgres as postgres
from tests.databases import pytest_addoption as pytest_addoption
from tests.databases import pytest_collection_modifyitems as pytest_collection_modifyitems
from tests.databases import pytest_configure as pytest_configure
from tests.databases import pytest_terminal_summary as pytest_terminal_summary
from tests.databases import pytest_unconfigure as pytest_unconfigure
from tests.talking import Clock, Player

settings.register_profile("house", deadline=None)  # a test never asserts a time
settings.load_profile("house")

for module in pkgutil.iter_modules(nursery.__path__):
    importlib.import_module(f"nursery.{module.name}")

KEY = b"the tests' own secret, of thirty-two bytes and more"


@pytest.fixture(scope="session")
def house() -> House:
    """The real conversations."""
    return build_house(CONVERSATIONS, key=KEY, site="https://acorns.example")


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


@pytest.fixture(autouse=True)
def numbers_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """References are drawn by lot; in tests the lot falls in order, from 1042."""
    lots = count(1042)
    monkeypatch.setattr("nursery.references.draw", lambda first, span: next(lots))
