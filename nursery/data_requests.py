"""Data requests: a copy of what is held, or a correction, each due within a month of being asked for."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, col, select

from nursery.guardians import Guardian
from nursery.people import manager
from nursery.settings import Setting, at, today
from nursery.tasks import raise_task


class Wanted(StrEnum):
    """What a guardian asks for (UK GDPR articles 15 and 16)."""

    COPY = "copy"
    CORRECTION = "correction"


class DataRequest(SQLModel, table=True):
    """A request for a copy or a correction. What is wrong is in the message; it is not repeated here."""

    __tablename__ = "data_request"

    id: int | None = Field(default=None, primary_key=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    kind: str
    inbound_id: int | None = Field(default=None, foreign_key="inbound_message.id")
    asked_at: datetime
    due_on: date
    done_at: datetime | None = None


def request(
    session: Session,
    setting: Setting,
    guardian: Guardian,
    kind: Wanted,
    now: datetime,
    inbound_id: int | None = None,
) -> DataRequest:
    """Notes a request and gives the manager the task. One that is open already keeps its day."""
    open_one = _open(session, guardian.id or 0, kind)
    if open_one is not None and kind == Wanted.COPY:
        return open_one
    asked = DataRequest(
        setting_id=setting.id or 0,
        guardian_id=guardian.id or 0,
        kind=kind,
        inbound_id=inbound_id,
        asked_at=now,
        due_on=month_after(today(now)),
    )
    session.add(asked)
    session.flush()
    _hand_over(session, asked, now)
    return asked


def month_after(day: date) -> date:
    """ICO: the same date of the next month, or its last day; the next working day when that is a weekend."""
    year, month = day.year + day.month // 12, day.month % 12 + 1
    due = date(year, month, min(day.day, monthrange(year, month)[1]))
    return due + timedelta(days=max(0, 7 - due.weekday()) if due.weekday() >= 5 else 0)


def _open(session: Session, guardian_id: int, kind: Wanted) -> DataRequest | None:
    chosen = select(DataRequest).where(
        DataRequest.guardian_id == guardian_id, DataRequest.kind == kind, col(DataRequest.done_at).is_(None)
    )
    return session.exec(chosen).first()


def _hand_over(session: Session, asked: DataRequest, now: datetime) -> None:
    staff = manager(session, asked.setting_id)
    raise_task(
        session,
        f"data:{asked.id}",
        "copy of what we hold" if asked.kind == Wanted.COPY else "correction of what we hold",
        now=now,
        setting_id=asked.setting_id,
        staff_id=staff.id if staff else None,
        guardian_id=asked.guardian_id,
        due_at=at(asked.due_on, time(12)),
    )
