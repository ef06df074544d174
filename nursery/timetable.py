"""The timetable of learning texts: FACT, TIP and GROWTH of the week, and the daily idea."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from nursery.settings import at, local

LATEST = timedelta(hours=6)
"""A sending that could not begin by then is left out: a Friday text on Saturday reads as a mistake."""

WEEKDAYS = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Slot:
    """When one kind of learning text goes, and to those who chose what."""

    kind: str
    weekdays: tuple[int, ...]
    hour: time
    choices: tuple[str, ...]
    series: str = "week"
    """Which idea it tells: the one of the week, or of the day."""
    picks: bool = True
    """Whether a guardian without that idea is given one now; nobody is asked how an idea went that they never had."""


SLOTS = (
    Slot("fact", (4,), time(15, 30), ("weekly",)),
    Slot("tip", (5,), time(9, 30), ("weekly", "one")),
    Slot("growth", (0,), time(16, 0), ("weekly",), picks=False),
    Slot("daily", WEEKDAYS, time(16, 0), ("daily",), series="daily"),
)
"""Three a week is the dose that helped most in the largest trial (product rule 1); `one` has the tip alone."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A slot on one day."""

    slot: Slot
    day: date

    @property
    def key(self) -> str:
        return f"learning:{self.slot.kind}:{self.day.isoformat()}"

    @property
    def due_at(self) -> datetime:
        return at(self.day, self.slot.hour)

    @property
    def expires_at(self) -> datetime:
        """The end of the next day, on the settings' clock."""
        return at(self.day + timedelta(days=2), time(0))

    @property
    def idea_day(self) -> date:
        """The day the idea is kept under: the day itself, or of a week's idea the Friday before."""
        if self.slot.series == "daily":
            return self.day
        return self.day - timedelta(days=(self.day.weekday() - 4) % 7)


def due(now: datetime) -> list[Sending]:
    """What is to go now: due, and not more than LATEST ago."""
    days = {local(now).date(), local(now - LATEST).date()}
    every = [Sending(slot, day) for day in sorted(days) for slot in SLOTS if day.weekday() in slot.weekdays]
    return [one for one in every if one.due_at <= now <= one.due_at + LATEST]
