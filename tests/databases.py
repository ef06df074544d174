"""Which database the tests run on: `pytest --db sqlite` or `--db postgresql` (or COATPEG_TEST_DB), the same on both.

On PostgreSQL only the tests that use a database are run again; those that need PostgreSQL itself (they take `postgres`)
are run there alone. Without PostgreSQL on the machine they are skipped and the summary says so; with CI=true it fails.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import SQLModel

from bot.database import open_engine
from bot.schema import migrate
from tests.postgres import Cluster, Missing

DATABASES = ("sqlite", "postgresql")
USES = frozenset({"engine", "database_url", "bare_database", "new_database", "postgres"})
"""The fixtures by which a test uses a database."""

_missing: list[str] = []


@event.listens_for(Engine, "connect")
def _read_backwards(connection: Any, record: object) -> None:
    """Rows nobody ordered come last first on SQLite, so that what trusts in their order fails at once, not now and then
    on PostgreSQL, where a row that was changed moves (the pragma's own purpose: sqlite.org/pragma.html)."""
    if isinstance(connection, SqliteConnection):
        connection.execute("PRAGMA reverse_unordered_selects=ON")


def pytest_addoption(parser: pytest.Parser) -> None:
    chosen = os.environ.get("COATPEG_TEST_DB") or "sqlite"
    parser.addoption("--db", choices=DATABASES, default=chosen, help="the database the tests run on")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "database: uses a database (every test that takes a fixture which is one)")
    config.addinivalue_line("markers", "sqlite: of a database, but only of SQLite")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    chosen = config.getoption("--db")
    for item in items:
        if USES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.database)
    kept = [item for item in items if _runs_on(chosen, set(getattr(item, "fixturenames", ())))]
    if chosen == "postgresql":
        kept = [one for one in kept if one.get_closest_marker("sqlite") is None and not _is_second_channel(one)]
    if chosen == "postgresql" and kept:
        _begin_or_skip(kept)
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for reason in _missing:
        terminalreporter.write_line(f"NOT TESTED ON POSTGRESQL: {reason}", red=True, bold=True)


def pytest_unconfigure() -> None:
    if _cluster.cache_info().currsize:
        _cluster().end()
        _cluster.cache_clear()


def _runs_on(chosen: str, fixtures: set[str]) -> bool:
    return bool(fixtures & USES) if chosen == "postgresql" else "postgres" not in fixtures


def _is_second_channel(item: pytest.Item) -> bool:
    """A script is played on both channels on SQLite; to PostgreSQL the channel makes no difference."""
    played = getattr(item, "callspec", None)
    return played is not None and played.params.get("on_both") == "sms"


@cache
def _cluster() -> Cluster:
    return Cluster.begin()


def _begin_or_skip(items: list[pytest.Item]) -> None:
    try:
        _cluster()
    except Missing as missing:
        if os.environ.get("CI") == "true":
            raise pytest.UsageError(str(missing)) from None
        _missing.append(f"{missing} ({len(items)} tests skipped)")
        for item in items:
            item.add_marker(pytest.mark.skip(reason="no PostgreSQL"))


@pytest.fixture(scope="session")
def postgres() -> Cluster:
    """The tests' PostgreSQL; a test that takes it runs only with `--db postgresql`."""
    return _cluster()


@pytest.fixture(scope="session")
def _empty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database with all tables and no rows, from which the others are made."""
    if request.config.getoption("--db") == "postgresql":
        url = _cluster().url(_cluster().create())
    else:
        url = f"sqlite:///{tmp_path_factory.mktemp('database') / 'empty.db'}"
    engine = open_engine(url)
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    return url


@pytest.fixture
def database_url(_empty: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database with all tables and no rows, this test's own while it lasts."""
    if _empty.startswith("sqlite"):
        yield f"sqlite:///{shutil.copy(_empty.removeprefix('sqlite:///'), tmp_path / 'coatpeg.db')}"
        return
    yield _empty
    wipe(_kept(_empty))


@cache
def _kept(url: str) -> Engine:
    """Kept from test to test: what a new connection learns of 75 tables takes ten times as long as emptying them."""
    return open_engine(url)


@pytest.fixture
def bare_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with nothing in it, not even tables."""
    if request.config.getoption("--db") == "postgresql":
        return _cluster().url(_cluster().create())
    return f"sqlite:///{tmp_path / 'bare.db'}"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A database with all tables and no rows."""
    if database_url.startswith("postgresql"):
        yield _kept(database_url)
        return
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def new_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """Makes a database as `coatpeg migrate` makes it, for a process of its own; returns its address."""
    if request.config.getoption("--db") == "postgresql":
        template = _cluster().create()
        migrate(_cluster().url(template))
        return lambda: _cluster().url(_cluster().create(template))
    folder, numbers = tmp_path_factory.mktemp("databases"), count(1)
    migrate(f"sqlite:///{folder / 'template.db'}")

    def copied() -> str:
        (place := folder / str(next(numbers))).mkdir()
        return f"sqlite:///{shutil.copy(folder / 'template.db', place / 'coatpeg.db')}"

    return copied


def wipe(engine: Engine) -> None:
    """Takes every row out, and numbers begin at 1 again: for tests that need an empty database many times."""
    tables = list(reversed(SQLModel.metadata.sorted_tables))
    statements = [f'DELETE FROM "{table.name}"' for table in tables]
    if engine.dialect.name == "postgresql":  # by deletion: TRUNCATE makes new files, which takes ten times as long
        statements = [
            "SET LOCAL lock_timeout = '5s'",  # a transaction left open is a fault of the test
            "SET LOCAL session_replication_role = replica",
            *statements,
            *(f"SELECT setval(pg_get_serial_sequence('{t.name}', 'id'), 1, false)" for t in tables if "id" in t.c),
        ]
    with engine.begin() as connection:
        for statement in statements if engine.dialect.name == "sqlite" else ["; ".join(statements)]:
            connection.exec_driver_sql(statement)
