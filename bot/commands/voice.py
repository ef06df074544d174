"""How the command line speaks: sentences, rows and tables in the language of whoever sits there."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import typer
from babel.dates import format_datetime

from bot.config import desk_language
from locales import SOURCE, Catalogue, catalogue
from locales.sentences import Joined, Mark, Marks, Sentence, Spoken, spoken
from nursery.settings import ENGLAND


def tongue() -> Catalogue:
    """The words of whoever sits here."""
    return catalogue(desk_language())


def say(message: Mark | Marks | Spoken, /, **values: object) -> None:
    """Prints a sentence."""
    show((message if isinstance(message, Spoken) else Sentence(message, **values)).said(tongue()))


def warn(message: Mark | Marks, /, **values: object) -> None:
    """Prints a sentence where it is seen and gets into no file."""
    sys.stderr.write(Sentence(message, **values).said(tongue()) + "\n")


def ask(message: Mark, /, **values: object) -> bool:
    """Asks for a yes."""
    return typer.confirm(Sentence(message, **values).said(tongue()))


def show(line: str = "") -> None:
    """Prints what has no language: data, or what has been said already."""
    sys.stdout.write(line + "\n")


def row(*cells: object, indent: str = "") -> None:
    """Prints things side by side."""
    show(indent + Joined(cells, "  ").said(tongue()))


def indented(*parts: object, by: int = 2) -> Joined:
    """Parts one after the other, so many spaces in."""
    return Joined((" " * by, *parts), "")


def filled(cells: Iterable[object]) -> list[object]:
    """Those that hold something."""
    return [cell for cell in cells if cell not in (None, "")]


def table(rows: Sequence[Sequence[object]], heads: Sequence[Mark]) -> None:
    """Columns as wide as they need to be."""
    said = [Sentence(head) for head in heads]
    cells = [[str(spoken(cell, tongue())) for cell in line] for line in [said, *rows]]
    widths = [max(len(line[place]) for line in cells) for place in range(len(heads))]
    for line in cells:
        show("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def show_json(value: object) -> None:
    """Prints an object for a program: whatever has a language is English in it."""
    show(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def plain(words: str) -> str:
    """Words as a cell of a CSV file that a spreadsheet won't run as a formula."""
    return f"'{words}" if words[:1] in ("=", "+", "-", "@", "\t", "\r") else words


@dataclass(frozen=True, slots=True)
class Moment(Spoken):
    """A moment on the settings' clock."""

    when: datetime

    def said(self, words: Catalogue) -> str:
        here = self.when.astimezone(ENGLAND)
        if words.language == SOURCE:
            return here.strftime("%a %d %b %Y %H:%M")
        return format_datetime(here, "EEE d MMM yyyy HH:mm", locale=words.language)

    __str__ = Spoken.__str__


def local_moment(when: datetime) -> Moment:
    """A moment as staff read it."""
    return Moment(when)
