"""Opening: the days a setting is closed, and which day it opens next. Quiet hours are the Setting's own."""

from __future__ import annotations

from datetime import date, timedelta

from sqlmodel import Field, Session, SQLModel, col, select

FURTHEST = 400
"""Days looked ahead for an open one: a year's closure is a mistake in the calendar."""


class Closure(SQLModel, table=True):
    """Days on which a setting is closed, first and last included: a holiday, a bank holiday, a training day."""

    id: int | None = Field(default=None, primary_key=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    first_day: date
    last_day: date
    name: str = ""


def is_open(session: Session, setting_id: int, day: date) -> bool:
    """Whether the setting opens that day: a weekday without a closure."""
    if day.weekday() >= 5:
        return False
    shut = select(Closure.id).where(
        Closure.setting_id == setting_id, col(Closure.first_day) <= day, col(Closure.last_day) >= day
    )
    return session.exec(shut).first() is None


def next_open_day(session: Session, setting_id: int, day: date) -> date:
    """The first open day after `day`. Raises LookupError when the calendar has none for over a year."""
    for ahead in range(1, FURTHEST):
        if is_open(session, setting_id, day + timedelta(days=ahead)):
            return day + timedelta(days=ahead)
    raise LookupError(f"setting {setting_id} has no open day after {day.isoformat()}")


def working_days_after(day: date, count: int) -> date:
    """The day `count` working days later: weekends are skipped, closures are not, since staff still answer."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
