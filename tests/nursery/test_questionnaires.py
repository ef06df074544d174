"""Questionnaires: forms as staff write them, and results that show no small group."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session

from bot.database import transaction
from nursery import questionnaires, results
from nursery.forms import FormRefused, form_from, read_form
from nursery.guardians import Guardian
from nursery.questionnaires import Questionnaire
from nursery.recipients import Audience
from nursery.results import _hidden, _hidden_of_several
from tests.cast import MONDAY, People

FORM = """
title = "Lunch"
[[question]]
name = "good"
text = "Is it good?"
choices = ["Yes", "No"]
[[question]]
name = "more"
kind = "free"
text = "What else?"
"""


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ("title = ", "not readable"),
        ('title = "Lunch"', r"no \[\[question\]\]"),
        ('[[question]]\ntext = "A?"\nkind = "free"', "the title needs its words in English"),
        ('title = "L"\n[[question]]\nkind = "free"', "question 1 needs its words"),
        ('title = "L"\n[[question]]\ntext = "A?"\nkind = "stars"', "kind must be one of: choice, several, scale, free"),
        ('title = "L"\n[[question]]\ntext = "A?"\nchoices = ["Yes"]', "needs 2 to 9 choices"),
        ('title = "L"\n[[question]]\ntext = "A?"\nkind = "scale"\nchoices = ["1", "2"]', "takes no choices"),
        ('title = "L"\n[[question]]\ntext = {pl = "A?"}\nkind = "free"', "needs its words in English"),
        ('title = "L"\n[[question]]\ntext = {en_GB = "A?", xx = "B"}\nkind = "free"', "xx is not a language"),
        (FORM + '[[question]]\nname = "good"\nkind = "free"\ntext = "B?"', "same name"),
    ],
)
def test_what_can_not_be_opened_is_refused_with_a_sentence(toml: str, sentence: str) -> None:
    with pytest.raises(FormRefused, match=sentence):
        read_form(toml)


def test_a_form_is_kept_as_it_is() -> None:
    form = read_form(FORM)
    assert form_from(form.kept()) == form


def _open(session: Session, people: People) -> Questionnaire:
    audience = Audience(people.setting.id or 0)
    return questionnaires.open_questionnaire(session, audience, read_form(FORM), MONDAY, MONDAY + timedelta(days=7))


def _answer(session: Session, survey: Questionnaire, values: list[str]) -> None:
    for value in values:
        guardian = Guardian(name="Someone")
        session.add(guardian)
        session.flush()
        questionnaires.finish(session, survey, guardian.id or 0, {"good": [value], "more": [f"words {value}"]})


def test_fewer_than_five_are_not_shown(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        survey = _open(session, people)
        _answer(session, survey, ["1"] * 4)
        assert results.results(session, survey) == {"good": {"1": None, "2": None}, "more": []}
        _answer(session, survey, ["1"])
        assert results.results(session, survey) == {"good": {"1": 5, "2": 0}, "more": ["words 1"] * 5}
        assert results.responses(session, survey) == 5


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=1), st.integers(0, 12), min_size=2))
def test_no_hidden_group_can_be_worked_out_from_the_sum(counts: dict[str, int]) -> None:
    shown, answered = _hidden(counts), sum(counts.values())
    left = answered - sum(number or 0 for number in shown.values())
    assert all(shown[key] is None for key, number in counts.items() if 0 < number < 5)
    assert left == 0 or left >= 5 or shown == dict.fromkeys(counts)
    assert list(shown.values()).count(None) != 1 or answered < 5
    assert answered == 0 or answered >= 5 or shown == dict.fromkeys(counts)


@given(st.integers(0, 12), st.lists(st.integers(0, 12), min_size=2, max_size=4))
def test_nor_who_did_not_choose_one_of_several(answered: int, chosen: list[int]) -> None:
    counts = {str(place): min(number, answered) for place, number in enumerate(chosen)}
    for number in _hidden_of_several(counts, answered).values():
        assert number is None or not (0 < number < 5 or 0 < answered - number < 5)


def test_it_waits_for_those_who_have_not_answered(engine: Engine, people: People) -> None:
    amina = people.guardians["Amina"].id or 0
    with transaction(engine) as session:
        survey = _open(session, people)
        assert questionnaires.waiting_for(session, amina, MONDAY) == survey
        assert questionnaires.waiting_for(session, amina, MONDAY - timedelta(minutes=1)) is None
        assert questionnaires.waiting_for(session, amina, MONDAY + timedelta(days=7)) is None
        questionnaires.decline(session, survey, amina)
        session.flush()
        assert questionnaires.waiting_for(session, amina, MONDAY) is None
        assert results.responses(session, survey) == 0
