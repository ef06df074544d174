"""Braille-ready text: the cells of Unified English Braille, and the shape of a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nursery.braille import CELLS, LINES, brf, cells


@pytest.mark.parametrize(
    ("word", "ascii_cells"),
    [
        ("nursery", "NURSERY"),
        ("Noor", ",NOOR"),
        ("NHS", ",,NHS"),
        ("15:30", "#AE3#CJ"),
        ("2026", "#BJBF"),
        ("3b", "#C;B"),
        ("3m", "#CM"),
        ("\N{POUND SIGN}12.50", "@L#AB4EJ"),
        ("1,200", "#A1BJJ"),
        ("don't", "DON'T"),
        ("(yes)", '"<YES">'),
        ("what?", "WHAT8"),
        ("Stop!", ",STOP6"),
        ('"hello"', "8HELLO0"),
        ("and/or", "AND_/OR"),
        ("50%", "#EJ.0"),
        ("caf\N{LATIN SMALL LETTER E WITH ACUTE}", "CAFE"),
        ("\N{RIGHT SINGLE QUOTATION MARK}s", "'S"),
    ],
)
def test_words(word: str, ascii_cells: str) -> None:
    assert cells(word) == ascii_cells


@given(st.text(max_size=3000))
def test_every_page_fits(text: str) -> None:
    pages = brf(text).split("\f")
    assert pages.pop() == "", "a form feed ends each page"
    for page in pages:
        lines = page.split("\r\n")
        assert len(lines) - 1 <= LINES
        assert all(len(line) <= CELLS and line.isascii() for line in lines)


def test_no_word_is_lost() -> None:
    text = " ".join(["Please bring wellies"] * 200)
    assert brf(text).split().count("WELLIES") == 200
