"""The command line `coatpeg`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

import typer
from sqlalchemy.exc import OperationalError, ProgrammingError

from bot.commands import serving
from bot.commands.desk import Refused
from bot.config import Misconfigured

SERVING: Mapping[str, Callable[..., None]] = {
    "demo": serving.demo,
    "serve": serving.serve,
    "migrate": serving.migrate_command,
    "run-job": serving.run_job,
}


def main() -> None:
    """Runs a command; whatever goes wrong is one sentence on standard error and a non-zero exit."""
    try:
        _commands(sys.argv[1:])(standalone_mode=True)
    except (Refused, Misconfigured) as refusal:
        _fail(str(refusal))
    except (OperationalError, ProgrammingError) as error:
        _fail(
            f"The database can't be used as it is ({type(error).__name__}). Check DATABASE_URL and run coatpeg migrate."
        )


def _commands(words: list[str]) -> typer.Typer:
    """Every command there is, or, where a server is to be started, those of serving alone."""
    cli = typer.Typer(
        name="coatpeg",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        help="Coatpeg: the peg for every parent.",
    )
    for name, command in SERVING.items():
        cli.command(name)(command)
    if not words or words[0] not in SERVING:
        from bot.commands import office

        office.add_to(cli)
    return cli


def _fail(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
    sys.exit(1)


if __name__ == "__main__":
    main()
