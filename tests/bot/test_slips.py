"""What a hurried manager types twice, or not quite right: families are not written to because of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from bot.database import open_engine, transaction
from nursery.courses import Course
from nursery.notices import Notice
from nursery.people import Child
from nursery.sample import FAMILIES
from tests.command_line import Coatpeg
from tests.photographs import jpeg

FORM = "nursery/content/sample_questionnaire.toml"
LATER = "2099-12-18T18:00"


def _form() -> str:
    return str(Path(__file__).parents[2] / FORM)


def _take(acorns: Coatpeg, folder: Path, **cells: str) -> None:
    """Another family of the list's first room."""
    head, row = FAMILIES.read_text("utf-8").splitlines()[:2]
    family = dict(zip(head.split(","), row.split(","), strict=True)) | {"phone": "", "picture": ""} | cells
    (folder / "more.csv").write_text(f"{head}\n{','.join(family.values())}\n", encoding="utf-8")
    assert acorns("import-families", "more.csv").code == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("notice", "--to", "child:Zosia", "--text", "Wellies, please"), "Notice 1 tells this family the same ("),
        (("snippet", "Zosia", "Zosia sang."), "Snippet 1 says the same of Zosia. Nothing was sent now."),
        (("event", "Picnic", "--starts", LATER), "Event 1 is the same: Picnic, "),
        (("course", "add", "--title", "Cook together"), "Course 1 is the same: Cook together. Nothing was added now."),
        (("questionnaire", _form(), "--closes", LATER), "Questionnaire 1 asks the same until "),
    ],
)
def test_the_same_command_twice_is_sent_once(acorns: Coatpeg, words: tuple[str, ...], sentence: str) -> None:
    assert acorns(*words).code == 0
    again = acorns(*words)
    assert (again.code, again.err[: len(sentence)]) == (1, sentence)


def test_what_was_taken_back_or_is_for_others_is_not_the_same(acorns: Coatpeg) -> None:
    hello = ("--text", "Hello")
    assert acorns("notice", "--to", "child:Zosia", *hello).code == 0
    assert acorns("notice", "--to", "room:Caterpillars", *hello).code == 0
    assert acorns("withdraw", "1").out == "Notice 1 is withdrawn. Nothing of it had left.\n"
    assert acorns("notice-state", "1").err == "Notice 1 is withdrawn. Nothing of it had left.\n"
    assert acorns("notice", "--to", "child:Zosia", *hello).code == 0


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("notice", "--to", "room:Caterpillars", "--text", "Trip at 9"), ()),
        (("notice", "--to", "child:Zosia", "--text", "Look", "--photo", "1.jpg"), ("--photo", "2.jpg")),
        (("snippet", "Zosia", "Painting!"), ("--photo", "1.jpg")),
        (("snippet", "Zosia", "Painting!", "--photo", "1.jpg"), ("--photo", "2.jpg")),
        (("event", "Open day", "--starts", LATER, "--place", "Red room"), ("--place", "Blue room")),
        (("event", "Open day", "--starts", LATER, "--to", "room:Caterpillars"), ("--to", "room:Butterflies")),
        (("course", "add", "--title", "First aid", "--where", "Hall"), ("--where", "Library")),
        (("questionnaire", _form(), "--closes", LATER), ("--to", "room:Caterpillars")),
        (
            ("questionnaire", _form(), "--at", "2099-12-18T18:00", "--closes", "2099-12-20T18:00"),
            ("--at", "2099-12-01T08:00", "--closes", LATER),
        ),
    ],
)
def test_what_is_said_again_on_purpose_is_taken(
    acorns: Coatpeg, tmp_path: Path, words: tuple[str, ...], meant: tuple[str, ...]
) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.jpg").write_bytes(jpeg(number))
    assert acorns(*words).code == 0
    again = acorns(*words, *meant)
    assert (again.code, again.err) == (0, "")


def test_a_notice_taken_back_half_way_says_whom_it_reached(acorns: Coatpeg, tmp_path: Path) -> None:
    assert acorns("notice", "--to", "room:Caterpillars", "--text", "Hello", "--now").code == 0
    engine = open_engine(f"sqlite:///{tmp_path}/coatpeg.db")
    with transaction(engine) as session:
        session.get_one(Notice, 1).published_at = None  # as one that a restart has broken off
    engine.dispose()
    assert acorns("withdraw", "1").code == 0
    assert acorns("notice-state", "1").out.startswith("Notice 1, sent ")


def test_what_is_closed_is_offered_again_another_year(acorns: Coatpeg, tmp_path: Path) -> None:
    vacancy = ("course", "add", "--title", "Parent governor", "--kind", "committee", "--closes")
    assert acorns(*vacancy, "2099-06-30").code == 0
    assert acorns(*vacancy, "2099-07-30").err.startswith("Course 1 is the same")
    engine = open_engine(f"sqlite:///{tmp_path}/coatpeg.db")
    with transaction(engine) as session:
        session.get_one(Course, 1).closes_on = date(2026, 6, 30)
    engine.dispose()
    assert acorns(*vacancy, "2099-07-30").code == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("event", "Talk", "--starts", LATER, "--to", "child:Zosia"), "--to: child:Zosia is not one of setting:NAME"),
        (("questionnaire", _form(), "--closes", LATER, "--to", "child:Zosia"), "--to: child:Zosia is not one of "),
        (("notice", "--to", "child:Zosia", "--text", "Zosia bit her friend."), "This reads like a concern"),
        (("notice", "--to", "child:Zosia", "--text", "x", "--at", "2099-12-18"), "--at: give the time as well"),
        (
            ("notice", "--to", "child:Zosia", "--template", "closing-early", "day=2025-12-18", "time=15:00"),
            "day: 2025-12-18 is over when this leaves. Are the month and the year right?",
        ),
        (("questionnaire", _form(), "--closes", "2099-12-18"), "--closes: give the time as well"),
        (
            ("poll", "open", "--title", "Evening", "--slot", LATER, "--closes", "2099-12-18"),
            "--closes: give the time as well",
        ),
    ],
)
def test_what_is_not_quite_right_is_not_sent(acorns: Coatpeg, words: tuple[str, ...], sentence: str) -> None:
    ran = acorns(*words)
    assert (ran.code, ran.err[: len(sentence)]) == (1, sentence)


@pytest.mark.parametrize("command", [("complaints",), ("export-guardian", "Amina Khan")])
def test_a_file_that_can_not_be_written_is_a_sentence(
    acorns: Coatpeg, command: tuple[str, ...], tmp_path: Path
) -> None:
    file = str(tmp_path / "nowhere" / "file")
    ran = acorns(*command, file)
    assert (ran.code, ran.err) == (1, f"{file} can't be read or written (No such file or directory).\n")


def test_who_gets_nothing_of_a_snippet_is_said(acorns: Coatpeg, tmp_path: Path) -> None:
    _take(acorns, tmp_path, child="Jack Brown", guardian="Sue Brown", may_receive="no")
    nobody = "  not reached: Sue Brown: not confirmed by staff yet\n"
    assert acorns("snippet", "Jack", "Jack sang.").out.endswith(nobody)
    assert acorns("target", "Jack", "Jack's own coat").out.endswith(nobody)


def test_a_lead_nobody_knows_is_said(acorns: Coatpeg) -> None:
    unknown = "Grece is to keep children safe but is not on the staff yet, and can read no concern."
    ran = acorns("setting", "--lead", "Grece")
    assert f"Who keeps children safe: Grece. Their number: -.\n{unknown}" in ran.out
    assert "Did you mean Grace?" in ran.out
    assert f"Mend: {unknown}" in acorns("check").out
    assert unknown not in acorns("setting", "--lead", "Grace").out


def test_children_of_one_name_are_told_apart(acorns: Coatpeg, tmp_path: Path) -> None:
    _take(acorns, tmp_path, child="Noor Other", guardian="Sue Other")
    _take(acorns, tmp_path, child="Noor Khan", child_born="2022-11-02", guardian="Sadia Khan")
    assert acorns("staff", "add", "Sam").code == 0
    for child in ("Noor Other", "1", "Zosia"):
        assert acorns("snippet", child, "Sang a song.", "--staff", "Sam").code == 0
    names = ("Noor Other", "Noor Khan (2023-05-14)", "Zosia")
    lines = "".join(f"  {number}  {name}  Sang a song.\n" for number, name in enumerate(names, 1))
    assert lines in acorns("inbox").out
    with transaction(open_engine(f"sqlite:///{tmp_path}/coatpeg.db")) as session:
        for other in session.exec(select(Child).where(Child.born != date(2023, 5, 14))):
            other.left_on = date(2099, 7, 20)
            session.add(other)
    assert lines in acorns("inbox").out, "who leaves in the summer is here still"
