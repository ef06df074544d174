"""coatpeg setting: hours and addresses, set, seen and taken away again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nursery.sample import FAMILIES
from tests.command_line import Coatpeg


def test_hours_and_addresses_are_set_and_seen(acorns: Coatpeg) -> None:
    website, prospectus = "https://acorns.example/", "http://acorns.example/prospectus.pdf"
    ran = acorns("setting", "--website", website, "--prospectus", prospectus, "--opens", "07:30", "--closes", "17:45")
    line = f"Open Monday to Friday, 07:30 to 17:45. Website: {website}. Prospectus: {prospectus}."
    assert line in ran.out
    assert line in acorns("setting").out


def test_an_address_is_taken_away(acorns: Coatpeg) -> None:
    acorns("setting", "--website", "https://acorns.example", "--prospectus", "https://acorns.example/p")
    assert "Website: -. Prospectus: https://acorns.example/p." in acorns("setting", "--website", "-").out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--website", "acorns"), "--website: write the whole address, as https://www.example.org, not acorns."),
        (("--website", "www.acorns.example"), "--website: write the whole address"),
        (("--prospectus", "javascript:alert(1)"), "--prospectus: write the whole address"),
        (("--prospectus", "https://"), "--prospectus: write the whole address"),
        (("--prospectus", "https://[acorns"), "--prospectus: write the whole address"),
        (("--website", "https://acorns.example/our book"), "--website: write the whole address"),
        (("--opens", "early"), "--opens: write the time as 07:30, not early."),
        (("--opens", "25:00"), "--opens: write the time as 07:30, not 25:00."),
        (("--closes", "07:00"), "--closes: it must close after it opens."),
        (("--opens", "18:00"), "--closes: it must close after it opens."),
    ],
)
def test_what_can_not_be_is_refused_in_a_sentence(acorns: Coatpeg, words: tuple[str, ...], sentence: str) -> None:
    before = acorns("setting").out
    ran = acorns("setting", *words)
    assert (ran.code, ran.err[: len(sentence)]) == (1, sentence)
    assert acorns("setting").out == before


@pytest.fixture
def group(acorns: Coatpeg, tmp_path: Path) -> Coatpeg:
    """Two settings, each with a room called Butterflies and a child called Noor Khan."""
    lines = FAMILIES.read_text("utf-8").splitlines()
    lines = [lines[0], *(line.replace("Little Acorns", "Busy Bees") for line in lines[1:3])]
    (tmp_path / "bees.csv").write_text("\n".join(lines).replace("Grace", "Olu"))
    assert acorns("import-families", str(tmp_path / "bees.csv")).code == 0
    return acorns


def test_of_two_settings_none_is_meant_by_silence(group: Coatpeg) -> None:
    said = "There is more than one setting: Busy Bees, Little Acorns. Say which with --setting NAME"
    for words in (("setting", "--phone", "01632 960999"), ("staff", "list"), ("concerns", "--staff", "Olu")):
        ran = group(*words)
        assert (ran.code, ran.err[: len(said)]) == (1, said)
    assert group("staff", "add", "Olu", "--role", "manager", "--setting", "Busy Bees").code == 0
    assert group("concerns", "--staff", "Olu", "--setting", "Busy Bees").out == "0 for you.\n"
    assert group("setting", "--phone", "01632 960999", "--setting", "Busy Bees").out.startswith("Busy Bees: phone 0")


def test_a_room_of_one_of_two_settings(group: Coatpeg) -> None:
    draft = ("notice", "--text", "Bring wellies", "--dry-run", "--to")
    ran = group(*draft, "room:Butterflies")
    assert "More than one room is called Butterflies. Say which: room:Busy Bees/Butterflies" in ran.err
    assert group(*draft, "room:Busy Bees/Butterflies").code == group(*draft, "room:Caterpillars").code == 0
    assert "there is no room called Hive" in group(*draft, "room:Hive").err


def test_two_children_of_one_name_are_told_apart_by_number(group: Coatpeg) -> None:
    ran = group("about", "Noor Khan")
    found = re.findall(r"(\d+) \(Noor Khan, Butterflies, ([\w ]+), 2023-05-1\d\)", ran.err)
    assert sorted(place for _, place in found) == ["Busy Bees", "Little Acorns"]
    assert all(group("about", number).code == 0 for number, _ in found)
    assert group("about", "999").err == "There is no child 999.\n"
    both, one = (
        group("guardian", "topics", "Amina Khan", "events", "--child", of) for of in ("Noor Khan", found[0][0])
    )
    assert (both.out.count("told of events"), one.out.count("told of events")) == (2, 1)
    assert "Amina Khan (Noor Khan)   " in group("invite", "--setting", "Busy Bees").out
