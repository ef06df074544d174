"""Activities: which idea comes next for a guardian, and what has been sent and tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zlib import crc32

from sqlalchemy import Index, and_, func, not_
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from nursery import profiles
from nursery.guardians import Guardian, Topic, children_of
from nursery.library import Idea, ideas
from nursery.people import Child
from nursery.settings import Setting

BANDS = (("baby", 0), ("toddler", 24), ("preschool", 36))
"""Each age band and the month of age it begins with."""

SEASONS = ("winter", "spring", "summer", "autumn")


class Tried(StrEnum):
    """What the guardian told of an idea."""

    UNTOLD = ""
    YES = "yes"
    NO = "no"
    HARD = "hard"


class When(StrEnum):
    """When the guardian means to try an idea."""

    TODAY = "today"
    TOMORROW = "tomorrow"
    NOT = "not"


class IdeaSent(SQLModel, table=True):
    """An idea a guardian has had. There is one row an idea: it comes again only when all have been had."""

    __tablename__ = "idea_sent"
    __table_args__ = (
        UniqueConstraint("guardian_id", "idea"),
        Index("ix_idea_sent_day", "day", "kind", "guardian_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    guardian_id: int = Field(foreign_key="guardian.id")
    child_id: int = Field(foreign_key="child.id", index=True)
    idea: str
    kind: str
    """`request`, `daily` or `week`: of a week's idea the fact, the tip and the growth are told."""
    day: date
    """The day it is for; of a week's idea, the Friday."""
    at: datetime
    tried: str = Tried.UNTOLD
    try_on: date | None = Field(default=None, index=True)
    """The day on which the guardian said they would try it."""
    asked_at: datetime | None = None
    """When it was asked how it went, the day after."""


@dataclass(frozen=True, slots=True)
class Had:
    """Of an idea a guardian has had: which, about which child, and when."""

    idea: str
    child_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Pick:
    """The idea that comes next, and the child it names; `again` when every idea has been had."""

    idea: str
    child_id: int
    again: bool = False


def band(child: Child, today: date) -> str:
    """The age band of a child's tips: `baby`, `toddler` or `preschool`."""
    months = child.months(today)
    return next((name for name, first in reversed(BANDS) if months >= first), "baby")


def easier(name: str) -> str | None:
    """The band below, whose tip asks less; none below the first."""
    names = [band_name for band_name, _ in BANDS]
    return names[names.index(name) - 1] if name != names[0] else None


def season(day: date) -> str:
    """The season as the weather service counts it: whole months, winter from December."""
    return SEASONS[day.month % 12 // 3]


def pick(
    guardian_id: int,
    children: Sequence[Child],
    had: Sequence[Had],
    today: date,
    avoid: frozenset[str] = frozenset(),
) -> Pick | None:
    """The next idea for a guardian: one of this season, new to them, about the child that has had the fewest.

    Among siblings of equal count the youngest goes first. Once all have been had, the oldest comes again. None has a
    tag that the family avoids.
    """
    if not children:
        return None
    counts = {child.id: sum(one.child_id == child.id for one in had) for child in children}
    child_id = min(children, key=lambda child: (counts[child.id], -child.born.toordinal(), child.id or 0)).id or 0
    suits = [idea for idea in ideas().values() if avoid.isdisjoint(idea.tags)]
    fits = [idea for idea in suits if idea.season in ("any", season(today))]
    known = {one.idea: one.at for one in had}
    fresh = [idea for idea in fits if idea.id not in known]
    if fresh:
        return Pick(min(fresh, key=lambda idea: _order(idea, guardian_id)).id, child_id)
    return Pick(min(fits, key=lambda idea: (known[idea.id], idea.id)).id, child_id, again=True)


def next_idea(session: Session, guardian_id: int, today: date, child_id: int | None = None) -> Pick | None:
    """The next idea for a guardian, about this child if one is named; none when there is no child they may have ideas
    about."""
    rows = session.exec(select(IdeaSent).where(IdeaSent.guardian_id == guardian_id))
    had = [Had(row.idea, row.child_id, row.at) for row in rows]
    children = children_of(session, guardian_id, Topic.LEARNING, today)
    children = [child for child in children if child_id in (None, child.id)]
    avoid = profiles.avoided_by(session, guardian_id - 1, guardian_id).get(guardian_id, frozenset())
    return pick(guardian_id, children, had, today, avoid)


def note_sent(session: Session, guardian_id: int, chosen: Pick, kind: str, day: date, now: datetime) -> None:
    """Keeps that a guardian has had an idea."""
    where = select(IdeaSent).where(IdeaSent.guardian_id == guardian_id, IdeaSent.idea == chosen.idea)
    row = session.exec(where).first() or IdeaSent(
        guardian_id=guardian_id, child_id=chosen.child_id, idea=chosen.idea, kind=kind, day=day, at=now
    )
    row.child_id, row.kind, row.day, row.at, row.tried = chosen.child_id, kind, day, now, Tried.UNTOLD
    row.try_on = row.asked_at = None
    session.add(row)


def idea_of(session: Session, guardian_id: int, kind: str, day: date) -> IdeaSent | None:
    """The idea a guardian was given as the week's or the day's."""
    chosen = select(IdeaSent).where(IdeaSent.guardian_id == guardian_id, IdeaSent.kind == kind, IdeaSent.day == day)
    return session.exec(chosen.order_by(col(IdeaSent.id))).first()


def plan(session: Session, sent: IdeaSent, when: When, today: date) -> None:
    """Keeps when the guardian means to try it."""
    sent.try_on = {When.TODAY: today, When.TOMORROW: today + timedelta(days=1)}.get(when)
    session.add(sent)


def to_ask(session: Session, today: date) -> list[IdeaSent]:
    """What guardians meant to try yesterday and have not told us of yet. Whoever has three texts a week is asked with
    the last of them, and by no fourth (product rule 1)."""
    weekly = func.coalesce(col(Guardian.learning), col(Setting.learning)) == "weekly"
    chosen = (
        select(IdeaSent)
        .join(Guardian, col(Guardian.id) == col(IdeaSent.guardian_id))
        .join(Child, col(Child.id) == col(IdeaSent.child_id))
        .join(Setting, col(Setting.id) == col(Child.setting_id))
        .where(
            IdeaSent.try_on == today - timedelta(days=1),
            IdeaSent.tried == Tried.UNTOLD,
            col(IdeaSent.asked_at).is_(None),
            not_(and_(col(IdeaSent.kind) == "week", weekly)),
        )
    )
    return list(session.exec(chosen.order_by(col(IdeaSent.id))))


def _order(idea: Idea, guardian_id: int) -> tuple[bool, int]:
    """This season's first, since they can't wait; then in an order of each guardian's own, the same every time."""
    return idea.season == "any", crc32(f"{guardian_id}:{idea.id}".encode())
