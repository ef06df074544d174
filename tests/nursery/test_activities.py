"""Activities: the next idea."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nursery.activities import Had, band, easier, pick, season
from nursery.library import ideas
from nursery.people import Child

WINTER = date(2026, 12, 1)
START = datetime(2026, 1, 1, tzinfo=UTC)


def _child(number: int, born: date) -> Child:
    return Child(id=number, setting_id=1, name=f"Child {number}", born=born)


@pytest.mark.parametrize(
    ("born", "name"),
    [
        (date(2026, 12, 24), "baby"),  # due at Christmas
        (date(2026, 12, 1), "baby"),
        (date(2024, 12, 2), "baby"),  # two tomorrow
        (date(2024, 12, 1), "toddler"),
        (date(2023, 12, 2), "toddler"),
        (date(2023, 12, 1), "preschool"),
        (date(2021, 1, 1), "preschool"),
    ],
)
def test_the_band_goes_by_months(born: date, name: str) -> None:
    assert band(_child(1, born), WINTER) == name


def test_each_band_but_the_first_has_an_easier_one() -> None:
    assert [easier(name) for name in ("baby", "toddler", "preschool")] == [None, "baby", "toddler"]


@pytest.mark.parametrize(
    ("month", "name"), [(12, "winter"), (2, "winter"), (3, "spring"), (8, "summer"), (9, "autumn")]
)
def test_seasons(month: int, name: str) -> None:
    assert season(date(2026, month, 15)) == name


def test_nobody_without_a_child_has_an_idea() -> None:
    assert pick(1, [], [], WINTER) is None


@given(st.integers(1, 10**9), st.lists(st.dates(date(2021, 1, 1), WINTER), min_size=1, max_size=4), st.integers(1, 12))
def test_all_of_the_season_before_any_again_and_the_oldest_first(guardian: int, born: list[date], month: int) -> None:
    children = [_child(number, day) for number, day in enumerate(born, start=1)]
    today = date(2026, month, 10)
    fits = {idea.id for idea in ideas().values() if idea.season in ("any", season(today))}
    had: list[Had] = []
    for turn in range(len(fits) + 3):
        chosen = pick(guardian, children, had, today)
        assert chosen is not None
        assert chosen == pick(guardian, list(reversed(children)), had, today), "the same whatever the order"
        assert chosen.again == (turn >= len(fits))
        old = [one for one in had if one.idea == chosen.idea]
        had = [one for one in had if one.idea != chosen.idea]
        assert not old or old[0].at == min(one.at for one in [*had, *old])
        had.append(Had(chosen.idea, chosen.child_id, START + timedelta(hours=turn)))
        counts = [sum(one.child_id == child.id for one in had) for child in children]
        assert turn >= len(fits) or max(counts) - min(counts) <= 1
    assert {one.idea for one in had} == fits


def test_the_youngest_is_first() -> None:
    children = [_child(1, date(2022, 1, 1)), _child(2, date(2025, 1, 1))]
    chosen = pick(1, children, [], WINTER)
    assert chosen is not None
    assert chosen.child_id == 2
