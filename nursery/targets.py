"""Targets: what a child works on for a fortnight, at the nursery and at home, and how it went."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from locales.sentences import D_, Refusal
from nursery import tone
from nursery.observations import may_approve
from nursery.people import Child, Staff
from nursery.settings import today

MOST = 300
"""Characters of a target: two SMS parts."""

FORTNIGHT = 14
STALE = timedelta(days=7)
"""Days after its day on which it is too late to ask how it went."""


class TargetRefused(Refusal):
    """A target that can't be set; the message is the sentence for staff."""


class Went(StrEnum):
    """How it went at home."""

    WELL = "well"
    IDEA = "idea"
    CALL = "call"


class Target(SQLModel, table=True):
    """One thing a child is working on, set by whoever signs it off."""

    id: int | None = Field(default=None, primary_key=True)
    child_id: int = Field(foreign_key="child.id", index=True)
    staff_id: int = Field(foreign_key="staff.id")
    words: str
    set_at: datetime
    due_on: date
    sent_at: datetime | None = None
    asked_at: datetime | None = None
    ended_at: datetime | None = None
    """When another took its place: of an ended one nobody is asked."""


class TargetReply(SQLModel, table=True):
    """How one guardian says it went; never for another guardian."""

    __tablename__ = "target_reply"
    __table_args__ = (UniqueConstraint("target_id", "guardian_id"),)

    id: int | None = Field(default=None, primary_key=True)
    target_id: int = Field(foreign_key="target.id")
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    answer: str
    at: datetime


def set_target(
    session: Session,
    child: Child,
    words: str,
    staff: Staff,
    now: datetime,
    *,
    days: int = FORTNIGHT,
    concern: bool = False,
    sure: bool = False,
) -> Target:
    """Sets what a child works on; the one before ends. Raises TargetRefused, for a concern always (product rule 7), and
    ConcernRefused for what reads like one unless the writer is `sure` that it is none."""
    words = words.strip()
    if concern:
        raise TargetRefused(D_("A concern never goes by text. Book a talk with the family instead."))
    _check(words, child, staff, days)
    tone.check(words, sure=sure)
    before = current(session, child.id or 0)
    if before is not None:
        before.ended_at = now
        session.add(before)
    target = Target(child_id=child.id or 0, staff_id=staff.id or 0, words=words, set_at=now, due_on=today(now))
    target.due_on += timedelta(days=days)
    session.add(target)
    session.flush()
    return target


def current(session: Session, child_id: int) -> Target | None:
    mine = select(Target).where(Target.child_id == child_id, col(Target.ended_at).is_(None))
    return session.exec(mine.order_by(col(Target.id).desc())).first()


def unsent(session: Session, now: datetime) -> list[Target]:
    """Targets that guardians have not been told of."""
    chosen = select(Target).where(
        col(Target.sent_at).is_(None), col(Target.ended_at).is_(None), col(Target.due_on) > today(now)
    )
    return list(session.exec(chosen.order_by(col(Target.id))))


def to_ask(session: Session, now: datetime) -> list[Target]:
    """Targets whose day has come: guardians are asked how it went."""
    chosen = select(Target).where(
        col(Target.asked_at).is_(None),
        col(Target.sent_at).is_not(None),
        col(Target.ended_at).is_(None),
        col(Target.due_on) <= today(now),
        col(Target.due_on) > today(now) - STALE,
    )
    return list(session.exec(chosen.order_by(col(Target.id))))


def reply(session: Session, target: Target, guardian_id: int, answer: Went, now: datetime) -> None:
    """Keeps how it went; the last answer counts."""
    mine = select(TargetReply).where(TargetReply.target_id == target.id, TargetReply.guardian_id == guardian_id)
    kept = session.exec(mine).first() or TargetReply(
        target_id=target.id or 0, guardian_id=guardian_id, answer="", at=now
    )
    kept.answer, kept.at = answer.value, now
    session.add(kept)


def replies_to(session: Session, target: Target) -> list[TargetReply]:
    """For staff alone."""
    return list(
        session.exec(select(TargetReply).where(TargetReply.target_id == target.id).order_by(col(TargetReply.id)))
    )


def _check(words: str, child: Child, staff: Staff, days: int) -> None:
    if not may_approve(staff, child):
        raise TargetRefused(D_("Only the child's key person or the manager sets a target."))
    if not words or len(words) > MOST:
        raise TargetRefused(D_("A target needs words, %(most)s characters at most."), most=MOST)
    if not 1 <= days <= 92:
        raise TargetRefused(D_("A target is for 1 to 92 days; two weeks when left out."))
