"""What a hurried manager types twice, or not quite right: families are not written to because of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nursery.sample import FAMILIES
from tests.command_line import Coatpeg

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
    ("words", "sentence"),
    [
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
