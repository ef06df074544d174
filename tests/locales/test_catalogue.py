"""The catalogues: what is found, what is complete, and that every direction of writing reads as it should."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bot.channels.wording import wording
from locales import FSI, LANGUAGES, PDI, RLM, SOURCE, catalogue, shipped
from locales.check import faults

LRM = "\u200e"
ROOT = Path(__file__).parents[2]
SAYING = {"gettext", "ngettext"}


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("en", "en_GB"),
        ("en-US", "en_GB"),
        ("pl-PL", "pl"),
        ("PL", "pl"),
        ("Polski", "pl"),
        ("polish", "pl"),
        ("Urdu", "ur"),
        ("arabski", "ar"),
        ("اردو", "ur"),
        ("ar_EG", "ar"),
        ("zh-hans", None),
        ("", None),
        ("../../etc", None),
    ],
)
def test_a_language_by_any_of_its_names(written: str, tag: str | None) -> None:
    assert shipped(written) == tag


def test_every_catalogue_is_complete() -> None:
    assert list(faults()) == []


def test_nothing_is_said_where_the_extractor_does_not_look() -> None:
    """Inside an f-string a sentence is not found for translation, and would be said in English to everybody."""
    hidden = [
        f"{file.name}:{call.lineno}"
        for folder in ("bot", "console", "handlers", "nursery", "scheduler")
        for file in (ROOT / folder).rglob("*.py")
        for string in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in SAYING
        if call.args and isinstance(call.args[0], ast.Constant)
    ]
    assert hidden == []


@pytest.mark.parametrize("language", [tag for tag in LANGUAGES if tag != SOURCE])
def test_every_language_says_and_hears_something_of_its_own(language: str) -> None:
    words = catalogue(language)
    assert words.gettext("What can I do for you?") != "What can I do for you?"
    assert words.words("ASK, QUESTION, QUERY")[0] != "ASK"


def test_values_are_isolated_where_the_text_runs_right_to_left() -> None:
    said = catalogue("ur").say("%(child)s ab\nxy %(day)s", child="Noor", day="Mon")
    assert said == f"{RLM}{FSI}Noor{PDI} ab\nxy {FSI}Mon{PDI}"
    assert catalogue("pl").say("%(child)s ab", child="Zosia") == "Zosia ab"


def test_each_line_of_a_value_is_isolated_since_none_goes_on_beyond_its_line() -> None:
    said = catalogue("ar").say("xy %(words)s", words="We close at 3.\n\nSee you.")
    assert said == f"xy {FSI}We close at 3.{PDI}\n\n{RLM}{FSI}See you.{PDI}"


def test_an_old_phone_gets_marks_it_knows() -> None:
    """U+2068 and U+2069 are of 2013, and a plain phone shows them as boxes."""
    urdu = catalogue("ur").say("%(child)s کی چھٹی %(day)s", child="Noor", day="پیر")
    assert wording(urdu) == f"{RLM}{LRM}Noor{LRM} کی چھٹی پیر"
