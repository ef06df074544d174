"""The command line as a test uses it: a command run on a database of its own, and what it printed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.__main__ import main
from nursery.sample import FAMILIES

LOCALE = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
KEY = "a key of at least thirty-two signs"


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that has run."""

    code: int
    out: str
    err: str


Coatpeg = Callable[..., Ran]

MADE: dict[str, bytes] = {}
"""Databases as commands have made them, so that not every test waits for the same ones to be made again."""


@pytest.fixture
def coatpeg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Coatpeg:
    """Runs a command on a database of its own, migrated, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("TELEGRAM_BOT_TOKEN", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM", *LOCALE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/coatpeg.db")
    monkeypatch.setenv("SECRET_KEY", KEY)
    monkeypatch.setenv("TEST_NUMBERS", "true")

    run = partial(_run, monkeypatch, capsys)
    _made_once("migrated", tmp_path, lambda: run("migrate"))
    return run


@pytest.fixture
def desk(engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Coatpeg:
    """Runs a command on the database that the cast writes to."""
    for name in ("TELEGRAM_BOT_TOKEN", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM", *LOCALE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("SECRET_KEY", KEY)
    monkeypatch.setenv("TEST_NUMBERS", "true")
    return partial(_run, monkeypatch, capsys)


def _run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> Ran:
    monkeypatch.setattr(sys, "argv", ["coatpeg", *words])
    with pytest.raises(SystemExit) as end:
        main()
    said = capsys.readouterr()
    return Ran(int(end.value.code or 0), said.out, said.err)


@pytest.fixture
def acorns(coatpeg: Coatpeg, tmp_path: Path) -> Coatpeg:
    """The same, with the sample families."""
    _made_once(
        "acorns",
        tmp_path,
        lambda: coatpeg("import-families", str(FAMILIES)),
        lambda: coatpeg("setting", "--phone", "01632 960123"),
        lambda: coatpeg("staff", "add", "Helen", "--role", "manager"),
    )
    return coatpeg


def _made_once(name: str, folder: Path, *commands: Callable[[], Ran]) -> None:
    file = folder / "coatpeg.db"
    if name not in MADE:
        for command in commands:
            assert command().code == 0
        MADE[name] = file.read_bytes()
    file.write_bytes(MADE[name])
