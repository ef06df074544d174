"""A PostgreSQL cluster of the tests' own: begun when first asked for, reached by its socket, gone with the session."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Self

import psycopg
from psycopg import sql

USER = "coatpeg"
ACCOUNT = "postgres"
"""Whom the server runs as where the tests run as root: PostgreSQL refuses to be root's."""

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "listen_addresses=")
"""Nothing here has to survive a loss of power."""


class Missing(Exception):
    """There is no PostgreSQL on this machine that can be started; the message says what was looked for."""


def binaries() -> Path:
    """The folder of `initdb` and `pg_ctl`: the newest Debian has installed, else the one on PATH. Raises Missing."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    if found is None:
        raise Missing("no initdb in /usr/lib/postgresql/*/bin nor on PATH (on Debian: apt install postgresql)")
    return Path(found).resolve().parent


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0


@dataclass
class Cluster:
    """One running server. `url` names a database on it, as SQLAlchemy does."""

    folder: Path

    def __post_init__(self) -> None:
        self._names = count(1)

    @classmethod
    def begin(cls) -> Self:
        """Raises Missing when there is none to begin."""
        programs = binaries()
        folder = Path(tempfile.mkdtemp(prefix="coatpeg-pg-"))
        try:
            if os.geteuid() == 0:
                shutil.chown(folder, ACCOUNT)
            _run(
                programs / "initdb", "-D", folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "-N"
            )
            settings = [word for one in (*FAST, f"unix_socket_directories={folder}") for word in ("-c", one)]
            _run(
                programs / "pg_ctl",
                "-D",
                folder / "data",
                "-l",
                folder / "log",
                "-w",
                "-o",
                " ".join(settings),
                "start",
            )
        except (OSError, LookupError, subprocess.CalledProcessError) as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise Missing(f"PostgreSQL would not start: {error}") from None
        return cls(folder)

    def end(self) -> None:
        _run(binaries() / "pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{USER}@/{database}?host={self.folder}"

    def create(self, template: str = "template1") -> str:
        """A new database, as it comes or a copy of another that nobody is using; its name."""
        name = f"coatpeg_{next(self._names)}"
        self._say("CREATE DATABASE {} TEMPLATE {}", name, template)
        return name

    def drop(self, database: str) -> None:
        """Whoever is still connected is sent away."""
        self._say("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)

    def _say(self, statement: str, *names: str) -> None:
        where = f"host={self.folder} user={USER} dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _run(*command: str | Path) -> None:
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["runuser", "-u", ACCOUNT, "--", *words]
    subprocess.run(words, cwd="/", check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
