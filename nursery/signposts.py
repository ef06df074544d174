"""Whether services helped: counts by need for staff, and one question to a guardian two weeks on.

Who asked for what is nobody's to read. What is kept with a guardian is emptied by their answer, or by time.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from nursery.services import Need
from nursery.settings import today

ASKED_AFTER = timedelta(days=14)
KEPT_FOR = timedelta(days=28)
"""What has not been asked about by then is not asked about, and what has not been answered is forgotten."""

FEW = 5
"""Groups under this are not shown in counts: in a small setting it would be somebody."""


class Helped(StrEnum):
    """What a guardian says, two weeks on."""

    YES = "yes"
    NOT_YET = "not yet"
    CALL = "call"


class ServiceCount(SQLModel, table=True):
    """How often help with a need was asked for in a month, and what came of it; of nobody."""

    __tablename__ = "service_count"
    __table_args__ = (UniqueConstraint("setting_id", "need", "month"),)

    id: int | None = Field(default=None, primary_key=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    need: str
    month: str
    """As 2026-11."""
    asked: int = 0
    helped: int = 0
    not_yet: int = 0
    calls: int = 0


class ServiceAsked(SQLModel, table=True):
    """That a guardian asked for help, so that they are asked once whether it helped."""

    __tablename__ = "service_asked"

    id: int | None = Field(default=None, primary_key=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    need: str
    """Emptied when they have answered, or after four weeks."""
    asked_at: datetime = Field(index=True)
    told_at: datetime | None = None
    """When the question was in the outbox."""
    answered_at: datetime | None = None


def note_asked(session: Session, setting_id: int, guardian_id: int, need: Need, now: datetime) -> None:
    """Counts that help was asked for, and keeps that it is to be asked about; safety at home is only counted."""
    counted = _count(session, setting_id, need.value, now)
    counted.asked += 1
    session.add(counted)
    if need != Need.SAFETY:
        session.add(ServiceAsked(setting_id=setting_id, guardian_id=guardian_id, need=need.value, asked_at=now))


def to_ask_about(session: Session, now: datetime) -> list[ServiceAsked]:
    """What was asked for two weeks ago and has not been asked about: one of each guardian."""
    chosen = select(ServiceAsked).where(
        col(ServiceAsked.told_at).is_(None),
        col(ServiceAsked.asked_at) <= now - ASKED_AFTER,
        col(ServiceAsked.asked_at) > now - KEPT_FOR,
    )
    found = session.exec(chosen.order_by(col(ServiceAsked.id))).all()
    return list({one.guardian_id: one for one in reversed(found)}.values())


def mark_told(session: Session, told: ServiceAsked, now: datetime) -> None:
    """All that this guardian has asked for up to now is asked about with this one question."""
    theirs = select(ServiceAsked).where(
        ServiceAsked.guardian_id == told.guardian_id, col(ServiceAsked.told_at).is_(None)
    )
    for one in session.exec(theirs).all():
        one.told_at = now
        if one.id != told.id:
            one.need = ""
        session.add(one)


def answer(session: Session, asked: ServiceAsked, helped: Helped, now: datetime) -> None:
    """Counts the answer and forgets what it was about. A second answer counts for nothing."""
    need = asked.need
    if need:
        counted = _count(session, asked.setting_id, need, asked.asked_at)
        counted.helped += helped == Helped.YES
        counted.not_yet += helped == Helped.NOT_YET
        counted.calls += helped == Helped.CALL
        session.add(counted)
    asked.need, asked.answered_at = "", now
    session.add(asked)


def forget(session: Session, now: datetime) -> int:
    """Empties what is older than four weeks; returns how many rows that was."""
    old = select(ServiceAsked).where(ServiceAsked.need != "", col(ServiceAsked.asked_at) <= now - KEPT_FOR)
    found = session.exec(old).all()
    for one in found:
        one.need = ""
        session.add(one)
    return len(found)


def counts(session: Session, setting_id: int) -> list[ServiceCount]:
    """By month and need, newest month first."""
    chosen = select(ServiceCount).where(ServiceCount.setting_id == setting_id)
    return list(session.exec(chosen.order_by(col(ServiceCount.month).desc(), col(ServiceCount.need))))


def _count(session: Session, setting_id: int, need: str, when: datetime) -> ServiceCount:
    month = f"{today(when):%Y-%m}"
    mine = (ServiceCount.setting_id == setting_id, ServiceCount.need == need, ServiceCount.month == month)
    found = select(ServiceCount).where(*mine).with_for_update()
    if session.exec(found).first() is None:
        with suppress(IntegrityError), session.begin_nested():  # another family's first question of the month
            session.add(ServiceCount(setting_id=setting_id, need=need, month=month))
    return session.exec(found).one()
