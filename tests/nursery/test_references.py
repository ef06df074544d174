"""References: each its own, and none that tells how many there were before."""

import itertools

import pytest
from sqlalchemy import Engine

from bot.database import transaction
from nursery import references
from nursery.references import Reference, next_reference
from tests.cast import MONDAY

BY_LOT = references.draw


@pytest.fixture(autouse=True)
def by_lot(numbers_in_order: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nursery.references.draw", BY_LOT)


def test_they_do_not_count_up(engine: Engine) -> None:
    with transaction(engine) as session:
        given = [next_reference(session, "Q", MONDAY) for _ in range(60)]
    numbers = [int(one.removeprefix("Q-")) for one in given]
    assert len(set(numbers)) == 60
    assert all(1000 <= number <= 9999 for number in numbers)
    steps = [after - before for before, after in itertools.pairwise(numbers)]
    assert min(steps) < 0 < max(steps)


def test_a_number_that_is_given_is_not_given_again(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    lots = iter([1042, 5000])
    monkeypatch.setattr("nursery.references.draw", lambda first, span: next(lots))
    with transaction(engine) as session:
        session.add(Reference(letter="Q", number=1042, given_at=MONDAY))
        session.flush()
        assert next_reference(session, "C", MONDAY) == "C-5000"


def test_when_half_are_given_the_next_are_longer(engine: Engine) -> None:
    with transaction(engine) as session:
        session.add_all(Reference(letter="Q", number=1000 + number, given_at=MONDAY) for number in range(4500))
        session.flush()
        assert len(next_reference(session, "Q", MONDAY)) == len("Q-10000")
