"""Consents: what a guardian agrees to for a child, purpose by purpose, in which words, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Field, Session, SQLModel, col, select

from nursery.guardians import Guardianship
from nursery.people import Child
from nursery.settings import today

WORDING = 2
"""The version of the sentences that are agreed to; a changed sentence needs a new one, and consent anew."""

RENEWED = timedelta(days=14)
"""How long before it runs out a yes is asked for again."""
FORGOTTEN = timedelta(days=30)
"""How long after that it still is."""


class Purpose(StrEnum):
    """What is agreed to."""

    PHOTOS_INSIDE = "photos inside"
    PHOTOS_OUTSIDE = "photos outside"
    """In the newsletter or on the website."""
    OUTINGS = "outings"
    SUN_CREAM = "sun cream"
    HEALTH_VISITOR = "health visitor"
    SECOND_SETTING = "second setting"


class Consent(SQLModel, table=True):
    """One guardian's answer for one child and purpose. A later answer ends the earlier, which is kept."""

    id: int | None = Field(default=None, primary_key=True)
    child_id: int = Field(foreign_key="child.id", index=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    purpose: str
    wording: int
    text: str
    """The sentence as they read it."""
    language: str
    given: bool
    """False for a no: it stands against another's yes."""
    given_at: datetime
    expires_on: date
    withdrawn_at: datetime | None = None
    """When a later answer took its place."""
    inbound_id: int | None = Field(default=None, foreign_key="inbound_message.id")


def may_consent(session: Session, guardian_id: int, child_id: int, day: date) -> bool:
    """Whether they have parental responsibility for the child, as confirmed by staff, with no court's limit."""
    found = select(Guardianship.id).where(
        Guardianship.guardian_id == guardian_id, Guardianship.child_id == child_id, _responsible(day)
    )
    return session.exec(found).first() is not None


def answer(
    session: Session,
    child: Child,
    guardian_id: int,
    purpose: Purpose,
    *,
    given: bool,
    text: str,
    language: str,
    now: datetime,
    inbound_id: int | None = None,
) -> Consent:
    """Keeps a yes or a no, which stands for a year; the guardian's earlier answer ends."""
    before = answers_of(session, child, guardian_id).get(purpose)
    if before is not None:
        before.withdrawn_at = now
        session.add(before)
    consent = Consent(
        child_id=child.id or 0,
        guardian_id=guardian_id,
        purpose=purpose,
        wording=WORDING,
        text=text,
        language=language,
        given=given,
        given_at=now,
        expires_on=_a_year_after(today(now)),
        inbound_id=inbound_id,
    )
    session.add(consent)
    session.flush()
    return consent


def answers_of(session: Session, child: Child, guardian_id: int) -> Mapping[Purpose, Consent]:
    """This guardian's own answers that have not been replaced, expired ones too."""
    chosen = select(Consent).where(
        Consent.child_id == child.id, Consent.guardian_id == guardian_id, col(Consent.withdrawn_at).is_(None)
    )
    return {Purpose(one.purpose): one for one in session.exec(chosen.order_by(col(Consent.id)))}


def holds(consent: Consent | None, day: date) -> bool:
    """Whether an answer is a yes to today's wording that has not run out."""
    return consent is not None and consent.given and consent.wording == WORDING and day <= consent.expires_on


def to_renew(session: Session, child: Child, guardian_id: int, day: date) -> list[Purpose]:
    """What this guardian once agreed to that has run out, is about to, or was worded otherwise."""
    if not may_consent(session, guardian_id, child.id or 0, day):
        return []
    answers = answers_of(session, child, guardian_id)
    return [purpose for purpose in Purpose if (one := answers.get(purpose)) and one.given and _ends_soon(one, day)]


def running_out(session: Session, day: date) -> list[int]:
    """The numbers of the guardians of whom a yes runs out about that day."""
    chosen = select(Consent.guardian_id).where(
        col(Consent.withdrawn_at).is_(None),
        col(Consent.given).is_(True),
        col(Consent.expires_on) >= day - FORGOTTEN,
        col(Consent.expires_on) < day + RENEWED,
    )
    return list(session.exec(chosen.distinct().order_by(col(Consent.guardian_id))))


def stands(session: Session, child: Child, purpose: Purpose, day: date) -> bool:
    """Whether it may be done that day: someone with parental responsibility says yes, and no other of them says no."""
    chosen = (
        select(Consent)
        .join(Guardianship, col(Guardianship.guardian_id) == col(Consent.guardian_id))
        .where(
            Guardianship.child_id == child.id,
            Consent.child_id == child.id,
            Consent.purpose == purpose,
            col(Consent.withdrawn_at).is_(None),
            _responsible(day),
        )
    )
    found = list(session.exec(chosen))
    return any(holds(one, day) for one in found) and all(one.given for one in found)


def _ends_soon(consent: Consent, day: date) -> bool:
    return not holds(consent, day + RENEWED)


def _responsible(day: date) -> ColumnElement[bool]:
    return and_(
        col(Guardianship.parental_responsibility).is_(True),
        col(Guardianship.confirmed_at).is_not(None),
        or_(col(Guardianship.ends_on).is_(None), col(Guardianship.ends_on) >= day),
        or_(
            col(Guardianship.restricted_from).is_(None),
            col(Guardianship.restricted_from) > day,
            col(Guardianship.restricted_until) < day,
        ),
    )


def _a_year_after(day: date) -> date:
    return date(day.year + 1, day.month, day.day if (day.month, day.day) != (2, 29) else 28)
