"""The command line `coatpeg`."""

from __future__ import annotations

import sys

import typer
from sqlalchemy.exc import OperationalError, ProgrammingError

from bot.commands import serving
from bot.commands.help import translate
from bot.commands.voice import tongue
from locales.sentences import D_, Refusal, Sentence, Spoken


def main() -> None:
    """Runs a command; whatever goes wrong is one sentence on standard error and a non-zero exit."""
    try:
        command = typer.main.get_command(_commands(sys.argv[1:]))
        translate(command, tongue())
        command(standalone_mode=True)
    except Refusal as refusal:
        _fail(refusal)
    except (OperationalError, ProgrammingError) as error:
        said = D_("The database can't be used as it is (%(why)s). Check DATABASE_URL and run coatpeg migrate.")
        _fail(Sentence(said, why=type(error).__name__))
    except OSError as error:
        if error.filename is None:
            raise
        _fail(Sentence(D_("%(file)s can't be read or written (%(why)s)."), file=error.filename, why=error.strerror))


def _commands(words: list[str]) -> typer.Typer:
    """Every command there is, or, where a server is to be started, those of serving alone."""
    cli = typer.Typer(
        name="coatpeg",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        help=D_("Coatpeg: the peg for every parent."),
    )
    serving.add_to(cli)
    if not words or words[0] not in serving.COMMANDS:
        from bot.commands import office

        office.add_to(cli)
    return cli


def _fail(sentence: Spoken) -> None:
    sys.stderr.write(sentence.said(tongue()) + "\n")
    sys.exit(1)


if __name__ == "__main__":
    main()
