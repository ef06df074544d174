"""coatpeg questionnaire: what staff ask of many."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.desk import Refused, beginning, now, writing
from bot.commands.named import families
from bot.commands.twice import refuse_same_questionnaire
from bot.commands.voice import local_moment, say
from locales.sentences import D_
from nursery import questionnaires
from nursery.forms import FormRefused, read_form


def questionnaire(
    file: Annotated[Path, typer.Argument(help="A questionnaire in TOML; docs/operations.md shows one.")],
    closes: Annotated[str, typer.Option(help="When it closes, ISO.")],
    to: Annotated[str | None, typer.Option(help="setting:NAME or room:NAME; the setting when left out.")] = None,
    at: Annotated[str | None, typer.Option(help="When it opens, ISO; now when left out.")] = None,
) -> None:
    """Open a questionnaire: each guardian is asked one question a message, in their own language."""
    try:
        form = read_form(file.read_text(encoding="utf-8"))
    except OSError:
        raise Refused(D_("There is no file %(file)s."), file=file) from None
    except (FormRefused, UnicodeDecodeError) as refusal:
        raise Refused(D_("%(file)s: %(why)s"), file=file, why=refusal) from None
    opens_at, closes_at = beginning(at, "--at") if at else now(), beginning(closes, "--closes")
    if closes_at <= opens_at:
        raise Refused(D_("--closes: it must close after it opens."))
    with writing() as session:
        whom = families(session, to)
        refuse_same_questionnaire(session, whom, form.kept(), opens_at, closes_at)
        made = questionnaires.open_questionnaire(session, whom, form, opens_at, closes_at)
    say(
        D_("Questionnaire %(number)s opens %(opens)s and closes %(closes)s."),
        number=made.id,
        opens=local_moment(opens_at),
        closes=local_moment(closes_at),
    )
