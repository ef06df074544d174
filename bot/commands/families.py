"""coatpeg import-families and invite."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from bot.commands.desk import Refused, configured, looking, now, say, show_json, the_setting, writing
from nursery.contacts import contacts_of
from nursery.families import RowRefused, import_families, read_rows
from nursery.invitations import invite, uninvited


def import_command(file: Annotated[Path, typer.Argument(help="A CSV file with the columns of docs/operations.md.")]) -> None:
    """Take families from the office's list. A row that can't be taken is named; a second run changes nothing."""
    if not file.exists():
        raise Refused(f"There is no file {file}.")
    try:
        rows = read_rows(file)
    except RowRefused as refusal:
        raise Refused(f"{file}: {refusal}.") from None
    with writing() as session:
        result = import_families(session, rows, now(), test_numbers=configured().test_numbers)
    for line, reason in result.refused:
        say(f"line {line}: {reason}")
    say(f"{result.taken} rows taken, {result.changed} of them new or changed, {len(result.refused)} refused.")
    if result.refused and not result.taken:
        raise Refused("No row could be taken.")
