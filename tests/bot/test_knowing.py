"""coatpeg family, notice-state and print-queue, as staff use them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, select, update

from bot.database import open_engine, transaction
from bot.outbox import OutboxMessage
from nursery import preferences, prints, profiles
from nursery.guardians import Guardian
from nursery.replies import Understood, note_reply
from nursery.tasks import open_tasks
from tests.command_line import Coatpeg

NOW = datetime.now(UTC)


@contextmanager
def _database(folder: Path) -> Iterator[Session]:
    engine = open_engine(f"sqlite:///{folder}/coatpeg.db")
    with transaction(engine) as session:
        yield session
    engine.dispose()


def _guardian(session: Session, name: str) -> int:
    return session.exec(select(Guardian).where(Guardian.name == name)).one().id or 0


def test_a_family_as_it_wants_to_be_known(acorns: Coatpeg, tmp_path: Path) -> None:
    letter = json.loads(acorns("invite", "--everyone", "--json").out)[0]
    with _database(tmp_path) as session:
        guardian = _guardian(session, letter["guardian"])
        profiles.answer(session, guardian, "call", NOW, words="Auntie")
        profiles.answer(session, guardian, "food", NOW, keys=["halal"])
        preferences.prefer(session, guardian, hour="evening", form="large print")
    shown = acorns("family", letter["child"].split(",")[0]).out
    assert letter["guardian"] in shown
    assert "call them: Auntie" in shown
    assert "food: halal" in shown
    assert "evening hour, large print" in shown


def test_what_a_parent_says_in_person_is_set(acorns: Coatpeg) -> None:
    letter = json.loads(acorns("invite", "--everyone", "--json").out)[0]
    name = letter["guardian"]
    ran = acorns("guardian", "prefer", name, "--language", "pl", "--hour", "evening", "--form", "braille")
    assert ran.out == f"{name}: Polski, evening hour, braille, ideas as the setting has it.\n"
    ran = acorns("guardian", "prefer", name, "--hour", "any", "--ideas", "one")
    assert ran.out == f"{name}: Polski, any hour, braille, ideas one.\n"
    assert acorns("guardian", "prefer", name, "--hour", "midnight").err.startswith(
        "--hour: midnight is not one of any,"
    )
    assert acorns("guardian", "prefer", name, "--language", "xx").err.startswith("--language: xx is not one of ours")


def test_whom_a_notice_has_reached(acorns: Coatpeg, tmp_path: Path) -> None:
    sent = json.loads(
        acorns("notice", "--to", "setting:Little Acorns", "--text", "Hello", "--check", "--now", "--json").out
    )
    number = str(sent["notice"])
    with _database(tmp_path) as session:
        session.connection().execute(update(OutboxMessage).values(state="delivered"))
        someone = session.exec(select(OutboxMessage)).first()
        assert someone is not None
        note_reply(session, sent["notice"], someone.guardian_id or 0, Understood.CLEAR, NOW)
        name = session.get_one(Guardian, someone.guardian_id).name
    shown = acorns("notice-state", number).out
    assert f"delivered {sent['recipients']}" in shown
    assert "clear 1" in shown
    missing = shown.split("Not known to have seen it: ")[1]
    assert int(missing.split()[0]) >= sent["recipients"] - 1
    assert f"  {name}: " not in missing
    assert "no answer (delivered)" in missing


def test_files_for_the_printer(acorns: Coatpeg, tmp_path: Path) -> None:
    assert acorns("print-queue").out == "Nothing waits to be printed.\n"
    forms = ["large print", "easy read", "braille"]
    with _database(tmp_path) as session:
        some = session.exec(select(Guardian).order_by(Guardian.id).limit(3)).all()  # type: ignore[arg-type]
        for guardian, form in zip(some, forms, strict=True):
            guardian.language = "ur" if form == "easy read" else "en_GB"
            session.add(guardian)
            preferences.prefer(session, guardian.id or 0, form=form)
    acorns("notice", "--to", "setting:Little Acorns", "--text", "Push <hard>. It sticks.", "--now")
    assert acorns("run-job", "queue_prints").out == "queue_prints: 3\n"
    assert all(form in acorns("print-queue").out for form in forms)
    assert acorns("print-queue", "paper").out.endswith("3 files written.\n")
    files = {path.suffix: path for path in sorted(Path("paper").iterdir())}
    assert files[".brf"].read_bytes().startswith(b"  ,LITTLE ,ACORNS\r\n  ,PUSH HARD4 ,IT STICKS4\r\n")
    pages = [path.read_text("utf-8") for path in Path("paper").glob("*.html")]
    assert len(pages) == 2
    assert any('lang="ur" dir="rtl"' in page for page in pages)
    assert any("24pt" in page for page in pages)
    assert all("Push &lt;hard&gt;." in page for page in pages)
    assert acorns("print-queue", "paper").out == "Nothing waits to be printed.\n"
    assert acorns("print-queue", "paper", "--again").out.endswith("3 files written.\n")


def test_what_a_parent_asked_for_on_paper(acorns: Coatpeg, tmp_path: Path) -> None:
    with _database(tmp_path) as session:
        guardian = session.exec(select(Guardian).where(Guardian.language == "pl")).first()
        assert guardian is not None
        for _ in range(2):
            prints.on_paper(session, guardian.id or 0, 1, "policy", "fees 1", datetime.now(UTC))
        assert [task.kind for task in open_tasks(session)] == ["a text to print"]
    assert acorns("print-queue", "paper").out.endswith("1 file written.\n")
    page = next(Path("paper").iterdir()).read_text("utf-8")
    assert 'lang="pl"' in page
    assert "12pt" in page
    assert "Cennik" in page or "opłat" in page


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("family", "Nobody"), "There is no child called Nobody."),
        (("notice-state", "9"), "There is no notice 9."),
        (("print-queue", "coatpeg.db"), "coatpeg.db is not a folder."),
    ],
)
def test_every_error_is_a_sentence(acorns: Coatpeg, words: tuple[str, ...], sentence: str) -> None:
    ran = acorns(*words)
    assert ran.code != 0
    assert ran.err.startswith(sentence)


def test_a_notice_that_waits_has_no_state_yet(acorns: Coatpeg) -> None:
    acorns("notice", "--to", "setting:Little Acorns", "--text", "Hello")
    assert acorns("notice-state", "1").err == "Notice 1 has not been sent yet.\n"
