"""The command line as a test uses it: a command run on a database of its own, and what it printed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

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


@pytest.fixture
def coatpeg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Coatpeg:
    """Runs a command on a database of its own, migrated, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("TELEGRAM_BOT_TOKEN", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM", *LOCALE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/coatpeg.db")
    monkeypatch.setenv("SECRET_KEY", KEY)
    monkeypatch.setenv("TEST_NUMBERS", "true")

    def run(*words: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["coatpeg", *words])
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr()
        return Ran(int(end.value.code or 0), said.out, said.err)

    assert run("migrate").code == 0
    return run


@pytest.fixture
def acorns(coatpeg: Coatpeg) -> Coatpeg:
    """The same, with the sample families."""
    assert coatpeg("import-families", str(FAMILIES)).code == 0
    coatpeg("setting", "--phone", "01632 960123")
    coatpeg("staff", "add", "Helen", "--role", "manager")
    return coatpeg
