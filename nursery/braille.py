"""Braille-ready text: uncontracted Unified English Braille as ASCII, forty cells a line and 25 lines a page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

CELLS, LINES = 40, 25
"""What a common embosser puts on a page."""

DIGITS = dict(zip("1234567890", "ABCDEFGHIJ", strict=True))
SIGNS = {
    ",": "1",
    ";": "2",
    ":": "3",
    ".": "4",
    "!": "6",
    "?": "8",
    "'": "'",
    "-": "-",
    "(": '"<',
    ")": '">',
    "/": "_/",
    "\N{POUND SIGN}": "@L",
    "@": "@A",
    "&": "@&",
    "%": ".0",
    "+": '"6',
    "=": '"7',
    "*": '"9',
    "\N{EURO SIGN}": "@E",
}
"""Signs of Unified English Braille (ICEB rule book 2013, sections 3 and 7) in Braille ASCII."""

NUMBER, CAPITAL, LETTER = "#", ",", ";"
LIKE = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"})
RUNS = re.compile(r"[0-9](?:[0-9]|[.,](?=[0-9]))*|[A-Za-z]+|.", re.DOTALL)


def brf(text: str) -> str:
    """A file for an embosser: paragraphs indented by two cells, a form feed after each page."""
    lines = [line for paragraph in text.splitlines() if paragraph.strip() for line in _wrapped(paragraph)]
    pages = [lines[start : start + LINES] for start in range(0, len(lines), LINES)] or [[]]
    return "".join("".join(f"{line}\r\n" for line in page) + "\f" for page in pages)


def cells(word: str) -> str:
    """A word in Braille ASCII. Letters of other alphabets than ours are left out: their braille is another code."""
    plain = unicodedata.normalize("NFKD", word.translate(LIKE))
    plain = "".join(sign for sign in plain if sign.isascii() or sign in SIGNS)
    return "".join(_runs(plain))


def _runs(plain: str) -> Iterator[str]:
    after_number = False
    for place, run in enumerate(RUNS.findall(plain)):
        if run[0].isdigit():
            yield NUMBER + "".join(DIGITS.get(sign) or SIGNS[sign] for sign in run)
        elif run.isalpha():
            lower = run[0].islower() and run[0] in "abcdefghij"
            yield (LETTER if after_number and lower else "") + _letters(run)
        elif run == '"':
            yield "8" if place == 0 else "0"
        else:
            yield SIGNS.get(run, "")
        after_number = run[0].isdigit()


def _letters(run: str) -> str:
    if len(run) > 1 and run.isupper():
        return CAPITAL * 2 + run
    return "".join((CAPITAL if sign.isupper() else "") + sign.upper() for sign in run)


def _wrapped(paragraph: str) -> Iterator[str]:
    line = "  "
    for word in filter(None, map(cells, paragraph.split())):
        if line.strip() and len(line) + 1 + len(word) > CELLS:
            yield line
            line = ""
        line = f"{line} {word}" if line.strip() else line + word
        while len(line) > CELLS:
            yield line[:CELLS]
            line = line[CELLS:]
    if line.strip():
        yield line
