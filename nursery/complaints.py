"""Complaints: the written record of each, who looks into it, and the day its outcome is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, col, select

from nursery.guardians import Guardian
from nursery.people import Child, Staff, is_named, manager
from nursery.references import next_reference
from nursery.settings import Setting, today
from nursery.tasks import raise_task

OUTCOME_WITHIN = timedelta(days=28)
"""EYFS: whoever complained is told the outcome within 28 days of the setting receiving it. Calendar days."""

DATA_WITHIN = timedelta(days=30)
"""Data (Use and Access) Act 2025: a complaint about somebody's information is acknowledged within 30 days, which we do
at once, and looked into without delay; we hold ourselves to an outcome in the same 30."""

ICO_PHONE = "0303 123 1113"
"""The Information Commissioner's Office, which hears complaints about information once the setting has answered."""

WARNING = timedelta(days=7)


class About(StrEnum):
    """What kind of complaint it is, by which its clock runs."""

    CARE = "care"
    INFORMATION = "information"
    """How we keep or use somebody's information."""

    @property
    def within(self) -> timedelta:
        return DATA_WITHIN if self is About.INFORMATION else OUTCOME_WITHIN


class Complaint(SQLModel, table=True):
    """A complaint's record, as the EYFS asks for it and as Ofsted may see it. Its words are the parent's own."""

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    child_id: int | None = Field(default=None, foreign_key="child.id")
    words: str
    inbound_id: int | None = Field(default=None, foreign_key="inbound_message.id")
    received_at: datetime
    due_on: date
    about: str = About.CARE
    about_manager: bool = False
    """The manager neither handles it nor is told of it by us."""
    handler_id: int | None = Field(default=None, foreign_key="staff.id")
    requirement: str = ""
    """The requirement of the EYFS that it is about."""
    investigation: str = ""
    actions: str = ""
    outcome: str = ""
    outcome_by_id: int | None = Field(default=None, foreign_key="staff.id")
    outcome_at: datetime | None = Field(default=None, index=True)
    told_at: datetime | None = None
    """When the outcome was in the outbox; open until then."""
    looks: int = 1
    """How often it is being looked into: 2 when the parent was not content with the first outcome."""


@dataclass(frozen=True, slots=True)
class Grievance:
    """What a parent complains of."""

    words: str
    child: Child | None = None
    about_manager: bool = False
    inbound_id: int | None = None
    about: About = About.CARE
    received_at: datetime | None = None
    """When its words came, where that is not now: the days count from then."""


def lodge(session: Session, setting: Setting, guardian: Guardian, grievance: Grievance, now: datetime) -> Complaint:
    """Writes a complaint down and gives somebody the task; the outcome is due 28 days on (30 about information)."""
    received_at = grievance.received_at or now
    handler = handler_for(session, setting, about_manager=grievance.about_manager, words=grievance.words)
    complaint = Complaint(
        reference=next_reference(session, "C", now),
        setting_id=setting.id or 0,
        guardian_id=guardian.id or 0,
        child_id=grievance.child.id if grievance.child else None,
        words=grievance.words,
        inbound_id=grievance.inbound_id,
        received_at=received_at,
        due_on=today(received_at) + grievance.about.within,
        about=grievance.about,
        about_manager=grievance.about_manager,
        handler_id=handler.id if handler else None,
    )
    session.add(complaint)
    session.flush()
    hand_over(session, complaint, now)
    return complaint


def handler_for(session: Session, setting: Setting, *, about_manager: bool, words: str = "") -> Staff | None:
    """Who looks into a complaint: the manager; where it is about the manager, the owner or the deputy, never the
    manager. None when the setting has named nobody else. Nobody whom its words name, where there is another."""
    usual = None if about_manager else manager(session, setting.id or 0)
    if not about_manager and (usual is None or not is_named(usual, words)):
        return usual
    others = select(Staff).where(Staff.setting_id == setting.id, col(Staff.role).in_(("owner", "deputy")))
    among = session.exec(others.order_by(col(Staff.role).desc(), col(Staff.id))).all()
    return next((one for one in among if not is_named(one, words)), usual or next(iter(among), None))


def hand_over(session: Session, complaint: Complaint, now: datetime) -> None:
    """Gives whoever looks into it the task, anew at each look."""
    again = ", to look at again" if complaint.looks > 1 else ""
    raise_for(session, complaint, task_key(complaint), _kind(complaint) + again, now)


def raise_for(session: Session, complaint: Complaint, key: str, kind: str, now: datetime) -> bool:
    """An urgent task for whoever looks into a complaint; whether it is new."""
    return raise_task(
        session,
        key,
        kind,
        now=now,
        setting_id=complaint.setting_id,
        staff_id=complaint.handler_id,
        guardian_id=complaint.guardian_id,
        child_id=complaint.child_id,
        about=complaint.reference,
        urgent=True,
    )


def task_key(complaint: Complaint, state: str = "") -> str:
    """The key of the task of the present look, and of what is raised when it is `due soon` or `overdue`."""
    look = f":look:{complaint.looks}" if complaint.looks > 1 else ""
    return f"complaint {state}".strip() + f":{complaint.id}{look}"


STATES = ("", "due soon", "overdue")
"""Of a task of a complaint: as it is given, and as it is chased."""


def open_complaints(session: Session) -> list[Complaint]:
    """Those whose outcome has not been told, the one due first at the head."""
    chosen = select(Complaint).where(col(Complaint.told_at).is_(None))
    return list(session.exec(chosen.order_by(col(Complaint.due_on), col(Complaint.id))))


def overdue(session: Session, now: datetime) -> list[Complaint]:
    """Open complaints past their 28 days."""
    return [complaint for complaint in open_complaints(session) if complaint.due_on < today(now)]


def due_soon(session: Session, now: datetime) -> list[Complaint]:
    """Open complaints due within a week, today included."""
    day = today(now)
    return [complaint for complaint in open_complaints(session) if day <= complaint.due_on <= day + WARNING]


def by_reference(session: Session, reference: str) -> Complaint | None:
    return session.exec(select(Complaint).where(Complaint.reference == reference.strip().upper())).first()


def _kind(complaint: Complaint) -> str:
    if complaint.about == About.INFORMATION:
        return "complaint about information"
    return "complaint about the manager" if complaint.about_manager else "complaint"
