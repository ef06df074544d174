"""The office's list of families as a file: which sign stands between the cells, and which column is which."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from locales.sentences import D_, Joined
from nursery.family_rows import COLUMNS, MORE, OPTIONAL, RowRefused

SEPARATORS = ",;\t"
"""What Excel puts between cells: it depends on the country the computer is set to."""


@dataclass(frozen=True, slots=True)
class FamilyList:
    """The rows under the first line, one after the other as the spreadsheet counts them; an empty one has no words."""

    rows: list[dict[str, str]]
    left_out: list[str]
    """Columns that are not ours, as they are written."""


def read_list(path: Path) -> FamilyList:
    """The list in a CSV file. Raises RowRefused when it is not one."""
    records = _records(path)
    written = records[0] if records else []
    names = [_column(name) for name in written]
    left_out = [name for name in written if _column(name) not in ("", *COLUMNS, *OPTIONAL)]
    _check(names, left_out)
    return FamilyList([_row(names, cells) for cells in records[1:]], left_out)


def read_rows(path: Path) -> list[dict[str, str]]:
    """Its rows alone."""
    return read_list(path).rows


def _records(path: Path) -> list[list[str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        separator, text = _separator(text)
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise RowRefused(D_("this is not a CSV file in UTF-8 (in Excel: Save as, CSV UTF-8)")) from None


def _separator(text: str) -> tuple[str, str]:
    """The sign between cells, by the first line; and the text without Excel's own line that names it."""
    first, _, rest = text.partition("\n")
    if re.fullmatch(r"sep=[,;\t]", first.strip("\r\n ").lower()):
        return first.strip("\r\n ")[4], rest
    return max(SEPARATORS, key=first.count), text


def _column(written: str) -> str:
    """`Child born`, `CHILD-BORN` and `child_born` are one."""
    return re.sub(r"[\W_]+", "_", written.strip().lower()).strip("_")


def _check(names: Sequence[str], left_out: Sequence[str]) -> None:
    missing = [name for name in COLUMNS if name not in names]
    if missing and left_out:
        raise RowRefused(
            D_("the first line must name the columns; missing: %(names)s; not known: %(others)s"),
            names=Joined(missing),
            others=Joined(left_out),
        )
    if missing:
        raise RowRefused(D_("the first line must name the columns; missing: %(names)s"), names=Joined(missing))
    twice = sorted({name for name in names if name in (*COLUMNS, *OPTIONAL) and names.count(name) > 1})
    if twice:
        raise RowRefused(D_("the first line names a column twice: %(names)s"), names=Joined(twice))


def _row(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The cells by their column; what stands under none is kept apart, since the others have perhaps moved."""
    found = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}
    row = {name: found.get(name, "") for name in (*COLUMNS, *OPTIONAL)}
    under = [*names, *[""] * len(cells)]
    more = [cell.strip() for name, cell in zip(under, cells, strict=False) if not name and cell.strip()]
    return row | {MORE: " ".join(more)} if more else row
