"""coatpeg results and tell-results: what a questionnaire has told, and what is done about it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from bot.commands.desk import Refused, looking, now, writing
from bot.commands.voice import plain, say, show, show_json, tongue
from console.results import results_page
from locales import LANGUAGES, SOURCE
from locales.sentences import D_, ND_, Joined, Sentence, spoken
from nursery import results as counts
from nursery.questionnaires import Questionnaire
from nursery.results import Counted

HIDDEN = Sentence(D_("not shown"))
"""Of fewer than five, and of who would be told from the rest with them."""


def results(
    number: Annotated[int, typer.Argument(help="The questionnaire's number.")],
    as_json: Annotated[bool, typer.Option("--json", help="One object.")] = False,
    to_csv: Annotated[Path | None, typer.Option("--csv", help="Write them to this file, for a spreadsheet.")] = None,
    to_page: Annotated[Path | None, typer.Option("--page", help="Write a page with charts to this file.")] = None,
    language: Annotated[str, typer.Option(help="The page's language, such as pl.")] = SOURCE,
) -> None:
    """What was answered, in numbers. Groups of under five are not shown, so that nobody can be told from them."""
    if language not in LANGUAGES:
        raise Refused(
            D_("--language: %(language)s is not one of %(known)s."), language=language, known=Joined(LANGUAGES)
        )
    with looking() as session:
        found = _found(session, number)
        answered, counted = counts.responses(session, found), counts.results(session, found)
    if found.is_open(now()):
        _say_open(answered, as_json, wanted=to_csv is not None or to_page is not None)
        return
    if to_csv is not None:
        _write_csv(to_csv, found, counted)
    if to_page is not None:
        to_page.write_text(results_page(found, counted, answered, language), encoding="utf-8")
        say(D_("The page is %(page)s. Open it in a browser; it prints on one sheet or two."), page=to_page)
    if as_json:
        show_json({"responses": answered, "questions": counted})
    elif to_csv is None and to_page is None:
        _show(found, counted, answered)


def _say_open(answered: int, as_json: bool, *, wanted: bool) -> None:
    """While it is open there is only how many: numbers seen before and after one person finishes would show theirs."""
    if wanted:
        raise Refused(D_("It is still open: its numbers come when it has closed."))
    if as_json:
        show_json({"responses": answered, "questions": None})
    else:
        say(
            ND_(
                "%(count)s answered. It is still open: its numbers come when it has closed.",
                "%(count)s answered. It is still open: its numbers come when it has closed.",
            ),
            count=answered,
        )


def tell_results(
    number: Annotated[int, typer.Argument(help="The questionnaire's number.")],
    words: Annotated[str, typer.Argument(help="What you learned from it and what you do about it, for parents.")],
) -> None:
    """Tell everybody who was asked what you learned and what you do about it."""
    with writing() as session:
        counts.tell_back(session, _found(session, number), words, now())
    say(D_("Parents are told in the next minutes, or when the quiet hours end."))


def _found(session: Session, number: int) -> Questionnaire:
    found = session.get(Questionnaire, number)
    if found is None:
        raise Refused(D_("There is no questionnaire %(number)s."), number=number)
    return found


def _write_csv(file: Path, found: Questionnaire, counted: Counted) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("question", "answer", "number"))
        for question, answer, count in counts.rows(found, counted, SOURCE):
            writer.writerow((plain(question), plain(answer), HIDDEN if count is None else count))
    say(D_("The numbers are in %(file)s."), file=file)


def _show(found: Questionnaire, counted: Counted, answered: int) -> None:
    say(ND_("%(count)s answered.", "%(count)s answered."), count=answered)
    asked = ""
    for question, answer, count in counts.rows(found, counted, tongue().language):
        if question != asked:
            show(question)
        asked = question
        show(f"  {answer}: {spoken(HIDDEN if count is None else count, tongue())}")
