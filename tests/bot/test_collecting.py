"""coatpeg collect: somebody else collects only when a person has rung, and who rang is kept."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, select

from bot.database import open_engine, transaction
from nursery.day_changes import DayChange, Told, tell_collector
from nursery.guardians import Guardian
from nursery.people import Child, Staff
from nursery.settings import Setting
from nursery.tasks import open_tasks
from tests.command_line import Coatpeg


def _session(folder: Path) -> Session:
    return Session(open_engine(f"sqlite:///{folder}/coatpeg.db"))


def _asked(folder: Path) -> None:
    """Amina says that her sister collects Noor."""
    engine = open_engine(f"sqlite:///{folder}/coatpeg.db")
    with transaction(engine) as session:
        noor = session.exec(select(Child).where(Child.name == "Noor Khan")).one()
        amina = session.exec(select(Guardian).where(Guardian.name == "Amina Khan")).one()
        setting, who, at = session.get_one(Setting, noor.setting_id), Told("Sana, my sister"), Told("today at 4")
        tell_collector(session, setting, noor, amina, who=who, at=at, now=datetime.now(UTC))
    engine.dispose()


@pytest.mark.parametrize(("word", "agreed"), [("agree", True), ("refuse", False)])
def test_it_waits_until_a_person_has_rung(acorns: Coatpeg, tmp_path: Path, word: str, agreed: bool) -> None:
    assert acorns("collect", "list").out == "Nobody waits to be rung about who collects.\n"
    _asked(tmp_path)
    (shown,) = json.loads(acorns("collect", "list", "--json").out)
    assert (shown["who and when"], shown["ring"]) == ("Sana, my sister, today at 4", "Amina Khan")
    assert shown["number"] == "+447700900001"
    assert acorns("collect", word, "1", "--staff", "Grace").out.startswith("Noted: Noor ")
    assert acorns("collect", "list", "--json").out == "[]\n"
    with _session(tmp_path) as session:
        kept = session.exec(select(DayChange)).one()
        assert (kept.agreed, session.get_one(Staff, kept.checked_by_id).name) == (agreed, "Grace")
        assert open_tasks(session) == []


def test_checked_once_it_is_asked_for_anew(acorns: Coatpeg, tmp_path: Path) -> None:
    _asked(tmp_path)
    acorns("collect", "refuse", "1", "--staff", "Grace")
    ran = acorns("collect", "agree", "1", "--staff", "Grace")
    assert (ran.code, ran.err) == (1, "This has been checked already. Ask the parent to text COLLECT again.\n")
    assert "no change 9" in acorns("collect", "agree", "9", "--staff", "Grace").err
