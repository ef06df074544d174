"""coatpeg setting: hours and addresses, set, seen and taken away again."""

from __future__ import annotations

import pytest

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
