"""coatpeg import-families: what is taken from the office's list, and what looks odd in it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.desk import Refused, configured, now, writing
from bot.commands.voice import say
from locales.sentences import D_, ND_, Joined
from nursery.families import import_families
from nursery.family_list import read_list
from nursery.family_rows import RowRefused


def import_command(
    file: Annotated[Path, typer.Argument(help="A CSV file with the columns of docs/operations.md.")],
    new_settings: Annotated[
        bool, typer.Option("--new-settings", help="A setting of a name much like another's is another setting.")
    ] = False,
) -> None:
    """Take families from the office's list. A row that can't be taken is named; a second run changes nothing."""
    if not file.is_file():
        raise Refused(D_("There is no file %(file)s."), file=file)
    try:
        found = read_list(file)
    except RowRefused as refusal:
        raise Refused(D_("%(file)s: %(why)s."), file=file, why=refusal) from None
    with writing() as session:
        numbers = configured().test_numbers
        result = import_families(session, found.rows, now(), test_numbers=numbers, new_settings=new_settings)
    if found.left_out:
        say(D_("Columns that are not ours are left out: %(names)s."), names=Joined(found.left_out))
    for line, odd in result.odd:
        say(D_("line %(line)s is taken. Look at it: %(reason)s"), line=line, reason=odd)
    for line, reason in result.refused:
        say(D_("line %(line)s: %(reason)s"), line=line, reason=reason)
    say(
        ND_(
            "%(count)s row taken, %(changed)s of them new or changed, %(refused)s refused.",
            "%(count)s rows taken, %(changed)s of them new or changed, %(refused)s refused.",
        ),
        count=result.taken,
        changed=result.changed,
        refused=len(result.refused),
    )
    if result.refused and not result.taken:
        raise Refused(D_("No row could be taken."))
