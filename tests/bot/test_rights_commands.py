"""coatpeg export-guardian, erase-guardian, sharing and record-log, as staff use them."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from bot.database import open_engine, transaction
from nursery import consents, record_links
from nursery.complaints import Grievance, lodge
from nursery.consents import Purpose
from nursery.contacts import Contact
from nursery.guardians import Guardian, Guardianship
from nursery.people import Child
from nursery.settings import Setting
from tests.command_line import Coatpeg

NOW = datetime.now(UTC)


@pytest.fixture
def zosia(acorns: Coatpeg, tmp_path: Path) -> tuple[str, str]:
    """The numbers of Zosia's father and of Noor's mother, in the sample families."""
    engine = open_engine(f"sqlite:///{tmp_path}/coatpeg.db")
    with transaction(engine) as session:
        chosen = select(Guardian.id).join(Guardianship).join(Child).where(Child.name.startswith("Zosia"))
        father = session.exec(chosen).first()
        mother = session.exec(select(Contact.guardian_id).where(Contact.address == "+447700900001")).one()
    engine.dispose()
    return str(father), str(mother)


def _agree(folder: Path, guardian: str, purpose: Purpose, *, given: bool = True) -> None:
    engine = open_engine(f"sqlite:///{folder}/coatpeg.db")
    with transaction(engine) as session:
        tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == int(guardian))).one()
        tie.parental_responsibility = True
        session.add(tie)
        child = session.get_one(Child, tie.child_id)
        consents.answer(session, child, int(guardian), purpose, given=given, text="", language="pl", now=NOW)
        record_links.make_link(session, int(guardian), child.id or 0, NOW)
    engine.dispose()


def test_a_command_by_itself_knows_every_table_that_holds_a_guardians(tmp_path: Path) -> None:
    """In a process of its own: whatever tables other tests have loaded are not there."""
    lines = (
        "import bot.commands.office, nursery.held, nursery.retention, sqlmodel",
        "known = sqlmodel.SQLModel.metadata.tables",
        "print({one.table for one in nursery.held.HELD} - set(known), set(nursery.retention.RETENTION) - set(known))",
    )
    ran = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True)
    assert ran.stdout == "set() set()\n"


def test_a_copy_in_a_file_or_on_the_screen(acorns: Coatpeg, zosia: tuple[str, str], tmp_path: Path) -> None:
    shown = acorns("export-guardian", zosia[0])
    assert json.loads(shown.out)["guardian"][0]["language"] == "pl"
    written = acorns("export-guardian", zosia[0], "copy.json")
    assert "entries written to copy.json, which only you can read. Ask the safeguarding lead too" in written.out
    assert (tmp_path / "copy.json").stat().st_mode & 0o777 == 0o600
    assert json.loads((tmp_path / "copy.json").read_text("utf-8"))["guardian"]
    assert acorns("export-guardian", zosia[0], "copy.json").err == "copy.json is there already.\n"


def test_erased_and_why_something_is_kept(acorns: Coatpeg, zosia: tuple[str, str], tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/coatpeg.db")
    with transaction(engine) as session:
        guardian = session.get_one(Guardian, int(zosia[0]))
        lodge(session, session.get_one(Setting, 1), guardian, Grievance("The gate"), NOW)
    engine.dispose()
    done = acorns("erase-guardian", zosia[0], "--yes")
    assert done.code == 0
    assert done.out.startswith("The outcome of C-")
    assert "Their number is a stranger's now." in done.out
    assert "Kept, with their name and without their number: complaints: the EYFS" in done.out
    assert done.out.endswith("What the safeguarding lead may hold is not touched by this.\n")
    assert acorns("erase-guardian", zosia[0], "--yes").code == 0
    assert acorns("export-guardian", zosia[0]).err.startswith(f"Guardian {zosia[0]} was erased on ")


def test_whose_copy_it_is_by_name_or_by_what_they_asked(
    acorns: Coatpeg, zosia: tuple[str, str], tmp_path: Path
) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/coatpeg.db")
    with transaction(engine) as session:
        lodge(session, session.get_one(Setting, 1), session.get_one(Guardian, int(zosia[0])), Grievance("x"), NOW)
        session.add(Guardian(name="Amina Khan"))
    engine.dispose()
    for said in ("Piotr Nowak", "piotr  nowak", "c-1042"):
        assert json.loads(acorns("export-guardian", said).out)["guardian"][0]["language"] == "pl"
    two = acorns("export-guardian", "Amina Khan").err
    assert two.startswith(f"More than one guardian is called Amina Khan. Say which by number: {zosia[1]} (Noor Khan), ")
    assert acorns("erase-guardian", "Q-9", "--yes").err == "Nothing has the reference Q-9.\n"
    assert "Did you mean Piotr Nowak?" in acorns("erase-guardian", "Piotr Novak", "--yes").err
    assert "about Piotr Nowak is erased." in acorns("erase-guardian", "Piotr Nowak", "--yes").out


def test_sharing_from_consent_to_end(acorns: Coatpeg, zosia: tuple[str, str], tmp_path: Path) -> None:
    give = ("sharing", "give", "Zosia", "--with", "Sunny Days", "--what", "progress", "--purpose", "second setting")
    assert acorns(*give).err.startswith("Nothing may be shared: no consent for second setting stands for Zosia.")
    _agree(tmp_path, zosia[0], Purpose.SECOND_SETTING)
    assert acorns(*give).out.startswith("1: progress of Zosia")
    beyond = acorns(*give[:6], "two-year check", *give[7:])
    assert beyond.err == "The consent for second setting does not cover: two-year check. Ask the parent first.\n"
    listed = acorns("sharing", "list").out
    assert "Sunny Days" in listed
    assert acorns("sharing", "end", "1").out == "Sharing 1 has ended. Tell Sunny Days that nothing more will come.\n"
    assert acorns("sharing", "end", "1").err.startswith("Sharing 1 ended on ")
    assert "(staff)" in acorns("sharing", "list", "--child", "Zosia").out
    assert "link made" in acorns("record-log", "--child", "Zosia").out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("export-guardian", "999"), "There is no guardian 999."),
        (("erase-guardian", "999", "--yes"), "There is no guardian 999."),
        (("sharing", "end", "9"), "There is no sharing 9."),
        (("sharing", "list", "--child", "Nobody"), "There is no child called Nobody."),
        (("record-log", "--child", "Nobody"), "There is no child called Nobody."),
    ],
)
def test_every_error_is_a_sentence(acorns: Coatpeg, words: tuple[str, ...], sentence: str) -> None:
    ran = acorns(*words)
    assert ran.code != 0
    assert ran.err.startswith(sentence)
