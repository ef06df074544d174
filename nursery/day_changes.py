"""Changes of a child's day: late, early, or collected by somebody else, as a guardian told them and staff checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, col, select

from locales.sentences import D_, Refusal
from nursery.guardians import Guardian
from nursery.people import Child, Staff
from nursery.queries import owner_for
from nursery.settings import Setting, today
from nursery.tasks import raise_task


class Change(StrEnum):
    """What is different. The value is the kind of the task."""

    LATE_TO_BRING = "late to bring"
    LATE_TO_COLLECT = "late to collect"
    EARLY_TO_COLLECT = "early to collect"
    SOMEBODY_ELSE = "check by phone who collects"
    COMING = "coming after all"


class ChangeRefused(Refusal):
    """A check that can't be kept; the message is the sentence for staff."""


class DayChange(SQLModel, table=True):
    """A change as a guardian told it. Who collects is not changed by it: only a person who has rung can agree to that
    (EYFS: children are released only to people the parent has told the setting of)."""

    __tablename__ = "day_change"

    id: int | None = Field(default=None, primary_key=True)
    child_id: int = Field(foreign_key="child.id", index=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    change: str
    who: str = ""
    who_inbound_id: int | None = Field(default=None, foreign_key="inbound_message.id")
    at_words: str
    """When, in the parent's words."""
    at_inbound_id: int | None = Field(default=None, foreign_key="inbound_message.id")
    told_at: datetime
    agreed: bool | None = None
    """Whether the one who collects was agreed to by phone; none until a person has rung."""
    checked_by_id: int | None = Field(default=None, foreign_key="staff.id")
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A parent's words, and the message they came in."""

    words: str = ""
    inbound_id: int | None = None


def tell(
    session: Session, setting: Setting, child: Child, guardian: Guardian, change: Change, *, at: Told, now: datetime
) -> DayChange:
    """Keeps a change and gives the child's key person (or the manager) the task, urgent."""
    kept = DayChange(
        child_id=child.id or 0,
        guardian_id=guardian.id or 0,
        change=change.value,
        at_words=at.words,
        at_inbound_id=at.inbound_id,
        told_at=now,
    )
    session.add(kept)
    session.flush()
    owner = owner_for(session, setting, child, today(now))
    raise_task(
        session,
        f"day_change:{kept.id}",
        change.value,
        now=now,
        setting_id=child.setting_id,
        staff_id=owner.id if owner else None,
        guardian_id=guardian.id,
        child_id=child.id,
        about=f"day change {kept.id}",
        urgent=True,
    )
    return kept


def tell_collector(
    session: Session, setting: Setting, child: Child, guardian: Guardian, *, who: Told, at: Told, now: datetime
) -> DayChange:
    """Keeps that somebody else is to collect. Nothing is agreed to: the task is to ring and check."""
    kept = tell(session, setting, child, guardian, Change.SOMEBODY_ELSE, at=at, now=now)
    kept.who, kept.who_inbound_id = who.words, who.inbound_id
    session.add(kept)
    return kept


def check(session: Session, change: DayChange, staff: Staff, now: datetime, *, agreed: bool) -> None:
    """Keeps what a member of staff has found out by phone. Raises ChangeRefused where there was nothing to check."""
    if change.change != Change.SOMEBODY_ELSE:
        raise ChangeRefused(D_("Only a change of who collects is checked by phone."))
    if change.checked_at is not None:
        raise ChangeRefused(D_("This has been checked already. Ask the parent to text COLLECT again."))
    change.agreed, change.checked_by_id, change.checked_at = agreed, staff.id, now
    session.add(change)


def to_check(session: Session, setting_id: int) -> list[DayChange]:
    """Who is to collect and nobody has checked yet, oldest first."""
    chosen = (
        select(DayChange)
        .join(Child, col(Child.id) == col(DayChange.child_id))
        .where(
            Child.setting_id == setting_id,
            DayChange.change == Change.SOMEBODY_ELSE.value,
            col(DayChange.checked_at).is_(None),
        )
    )
    return list(session.exec(chosen.order_by(col(DayChange.id))))
