"""The command line `coatpeg`."""

from __future__ import annotations

import sys

import typer
from sqlalchemy.exc import OperationalError, ProgrammingError

from bot.commands import agreeing, answering, checking, families, serving, telling
from bot.commands.desk import Refused
from bot.config import Misconfigured

cli = typer.Typer(
    name="coatpeg",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Coatpeg: the peg for every parent.",
)
cli.command("demo")(serving.demo)
cli.command("serve")(serving.serve)
cli.command("migrate")(serving.migrate_command)
cli.command("run-job")(serving.run_job)
cli.command("import-families")(families.import_command)
cli.command("invite")(families.invite_command)
cli.command("notice")(telling.notice)
cli.command("withdraw")(telling.withdraw)
cli.command("snippet")(telling.snippet)
cli.command("event")(telling.event)
cli.command("questionnaire")(telling.questionnaire)
cli.command("results")(telling.results)
cli.command("inbox")(answering.inbox)
cli.command("concerns")(answering.concerns_command)
cli.command("answer")(answering.answer)
cli.command("setting")(answering.setting_change)
cli.command("policy")(agreeing.policy)
cli.command("countersign")(agreeing.countersign)
cli.command("check")(checking.check)
cli.command("backup")(checking.backup)
cli.command("restore")(checking.restore)
staff = typer.Typer(no_args_is_help=True, help="The members of staff.")
staff.command("add")(answering.staff_add)
staff.callback()(lambda: None)
cli.add_typer(staff, name="staff")


def main() -> None:
    """Runs a command; whatever goes wrong is one sentence on standard error and a non-zero exit."""
    try:
        cli(standalone_mode=True)
    except (Refused, Misconfigured) as refusal:
        _fail(str(refusal))
    except (OperationalError, ProgrammingError) as error:
        _fail(
            f"The database can't be used as it is ({type(error).__name__}). Check DATABASE_URL and run coatpeg migrate."
        )


def _fail(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
    sys.exit(1)


if __name__ == "__main__":
    main()
