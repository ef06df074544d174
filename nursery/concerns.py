"""Concerns: what a safeguarding word raised, for the lead alone, until somebody has read it and released the family."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import JSON, Column
from sqlmodel import Field, Session, SQLModel, col, select

from locales.sentences import D_, Refusal
from nursery.complaints import handler_for
from nursery.guardians import Guardian
from nursery.inbox import InboundMessage
from nursery.people import Staff, is_named, manager, staff_named
from nursery.sayings import Alarm
from nursery.settings import Setting
from nursery.tasks import Task, raise_task

READ_WITHIN = timedelta(minutes=15)
"""An urgent concern that nobody has read by then goes to a second person."""


class Concern(SQLModel, table=True):
    """One message that may tell of harm. Its words stay where they came, kept from everybody but its reader."""

    id: int | None = Field(default=None, primary_key=True)
    inbound_id: int = Field(foreign_key="inbound_message.id", unique=True)
    setting_id: int | None = Field(default=None, foreign_key="setting.id", index=True)
    guardian_id: int | None = Field(default=None, foreign_key="guardian.id", index=True)
    owner_id: int | None = Field(default=None, foreign_key="staff.id")
    sharing: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False, server_default="[]"))
    """The further guardians who had that phone: nobody can tell which of them wrote it."""
    kind: str
    """`child`, `self` (the parent is in danger) or `staff`."""
    raised_at: datetime
    read_at: datetime | None = None
    read_by_id: int | None = Field(default=None, foreign_key="staff.id")
    escalated_at: datetime | None = None


def raise_concern(
    session: Session,
    inbound_id: int,
    guardian: Guardian | None,
    setting: Setting | None,
    alarm: Alarm,
    now: datetime,
    *,
    sharing: Sequence[Guardian] = (),
) -> Concern:
    """Keeps the message from everybody but the lead, raises an urgent task, and holds what is sent to that family by
    itself until the lead releases it; of a phone that several use, to all of them. About staff it goes round the lead
    and the manager."""
    message = session.get_one(InboundMessage, inbound_id)
    owner = _owner(session, setting, message.text, about_staff=alarm.kind == "staff")
    concern = Concern(
        inbound_id=inbound_id,
        setting_id=setting.id if setting else None,
        guardian_id=guardian.id if guardian else None,
        owner_id=owner.id if owner else None,
        sharing=[one.id or 0 for one in sharing],
        kind=alarm.kind,
        raised_at=now,
    )
    message.restricted = True
    session.add_all([concern, message])
    for one in [guardian, *sharing] if guardian is not None else []:
        one.sends_held = True
        session.add(one)
    session.flush()
    _tell(session, concern, "safeguarding", owner, now)
    return concern


def read(session: Session, concern: Concern, staff: Staff, now: datetime) -> str:
    """The verbatim words, for whoever may read them; notes who did and when. Raises NotYours for anybody else."""
    if not may_read(session, concern, staff):
        raise NotYours(D_("This concern is for somebody else to read."))
    if concern.read_at is None:
        concern.read_at, concern.read_by_id = now, staff.id
        session.add(concern)
    return session.get_one(InboundMessage, concern.inbound_id).text


def may_have_written(session: Session, concern: Concern) -> list[Guardian]:
    """Whose words they may be: of a phone that several use all of them, whose it is first. Nobody known: a stranger."""
    numbers = [concern.guardian_id, *concern.sharing] if concern.guardian_id is not None else []
    return [one for number in numbers if (one := session.get(Guardian, number)) is not None]


class NotYours(Refusal):
    """This concern is not for this member of staff."""


def is_about_staff(session: Session, inbound_id: int) -> bool:
    """Whether a message raised a concern about somebody who works there."""
    return session.exec(select(Concern.kind).where(Concern.inbound_id == inbound_id)).first() == "staff"


def may_read(session: Session, concern: Concern, staff: Staff) -> bool:
    """The owner, and after an escalation the one it went to."""
    if staff.id == concern.owner_id:
        return True
    return concern.escalated_at is not None and staff.id == _second_id(session, concern)


def unread(session: Session) -> list[Concern]:
    """What nobody has read yet, oldest first."""
    return list(session.exec(select(Concern).where(col(Concern.read_at).is_(None)).order_by(col(Concern.id))))


def escalate(session: Session, now: datetime) -> int:
    """Takes what has not been read in time to a second person, once each; returns how many that was."""
    late = [one for one in unread(session) if one.escalated_at is None and now >= one.raised_at + READ_WITHIN]
    for concern in late:
        concern.escalated_at = now
        session.add(concern)
        second = _second_id(session, concern)
        _tell(session, concern, "safeguarding not read", session.get(Staff, second) if second else None, now)
    return len(late)


def release(session: Session, guardian: Guardian) -> None:
    """The family is sent to again. Only the lead decides that."""
    guardian.sends_held = False
    session.add(guardian)


def hand_over(session: Session, concern: Concern) -> None:
    """Gives a concern to whoever would have it if it came now: who had it works here no more."""
    setting = session.get(Setting, concern.setting_id) if concern.setting_id else None
    words = session.get_one(InboundMessage, concern.inbound_id).text
    owner = _owner(session, setting, words, about_staff=concern.kind == "staff")
    concern.owner_id = owner.id if owner else None
    session.add(concern)


def adopt(session: Session, setting: Setting) -> int:
    """Gives what came while there was nobody to read it to whoever there is now; returns how many that was."""
    session.flush()
    nobodys = select(Concern).where(Concern.setting_id == setting.id, col(Concern.owner_id).is_(None))
    found = list(session.exec(nobodys))
    for concern in found:
        hand_over(session, concern)
        task = session.exec(select(Task).where(Task.key == f"safeguarding:{concern.id}")).first()
        if task is not None:
            task.staff_id = concern.owner_id
            session.add(task)
    return sum(concern.owner_id is not None for concern in found)


def reader_of(session: Session, task: Task) -> int | None:
    """Who is to do a task of a concern: its owner, or the second person it went to."""
    concern = session.get(Concern, int(task.about)) if task.about.isdecimal() else None
    if concern is None:
        return None
    return concern.owner_id if task.kind == "safeguarding" else _second_id(session, concern)


def _owner(session: Session, setting: Setting | None, words: str, *, about_staff: bool) -> Staff | None:
    """The lead, else the manager; but nobody whom the words name. What is about staff goes round the two, to the owner
    or the deputy; where a small setting has neither, one of the two has it after all: unread by anybody is worse."""
    if setting is None:
        return None
    lead = staff_named(session, setting.id or 0, setting.lead) if setting.lead else None
    usual, another = [lead, manager(session, setting.id or 0)], handler_for(session, setting, about_manager=True)
    others = [another, *usual] if about_staff else [*usual, another]
    return next((one for one in others if one is not None and not is_named(one, words)), None)


def _second_id(session: Session, concern: Concern) -> int | None:
    """The deputy or owner where the lead did not read; for what is about staff, another of those two."""
    if concern.setting_id is None:
        return None
    others = select(Staff.id).where(
        Staff.setting_id == concern.setting_id,
        col(Staff.role).in_(("deputy", "owner") if concern.kind == "staff" else ("deputy", "owner", "manager")),
        Staff.id != concern.owner_id,
    )
    return session.exec(others.order_by(col(Staff.role), col(Staff.id))).first()


def _tell(session: Session, concern: Concern, kind: str, staff: Staff | None, now: datetime) -> None:
    raise_task(
        session,
        f"{kind}:{concern.id}",
        kind,
        now=now,
        setting_id=concern.setting_id,
        staff_id=staff.id if staff else None,
        about=str(concern.id),
        urgent=True,
        due_at=now + READ_WITHIN,
    )
