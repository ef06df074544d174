"""When the setting is open: the working days that its promises count in."""

from __future__ import annotations

from datetime import date, timedelta

SATURDAY = 5


def is_working(day: date) -> bool:
    """Whether staff are there that day."""
    return day.weekday() < SATURDAY


def working_days_after(day: date, count: int) -> date:
    """The day that many working days after `day`; weekends are passed over."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working(day)
    return day


def next_working_day(day: date) -> date:
    return working_days_after(day, 1)
