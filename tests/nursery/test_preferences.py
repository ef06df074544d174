"""When a guardian likes to be written to, and how often."""

from datetime import UTC, datetime, time

import pytest

from nursery.guardians import Guardian
from nursery.preferences import Hour, good_moment, step_ideas
from nursery.settings import Setting

SETTING = Setting(name="Little Acorns", quiet_from=time(19, 0), quiet_until=time(8, 0))


@pytest.mark.parametrize(
    ("hour", "now", "good"),
    [
        (Hour.ANY, (23, 12), (23, 12)),
        (Hour.ANY, (23, 20), (24, 8)),
        (Hour.MORNING, (23, 7), (23, 8)),
        (Hour.MORNING, (23, 10), (23, 10)),
        (Hour.MORNING, (23, 11), (24, 8)),
        (Hour.MIDDAY, (23, 8), (23, 11)),
        (Hour.PICK_UP, (23, 15), (23, 16)),
        (Hour.EVENING, (23, 12), (23, 18)),
        (Hour.EVENING, (23, 20), (23, 20)),  # past the setting's quiet hour, but asked for
        (Hour.EVENING, (23, 21), (24, 18)),
    ],
)
def test_the_next_good_moment(hour: Hour, now: tuple[int, int], good: tuple[int, int]) -> None:
    moment, expected = (datetime(2026, 11, day, clock, tzinfo=UTC) for day, clock in (now, good))
    assert good_moment(hour, moment, SETTING) == expected


def test_the_hour_is_an_english_hour() -> None:
    assert good_moment(Hour.MORNING, datetime(2026, 7, 1, 6, tzinfo=UTC), SETTING).hour == 7


@pytest.mark.parametrize(
    ("own", "more", "next_one"),
    [
        (None, False, "one"),
        (None, True, "daily"),
        ("daily", True, None),
        ("daily", False, "weekly"),
        ("one", False, "none"),
        ("none", False, None),
        ("none", True, "one"),
    ],
)
def test_ideas_come_more_or_less_often(own: str | None, more: bool, next_one: str | None) -> None:
    assert step_ideas(Guardian(name="Amina", learning=own), SETTING, more=more) == next_one
