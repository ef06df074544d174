"""The progress check at two: due, what each guardian thinks, told in person, and shared only by consent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from locales.sentences import D_, Refusal
from nursery import sharing
from nursery.consents import Purpose
from nursery.guardians import on_roll
from nursery.observations import may_approve
from nursery.people import Child, Staff
from nursery.scopes import Scope, SharingRefused
from nursery.settings import today

FIRST, AGAIN, LAST = 24, 30, 36
"""Months of age: the check is due from the first, asked for again at the second, and belongs before the last (EYFS:
"when a child is aged between two and three, practitioners must review their progress")."""

DAY = timedelta(days=1)

QUESTIONS = ("enjoys", "learned", "wonders")
"""What each guardian is asked before the check."""


class TwoYearRefused(Refusal):
    """A step of the check that can't be taken; the message is the sentence for staff."""


class TwoYearCheck(SQLModel, table=True):
    """One child's check: the summary itself is on paper and told in person, never by text."""

    __tablename__ = "two_year_check"

    id: int | None = Field(default=None, primary_key=True)
    child_id: int = Field(foreign_key="child.id", unique=True)
    begun_at: datetime
    asked_at: datetime | None = None
    """When guardians were asked for their view."""
    ready_at: datetime | None = None
    ready_by_id: int | None = Field(default=None, foreign_key="staff.id")
    told_at: datetime | None = None
    """When guardians were told that it is ready."""
    done_at: datetime | None = None
    shared_with: str = ""
    shared_at: datetime | None = None


class TwoYearView(SQLModel, table=True):
    """How one guardian sees their child at two, in their own words; staff read it, no other guardian does."""

    __tablename__ = "two_year_view"
    __table_args__ = (UniqueConstraint("check_id", "guardian_id"),)

    id: int | None = Field(default=None, primary_key=True)
    check_id: int = Field(foreign_key="two_year_check.id")
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    enjoys: str = ""
    enjoys_inbound_id: int | None = Field(default=None, foreign_key="inbound_message.id")
    """The message the words came in; and so for the others."""
    learned: str = ""
    learned_inbound_id: int | None = Field(default=None, foreign_key="inbound_message.id")
    wonders: str = ""
    wonders_inbound_id: int | None = Field(default=None, foreign_key="inbound_message.id")
    language: str
    at: datetime


def stage(child: Child, day: date) -> int | None:
    """Which reminder of the check a child's age calls for: 24 or 30 months; None before and after."""
    months = child.months(day)
    if not FIRST <= months < LAST:
        return None
    return AGAIN if months >= AGAIN else FIRST


def due(session: Session, now: datetime) -> list[tuple[Child, int]]:
    """Children on roll whose check is due and not done, with the months of age that call for it."""
    done = select(TwoYearCheck.child_id).where(col(TwoYearCheck.done_at).is_not(None))
    day = today(now)
    about = and_(col(Child.born) <= day - 30 * FIRST * DAY, col(Child.born) >= day - 31 * LAST * DAY)
    chosen = select(Child).where(on_roll(day), about, col(Child.id).not_in(done))
    found = [(child, stage(child, day)) for child in session.exec(chosen.order_by(col(Child.id)))]
    return [(child, months) for child, months in found if months is not None]


def check_of(session: Session, child: Child) -> TwoYearCheck | None:
    return session.exec(select(TwoYearCheck).where(TwoYearCheck.child_id == child.id)).first()


def ask(session: Session, child: Child, now: datetime) -> TwoYearCheck:
    """Begins a check: guardians are asked for their view, once."""
    if not FIRST <= child.months(today(now)) < LAST:
        raise TwoYearRefused(D_("%(child)s is not between 24 and 36 months old."), child=child.first_name)
    check = check_of(session, child) or TwoYearCheck(child_id=child.id or 0, begun_at=now)
    if check.done_at is not None:
        raise TwoYearRefused(D_("%(child)s's check is done."), child=child.first_name)
    session.add(check)
    session.flush()
    return check


def to_ask(session: Session, now: datetime) -> list[TwoYearCheck]:
    """Checks whose guardians have not been asked for their view."""
    chosen = select(TwoYearCheck).where(
        col(TwoYearCheck.asked_at).is_(None), col(TwoYearCheck.ready_at).is_(None), col(TwoYearCheck.done_at).is_(None)
    )
    return list(session.exec(chosen.order_by(col(TwoYearCheck.id))))


def to_tell(session: Session, now: datetime) -> list[TwoYearCheck]:
    """Checks that are ready, and whose guardians have not been told."""
    chosen = select(TwoYearCheck).where(
        col(TwoYearCheck.ready_at) <= now, col(TwoYearCheck.told_at).is_(None), col(TwoYearCheck.done_at).is_(None)
    )
    return list(session.exec(chosen.order_by(col(TwoYearCheck.id))))


def ready(session: Session, child: Child, staff: Staff, now: datetime) -> TwoYearCheck:
    """The summary is written; guardians are offered to go through it. Raises TwoYearRefused."""
    if not may_approve(staff, child):
        raise TwoYearRefused(D_("Only the child's key person or the manager can say that the summary is ready."))
    check = ask(session, child, now)
    check.ready_at, check.ready_by_id = check.ready_at or now, staff.id
    session.add(check)
    return check


def finish(session: Session, child: Child, staff: Staff, now: datetime, *, shared_with: str = "") -> TwoYearCheck:
    """The check has been gone through. It is shared with the health visitor only where consent stands at this moment
    (EYFS: "with parents' permission"), and that is logged. Raises TwoYearRefused, and keeps nothing then."""
    check = check_of(session, child)
    if check is None or check.ready_at is None:
        raise TwoYearRefused(
            D_("%(child)s's summary is not ready: coatpeg two-year ready NAME."), child=child.first_name
        )
    if check.shared_with:
        raise TwoYearRefused(
            D_("%(child)s's check is done, and shared with %(shared_with)s."),
            child=child.first_name,
            shared_with=check.shared_with,
        )
    if shared_with.strip():
        what = (Purpose.HEALTH_VISITOR, [Scope.TWO_YEAR_CHECK])
        try:
            shared = sharing.give(session, child, *what, shared_with, staff=staff, now=now)
        except SharingRefused as refusal:
            raise TwoYearRefused(refusal) from None
        check.shared_with, check.shared_at = shared.shared_with, now
    check.done_at = check.done_at or now
    session.add(check)
    return check


def view_of(session: Session, check: TwoYearCheck, guardian_id: int) -> TwoYearView | None:
    mine = select(TwoYearView).where(TwoYearView.check_id == check.id, TwoYearView.guardian_id == guardian_id)
    return session.exec(mine).first()


def keep_view(
    session: Session,
    check: TwoYearCheck,
    guardian_id: int,
    told: Mapping[str, Mapping[str, Any]],
    language: str,
    now: datetime,
) -> None:
    """Keeps a guardian's words (`text`, and the `inbound` message of each), by QUESTIONS; told again, the new count."""
    view = view_of(session, check, guardian_id)
    view = view or TwoYearView(check_id=check.id or 0, guardian_id=guardian_id, language="", at=now)
    for question in QUESTIONS:
        setattr(view, question, told[question]["text"])
        setattr(view, f"{question}_inbound_id", told[question]["inbound"])
    view.language, view.at = language, now
    session.add(view)


def views_of(session: Session, check: TwoYearCheck) -> list[TwoYearView]:
    """For staff alone."""
    return list(session.exec(select(TwoYearView).where(TwoYearView.check_id == check.id).order_by(col(TwoYearView.id))))
