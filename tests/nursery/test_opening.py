"""Opening: weekends, closures, and the next open day."""

from datetime import date

import pytest
from sqlalchemy import Engine

from bot.database import transaction
from nursery.opening import Closure, is_open, next_open_day, working_days_after
from tests.cast import People


@pytest.mark.parametrize(
    ("day", "opens", "following"),
    [
        (date(2026, 12, 18), True, date(2026, 12, 21)),  # a Friday
        (date(2026, 12, 19), False, date(2026, 12, 21)),
        (date(2026, 12, 23), True, date(2027, 1, 4)),
        (date(2026, 12, 24), False, date(2027, 1, 4)),  # the holiday's first day
        (date(2027, 1, 1), False, date(2027, 1, 4)),  # and its last
    ],
)
def test_open_days(engine: Engine, people: People, day: date, opens: bool, following: date) -> None:
    setting = people.setting.id or 0
    with transaction(engine) as session:
        session.add(
            Closure(setting_id=setting, first_day=date(2026, 12, 24), last_day=date(2027, 1, 1), name="Christmas")
        )
        session.flush()
        assert is_open(session, setting, day) == opens
        assert next_open_day(session, setting, day) == following


def test_a_calendar_without_open_days_is_a_mistake(engine: Engine, people: People) -> None:
    setting = people.setting.id or 0
    with transaction(engine) as session:
        session.add(Closure(setting_id=setting, first_day=date(2026, 1, 1), last_day=date(2029, 1, 1)))
        session.flush()
        with pytest.raises(LookupError, match="no open day"):
            next_open_day(session, setting, date(2026, 12, 1))


@pytest.mark.parametrize(
    ("count", "day"), [(0, date(2026, 11, 27)), (1, date(2026, 11, 30)), (2, date(2026, 12, 1)), (6, date(2026, 12, 7))]
)
def test_working_days_skip_the_weekend(count: int, day: date) -> None:
    assert working_days_after(date(2026, 11, 27), count) == day
