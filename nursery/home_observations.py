"""Observations from home: what a guardian saw a child do, and what they would like next; approved by the key person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Field, Session, SQLModel, col, select

from locales.sentences import D_, Joined, Refusal
from nursery import tone
from nursery.guardians import Guardian
from nursery.library import ideas
from nursery.observations import may_approve
from nursery.people import Child, Staff
from nursery.queries import owner_for
from nursery.settings import Setting, today
from nursery.tasks import raise_task

MOST = 300
"""Characters of the line of thanks: two SMS parts."""

STALE = timedelta(days=14)


class ObservationRefused(Refusal):
    """An approval that can't be kept; the message is the sentence for staff."""


class HomeObservation(SQLModel, table=True):
    """What a guardian saw at home, in their own words, and their own next step. No other guardian is shown it."""

    __tablename__ = "home_observation"

    id: int | None = Field(default=None, primary_key=True)
    child_id: int = Field(foreign_key="child.id", index=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    words: str
    inbound_id: int | None = Field(default=None, foreign_key="inbound_message.id")
    """The message it came in, with its photo or voice note."""
    next_step: str = ""
    next_step_inbound_id: int | None = Field(default=None, foreign_key="inbound_message.id")
    area: str = ""
    """The area of learning that the key person tags it with, as the ideas have them."""
    shared_at: datetime
    approved_at: datetime | None = Field(default=None, index=True)
    approved_by_id: int | None = Field(default=None, foreign_key="staff.id")
    line: str = ""
    """What the key person says back, in English."""
    thanked_at: datetime | None = None
    """When the thanks were in the outbox."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a guardian saw, and what comes next; with the messages these came in."""

    words: str
    inbound_id: int | None = None
    next_step: str = ""
    next_step_inbound_id: int | None = None


def share(
    session: Session, setting: Setting, child: Child, guardian: Guardian, seen: Seen, now: datetime
) -> HomeObservation:
    """Keeps an observation; the child's key person (or the manager) has it to approve."""
    kept = HomeObservation(
        child_id=child.id or 0,
        guardian_id=guardian.id or 0,
        words=seen.words,
        inbound_id=seen.inbound_id,
        next_step=seen.next_step,
        next_step_inbound_id=seen.next_step_inbound_id,
        shared_at=now,
    )
    session.add(kept)
    session.flush()
    owner = owner_for(session, setting, child, today(now))
    raise_task(
        session,
        f"home_observation:{kept.id}",
        "home observation to approve",
        now=now,
        setting_id=child.setting_id,
        staff_id=owner.id if owner else None,
        guardian_id=guardian.id,
        child_id=child.id,
        about=f"home observation {kept.id}",
    )
    return kept


def approve(session: Session, kept: HomeObservation, staff: Staff, now: datetime, *, line: str, area: str = "") -> None:
    """Takes it into the child's record, with a line for whoever shared it. Raises ObservationRefused for anyone but the
    key person or the manager, without a line, and for an area that there is none of."""
    line = line.strip()
    if not may_approve(staff, session.get_one(Child, kept.child_id)):
        raise ObservationRefused(D_("Only the child's key person or the manager can approve it."))
    if kept.approved_at is not None:
        raise ObservationRefused(D_("This has been approved already."))
    if not line or len(line) > MOST:
        raise ObservationRefused(D_("Please say something back, in %(most)s characters at most."), most=MOST)
    if area and area not in areas():
        raise ObservationRefused(
            D_("There is no area %(area)s. There are: %(known)s."), area=repr(area), known=Joined(areas())
        )
    tone.check_harm(line)
    kept.approved_at, kept.approved_by_id, kept.line, kept.area = now, staff.id, line, area
    session.add(kept)


def areas() -> list[str]:
    """The areas of learning."""
    return sorted({idea.area for idea in ideas().values()})


def to_approve(session: Session) -> list[HomeObservation]:
    """What no key person has approved yet, oldest first."""
    chosen = select(HomeObservation).where(col(HomeObservation.approved_at).is_(None))
    return list(session.exec(chosen.order_by(col(HomeObservation.id))))


def shared_by(session: Session, guardian_id: int, child_id: int) -> list[HomeObservation]:
    """What this guardian shared about a child and was approved, newest first; never another guardian's."""
    mine = (HomeObservation.guardian_id == guardian_id, HomeObservation.child_id == child_id)
    chosen = select(HomeObservation).where(*mine, col(HomeObservation.approved_at).is_not(None))
    return list(session.exec(chosen.order_by(col(HomeObservation.id).desc())))


def unthanked(session: Session, now: datetime) -> list[HomeObservation]:
    """Those approved in the last fortnight for which thanks have not been sent, in order."""
    recent = (col(HomeObservation.approved_at) <= now, col(HomeObservation.approved_at) > now - STALE)
    chosen = select(HomeObservation).where(col(HomeObservation.thanked_at).is_(None), *recent)
    return list(session.exec(chosen.order_by(col(HomeObservation.id))))
