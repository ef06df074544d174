"""Holds: families to whom nothing is sent by itself until the safeguarding lead releases them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import and_
from sqlmodel import Field, Session, SQLModel, col, select

from locales.sentences import D_, Refusal
from nursery import concerns
from nursery.concerns import Concern
from nursery.guardians import Guardian, Guardianship
from nursery.people import Child, Staff, staff_named
from nursery.settings import Setting
from nursery.tasks import Task, raise_task

TO_TELL = "safeguarding: a held family to tell"
"""A private kind of task: nobody else learns that a family is held, nor does an export of what we hold about them."""


class NotTheLead(Refusal):
    """Holds are for the setting's safeguarding lead alone."""


class SendsHold(SQLModel, table=True):
    """That what we send by itself waits for a guardian. What people write to them, such as an answer, goes as ever."""

    __tablename__ = "sends_hold"

    id: int | None = Field(default=None, primary_key=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    child_id: int | None = Field(default=None, foreign_key="child.id", index=True)
    """Whose family is held; none when it is this guardian alone."""
    held_by_id: int = Field(foreign_key="staff.id")
    why: str
    held_at: datetime
    released_at: datetime | None = None


def check_lead(session: Session, setting: Setting, staff: Staff) -> None:
    """Raises NotTheLead for anybody but who leads on safeguarding there (EYFS: each setting names one)."""
    lead = staff_named(session, setting.id or 0, setting.lead) if setting.lead else None
    if lead is None or lead.id != staff.id:
        raise NotTheLead(D_("This is for the safeguarding lead, whom coatpeg setting --lead NAME sets."))


def hold(session: Session, guardian: Guardian, child: Child | None, staff: Staff, why: str, now: datetime) -> bool:
    """Holds what is sent by itself; says whether that is new."""
    child_id = child.id if child else None
    if any(one.child_id == child_id for one in _open(session, guardian.id or 0)):
        return False
    guardian.sends_held = True
    kept = SendsHold(
        guardian_id=guardian.id or 0, child_id=child_id, held_by_id=staff.id or 0, why=why.strip(), held_at=now
    )
    session.add_all([guardian, kept])
    session.flush()
    return True


def hold_newcomer(session: Session, guardian_id: int, child_id: int, now: datetime) -> None:
    """Who is tied to a child whose family is held is held with them."""
    chosen = select(SendsHold).where(SendsHold.child_id == child_id, col(SendsHold.released_at).is_(None))
    first = session.exec(chosen.order_by(col(SendsHold.id))).first()
    if first is not None:
        staff, child = session.get_one(Staff, first.held_by_id), session.get_one(Child, child_id)
        hold(session, session.get_one(Guardian, guardian_id), child, staff, first.why, now)


def release(session: Session, guardian: Guardian, now: datetime) -> int:
    """Everything goes again; returns how many holds that ends."""
    ended = _open(session, guardian.id or 0)
    for one in ended:
        one.released_at = now
        session.add(one)
    concerns.release(session, guardian)
    session.flush()
    return len(ended)


def family(session: Session, child: Child, today: date) -> list[Guardian]:
    """The guardians of a child whose ties have not ended."""
    chosen = (
        select(Guardian)
        .join(Guardianship, col(Guardianship.guardian_id) == col(Guardian.id))
        .where(
            Guardianship.child_id == child.id,
            col(Guardianship.ends_on).is_(None) | (col(Guardianship.ends_on) >= today),
        )
    )
    return list(session.exec(chosen.order_by(col(Guardian.id))))


def held(session: Session, setting_id: int) -> list[SendsHold]:
    """What is held at a setting now, oldest first."""
    theirs = (
        select(Guardianship.id)
        .join(Child, col(Child.id) == col(Guardianship.child_id))
        .where(Guardianship.guardian_id == SendsHold.guardian_id, Child.setting_id == setting_id)
    )
    chosen = select(SendsHold).where(col(SendsHold.released_at).is_(None), theirs.exists())
    return list(session.exec(chosen.order_by(col(SendsHold.id))))


def tell_by_hand(
    session: Session, key: str, guardian_id: int, setting_id: int, what: str, due_at: datetime, now: datetime
) -> bool:
    """A task for whoever holds a family: it has to hear something that no message tells it. `what` is `event 3` (called
    off), `place 3` (of an event, now free) or `time 4` (a booking called off). Says whether the task is new."""
    return raise_task(
        session,
        f"{key}:held:{guardian_id}",
        TO_TELL,
        now=now,
        setting_id=setting_id,
        staff_id=_holder(session, guardian_id),
        about=f"guardian {guardian_id}: {what}",
        urgent=True,
        due_at=due_at,
    )


def to_tell(session: Session, staff: Staff) -> list[Task]:
    """What this member of staff has to tell families that are held, oldest first. What came when there was nobody to
    have it is the lead's, or the manager's while there is no lead."""
    setting = session.get_one(Setting, staff.setting_id)
    leads = staff.name == setting.lead or (not setting.lead and staff.role == "manager")
    theirs = col(Task.staff_id) == staff.id
    if leads:
        theirs |= and_(col(Task.staff_id).is_(None), col(Task.setting_id) == staff.setting_id)
    chosen = select(Task).where(Task.kind == TO_TELL, theirs, col(Task.done_at).is_(None))
    return list(session.exec(chosen.order_by(col(Task.id))))


def holder_of(session: Session, task: Task) -> int | None:
    """Who is to do such a task now."""
    return _holder(session, int(task.about.removeprefix("guardian ").partition(":")[0]))


def _holder(session: Session, guardian_id: int) -> int | None:
    """Who set the hold; where a concern did, who reads that concern, which may be about the lead."""
    kept = _open(session, guardian_id)
    if kept:
        return None if session.get_one(Staff, kept[-1].held_by_id).has_left else kept[-1].held_by_id
    raised = session.exec(select(Concern).order_by(col(Concern.id).desc()))
    return next((one.owner_id for one in raised if guardian_id in (one.guardian_id, *one.sharing)), None)


def _open(session: Session, guardian_id: int) -> list[SendsHold]:
    chosen = select(SendsHold).where(SendsHold.guardian_id == guardian_id, col(SendsHold.released_at).is_(None))
    return list(session.exec(chosen))
