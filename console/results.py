"""A questionnaire's results as one page with charts: to print, to pin up, to send; in any language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from console.pages import rendered
from locales import LANGUAGES, catalogue
from nursery.forms import Item, said
from nursery.questionnaires import Questionnaire
from nursery.results import SMALLEST_GROUP, Counted, label

HIDDEN = "–"


@dataclass(frozen=True, slots=True)
class Bar:
    """One answer: its words, how many gave it, and how long its bar is, in percent."""

    label: str
    number: str
    percent: int


@dataclass(frozen=True, slots=True)
class Chart:
    """One question: bars, or the free words."""

    question: str
    bars: list[Bar]
    words: list[str]


def results_page(found: Questionnaire, counted: Counted, answered: int, language: str) -> str:
    """The page's HTML, all in one file: it needs no server and no network."""
    own = catalogue(language)
    how_many = own.ngettext("%(count)s person answered", "%(count)s people answered", answered)
    small = own.gettext("Answers that fewer than %(count)s people gave are not shown as a number.")
    others = own.gettext("Others are hidden with them where they could be worked out.")
    return rendered(
        "results.html",
        language=LANGUAGES[language],
        title=said(found.content.title, language),
        answered=own.say(how_many, count=answered),
        note=f"{own.say(small, count=SMALLEST_GROUP)} {others}",
        hidden=own.gettext("Too few answers to show."),
        charts=[_chart(item, counted[item.name], language) for item in found.content.items],
        learned=found.learned,
        learned_heading=own.gettext("What we do about it"),
    )


def _chart(item: Item, answers: Mapping[str, int | None] | list[str], language: str) -> Chart:
    question = said(item.text, language)
    if isinstance(answers, list):
        return Chart(question, [], answers)
    most = max([number or 0 for number in answers.values()], default=0) or 1
    bars = [
        Bar(label(item, key, language), HIDDEN if number is None else str(number), round(100 * (number or 0) / most))
        for key, number in answers.items()
    ]
    return Chart(question, bars, [])
