"""Sharing with a second setting or an agency: only what was agreed to, only while the consent stands, and logged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import JSON, Column
from sqlmodel import Field, Session, SQLModel, col, select

from locales.sentences import D_
from nursery import consents
from nursery.consents import Consent, Purpose
from nursery.people import Child, Staff
from nursery.queries import owner_for
from nursery.scopes import Scope, SharingRefused, check
from nursery.settings import Setting, today
from nursery.tasks import raise_task

MOST = 80
"""Characters of the name of who is shared with."""


class Sharing(SQLModel, table=True):
    """What of a child is shared with whom, from when until when."""

    id: int | None = Field(default=None, primary_key=True)
    child_id: int = Field(foreign_key="child.id", index=True)
    purpose: str
    scopes: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    shared_with: str
    staff_id: int = Field(foreign_key="staff.id")
    given_at: datetime
    ended_at: datetime | None = Field(default=None, index=True)
    ended_because: str = ""
    """`staff`, or `consent` when it no longer stood."""


class SharingBasis(SQLModel, table=True):
    """Whose consent a sharing rests on. That guardian is told of it; what others agreed to they are not told."""

    __tablename__ = "sharing_basis"

    id: int | None = Field(default=None, primary_key=True)
    sharing_id: int = Field(foreign_key="sharing.id", index=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    consent_id: int = Field(foreign_key="consent.id")


def give(
    session: Session,
    child: Child,
    purpose: Purpose,
    scopes: Sequence[Scope],
    shared_with: str,
    *,
    staff: Staff,
    now: datetime,
) -> Sharing:
    """Notes that something is shared from now on. Raises SharingRefused unless consent stands at this moment and
    covers it (EYFS: parents' consent before sharing with other professionals)."""
    name = " ".join(shared_with.split())
    if not name or len(name) > MOST:
        raise SharingRefused(D_("Say with whom, in %(most)s characters at most."), most=MOST)
    check(session, child, purpose, scopes, today(now))
    sharing = Sharing(
        child_id=child.id or 0,
        purpose=purpose,
        scopes=sorted({scope.value for scope in scopes}),
        shared_with=name,
        staff_id=staff.id or 0,
        given_at=now,
    )
    session.add(sharing)
    session.flush()
    for yes in _standing(session, child, purpose, today(now)):
        basis = SharingBasis(sharing_id=sharing.id or 0, guardian_id=yes.guardian_id, consent_id=yes.id or 0)
        session.add(basis)
    session.flush()
    return sharing


BY_STAFF = D_("staff")


def end(session: Session, sharing: Sharing, now: datetime, because: str = BY_STAFF) -> None:
    """Nothing more is shared. Ended once, it stays as it is."""
    if sharing.ended_at is None:
        sharing.ended_at, sharing.ended_because = now, because
        session.add(sharing)
        session.flush()


def end_unfounded(session: Session, now: datetime, child_id: int | None = None) -> int:
    """Ends what no consent carries any more (withdrawn, run out, a right lost), of a child or of all; staff have a
    task to tell whoever it was shared with. Returns how many tasks that raised; once ended none is raised again."""
    raised = 0
    for sharing in open_sharings(session, child_id):
        child = session.get_one(Child, sharing.child_id)
        if not consents.stands(session, child, Purpose(sharing.purpose), today(now)):
            end(session, sharing, now, D_("consent"))
            raised += _tell_staff(session, sharing, child, now)
    return raised


def open_sharings(session: Session, child_id: int | None = None) -> list[Sharing]:
    """What is shared now, of a child or of all, oldest first."""
    chosen = select(Sharing).where(col(Sharing.ended_at).is_(None)).order_by(col(Sharing.id))
    return list(session.exec(chosen if child_id is None else chosen.where(Sharing.child_id == child_id)))


def every_sharing(session: Session, child_id: int | None = None) -> list[Sharing]:
    """The log: what is and was shared, oldest first."""
    chosen = select(Sharing).order_by(col(Sharing.id))
    return list(session.exec(chosen if child_id is None else chosen.where(Sharing.child_id == child_id)))


def agreed_by(session: Session, guardian_id: int) -> list[tuple[Child, Sharing]]:
    """What is or was shared on the strength of this guardian's own consent, oldest first."""
    chosen = (
        select(Child, Sharing)
        .join(Sharing, col(Sharing.child_id) == col(Child.id))
        .join(SharingBasis, col(SharingBasis.sharing_id) == col(Sharing.id))
        .where(SharingBasis.guardian_id == guardian_id)
    )
    return list(session.exec(chosen.order_by(col(Sharing.id))))


def _standing(session: Session, child: Child, purpose: Purpose, day: date) -> list[Consent]:
    """Each yes that carries it."""
    chosen = select(Consent).where(
        Consent.child_id == child.id, Consent.purpose == purpose, col(Consent.withdrawn_at).is_(None)
    )
    return [
        yes
        for yes in session.exec(chosen.order_by(col(Consent.id)))
        if consents.holds(yes, day) and consents.may_consent(session, yes.guardian_id, yes.child_id, day)
    ]


def _tell_staff(session: Session, sharing: Sharing, child: Child, now: datetime) -> bool:
    """No guardian is named: who took a consent back is for nobody to guess from a task."""
    owner = owner_for(session, session.get_one(Setting, child.setting_id), child, today(now))
    return raise_task(
        session,
        f"sharing:{sharing.id}:ended",
        "tell them that sharing has ended",
        now=now,
        setting_id=child.setting_id,
        staff_id=owner.id if owner else None,
        child_id=child.id,
        about=sharing.shared_with,
        urgent=True,
    )
