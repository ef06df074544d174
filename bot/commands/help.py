"""What --help says in the language of whoever asks: a command's docstring, and what its options say of themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

import typer

from locales import SOURCE, Catalogue


def translate(command: Any, words: Catalogue) -> None:
    """Puts a command, and all below it, into a language."""
    if words.language != SOURCE:
        for one in _helps(command):
            one.help = words.desk(one.help)


def extract(
    fileobj: IO[bytes], keywords: Mapping[str, Any], comment_tags: Sequence[str], options: Mapping[str, Any]
) -> Iterator[tuple[int, None, str, list[str]]]:
    """For Babel: yields (line, function, message, comments) for all that the help of any command says."""
    from bot.commands import office, serving

    cli = typer.Typer()
    serving.add_to(cli)
    office.add_to(cli)
    for one in _helps(typer.main.get_command(cli)):
        yield 1, None, one.help, [f"coatpeg {one.name}"]


def _helps(command: Any) -> Iterator[Any]:
    """A command, its options and arguments, and those of all below it, as far as they say something."""
    yield from (one for one in (command, *command.params) if getattr(one, "help", None))
    for below in getattr(command, "commands", {}).values():
        yield from _helps(below)
