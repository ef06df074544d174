"""Each term has one day to ask on."""

from datetime import date, timedelta

import pytest

from nursery.terms import WINDOW, asked_on, term_to_ask


@pytest.mark.parametrize(
    ("today", "term"),
    [
        (date(2026, 9, 14), None),
        (date(2026, 9, 15), "2026-09"),
        (date(2026, 9, 28), "2026-09"),
        (date(2026, 9, 29), None),
        (date(2027, 1, 18), None),
        (date(2027, 1, 19), "2027-01"),
        (date(2027, 4, 27), "2027-04"),
        (date(2027, 5, 10), "2027-04"),
        (date(2027, 7, 1), None),
    ],
)
def test_the_day_of_each_term(today: date, term: str | None) -> None:
    assert term_to_ask(today) == term


def test_always_a_tuesday_in_its_month_and_three_a_year() -> None:
    for year in range(2026, 2060):
        days = asked_on(year)
        assert all(day.weekday() == 1 and term == f"{day:%Y-%m}" for term, day in days.items())
        every = [date(year, 1, 1) + timedelta(days=ahead) for ahead in range(365)]
        assert sum(term_to_ask(day) is not None for day in every) == 3 * WINDOW.days
