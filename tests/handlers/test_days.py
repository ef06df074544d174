"""Reading a day as a parent writes it. It is Monday 23 November 2026."""

from datetime import date, timedelta

import pytest
from babel.dates import format_skeleton, get_day_names
from hypothesis import given
from hypothesis import strategies as st

from handlers.days import read_day
from locales import LANGUAGES

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("today", "11-23"),
        ("Tomorrow", "11-24"),
        ("Friday", "11-27"),
        ("fri", "11-27"),
        ("until Friday", "11-27"),
        ("Monday", "11-23"),
        ("27", "11-27"),
        ("27th", "11-27"),
        ("27/11", "11-27"),
        ("27.11.", "11-27"),
        ("27-11-2026", "11-27"),
        ("27/11/26", "11-27"),
        ("2026-11-27", "11-27"),
        ("27 Nov", "11-27"),
        ("Nov 27", "11-27"),
        ("27th of November", "11-27"),
        ("Friday 27 November", "11-27"),
        ("4 December", "12-04"),
        ("1/12", "12-01"),
        ("3", "12-03"),
        ("٢٧/١١", "11-27"),
        ("till wednesday please", "11-25"),
        ("mon to wed", "11-25"),
    ],
)
def test_english(said: str, day: str) -> None:
    assert read_day(said, "en_GB", TODAY) == date.fromisoformat(f"2026-{day}")


def test_a_year_left_out_is_the_one_to_come() -> None:
    assert read_day("4 January", "en_GB", TODAY) == date(2027, 1, 4)
    assert read_day("05/01", "en_GB", TODAY) == date(2027, 1, 5)


@pytest.mark.parametrize(
    "said", ["", "soon", "31/02", "22/11/2026", "99", "0", "22/10", "3pm", "1/1/1900", "27/11/99", "13/13", "Nov"]
)
def test_what_is_no_day_to_come(said: str) -> None:
    assert read_day(said, "en_GB", TODAY) is None


@pytest.mark.parametrize(
    ("language", "said", "day"),
    [
        ("pl", "do piątku", 27),
        ("pl", "piatek", 27),
        ("pl", "w środę", 25),
        ("pl", "sroda", 25),
        ("pl", "27 listopada", 27),
        ("pl", "27 lis", 27),
        ("ro", "vineri", 27),
        ("ro", "marti", 24),
        ("ro", "miercuri", 25),
        ("ro", "27 noiembrie", 27),
        ("ur", "جمعہ", 27),
        ("ar", "الجمعة", 27),
        ("ar", "يوم الخميس", 26),
        ("ar", "٢٧ نوفمبر", 27),
        ("pl", "friday", 27),
    ],
)
def test_other_languages(language: str, said: str, day: int) -> None:
    assert read_day(said, language, TODAY) == date(2026, 11, day)


@pytest.mark.parametrize("language", LANGUAGES)
@given(ahead=st.integers(0, 6), far=st.integers(0, 150))
def test_every_day_as_the_language_writes_it(language: str, ahead: int, far: int) -> None:
    near, later = TODAY + timedelta(days=ahead), TODAY + timedelta(days=far)
    assert read_day(get_day_names("wide", locale=language)[near.weekday()], language, TODAY) == near
    assert read_day(format_skeleton("MMMd", later, locale=language), language, TODAY) == later
    assert read_day(f"{later.day}/{later.month}/{later.year}", language, TODAY) == later


@given(st.text(max_size=60), st.sampled_from(sorted(LANGUAGES)))
def test_any_text_is_a_day_to_come_or_none(text: str, language: str) -> None:
    found = read_day(text, language, TODAY)
    assert found is None or found >= TODAY
