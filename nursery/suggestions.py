"""Suggestions and thanks: what a parent proposes and what was decided of it, and whom a parent thanks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, col, select

from locales.sentences import D_, Refusal
from nursery import complaints, queries
from nursery.complaints import Complaint, Grievance
from nursery.guardians import Guardian
from nursery.people import Child, Staff, manager
from nursery.queries import Query, owner_for
from nursery.references import next_reference
from nursery.settings import Setting, today
from nursery.tasks import finish, raise_task

MOST = 300
"""Characters of a reason: two SMS parts."""
STALE = timedelta(days=14)


class Decision(StrEnum):
    """What was decided of a suggestion."""

    YES = "yes"
    LATER = "later"
    NO = "no"


class DecisionRefused(Refusal):
    """A decision that can't be kept; the message is the sentence for staff."""


class Suggestion(SQLModel, table=True):
    """A suggestion (S-1044) or thanks (T-1044). Its words are the parent's own."""

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    child_id: int | None = Field(default=None, foreign_key="child.id")
    owner_id: int | None = Field(default=None, foreign_key="staff.id")
    """Who decides, or who is to have the thanks read out."""
    is_thanks: bool = False
    words: str
    inbound_id: int | None = Field(default=None, foreign_key="inbound_message.id")
    received_at: datetime
    decision: str = ""
    reason: str = ""
    decided_by_id: int | None = Field(default=None, foreign_key="staff.id")
    decided_at: datetime | None = Field(default=None, index=True)
    became: str = ""
    """The reference of the complaint or question that staff have made of it."""
    told_at: datetime | None = None
    """When what was decided was in the outbox."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a parent suggests, or thanks for."""

    words: str
    inbound_id: int | None = None
    child: Child | None = None


def suggest(session: Session, setting: Setting, guardian: Guardian, said: Said, now: datetime) -> Suggestion:
    """Keeps a suggestion; the manager has it to decide."""
    owner = manager(session, setting.id or 0)
    return _keep(session, setting, guardian, said, now, owner=owner, is_thanks=False)


def thank(session: Session, setting: Setting, guardian: Guardian, said: Said, now: datetime) -> Suggestion:
    """Keeps thanks; they are read out to whoever is named in them, or to the child's key person."""
    owner = _named(session, setting, said.words) or owner_for(session, setting, said.child, today(now))
    return _keep(session, setting, guardian, said, now, owner=owner, is_thanks=True)


def decide(
    session: Session, suggestion: Suggestion, decision: Decision, reason: str, staff: Staff, now: datetime
) -> None:
    """Keeps what was decided and why; the parent is told of it. Raises DecisionRefused, without a reason always."""
    reason = reason.strip()
    if suggestion.is_thanks:
        raise DecisionRefused(D_("This is a thank you: there is nothing to decide."))
    if suggestion.decided_at is not None:
        raise DecisionRefused(D_("%(reference)s has been decided already."), reference=suggestion.reference)
    if not reason or len(reason) > MOST:
        raise DecisionRefused(D_("Please give the parent a reason, of %(most)s characters at most."), most=MOST)
    suggestion.decision, suggestion.reason = decision.value, reason
    suggestion.decided_by_id, suggestion.decided_at = staff.id, now
    session.add(suggestion)


def to_complaint(
    session: Session, suggestion: Suggestion, staff: Staff, now: datetime, *, about_manager: bool = False
) -> Complaint:
    """Takes it for the complaint it is. The words stay, and the 28 days count from when they came (EYFS)."""
    setting, guardian, said = _before(session, suggestion)
    grievance = Grievance(said.words, said.child, about_manager, said.inbound_id, received_at=suggestion.received_at)
    case = complaints.lodge(session, setting, guardian, grievance, now)
    _became(session, suggestion, case.reference, staff, now)
    return case


def to_query(session: Session, suggestion: Suggestion, staff: Staff, now: datetime) -> Query:
    """Takes it for the question it is; it is to be answered within the setting's working days from now."""
    setting, guardian, said = _before(session, suggestion)
    case = queries.open_query(session, setting, guardian, said.child, said.words, said.inbound_id, now)
    case.asked_at = suggestion.received_at
    session.add(case)
    _became(session, suggestion, case.reference, staff, now)
    return case


def undecided(session: Session) -> list[Suggestion]:
    """Suggestions that wait for a decision, oldest first."""
    chosen = select(Suggestion).where(col(Suggestion.is_thanks).is_(False), col(Suggestion.decided_at).is_(None))
    return list(session.exec(chosen.order_by(col(Suggestion.id))))


def untold(session: Session, now: datetime) -> list[Suggestion]:
    """Those decided in the last fortnight whose parent has not been told, in order."""
    recent = (col(Suggestion.decided_at) <= now, col(Suggestion.decided_at) > now - STALE)
    chosen = select(Suggestion).where(col(Suggestion.told_at).is_(None), *recent)
    return list(session.exec(chosen.order_by(col(Suggestion.id))))


def by_reference(session: Session, reference: str) -> Suggestion | None:
    return session.exec(select(Suggestion).where(Suggestion.reference == reference.strip().upper())).first()


def _keep(
    session: Session,
    setting: Setting,
    guardian: Guardian,
    said: Said,
    now: datetime,
    *,
    owner: Staff | None,
    is_thanks: bool,
) -> Suggestion:
    kept = Suggestion(
        reference=next_reference(session, "T" if is_thanks else "S", now),
        setting_id=setting.id or 0,
        guardian_id=guardian.id or 0,
        child_id=said.child.id if said.child else None,
        owner_id=owner.id if owner else None,
        is_thanks=is_thanks,
        words=said.words,
        inbound_id=said.inbound_id,
        received_at=now,
    )
    session.add(kept)
    session.flush()
    raise_task(
        session,
        f"suggestion:{kept.id}",
        "thanks to read out" if is_thanks else "suggestion to decide",
        now=now,
        setting_id=kept.setting_id,
        staff_id=kept.owner_id,
        guardian_id=kept.guardian_id,
        child_id=kept.child_id,
        about=kept.reference,
    )
    return kept


def _named(session: Session, setting: Setting, words: str) -> Staff | None:
    """The one member of staff whose first name stands in the words; none where there are two."""
    said = set(re.findall(r"\w+", words.casefold()))
    staff = session.exec(select(Staff).where(Staff.setting_id == setting.id).order_by(col(Staff.id)))
    found = [one for one in staff if not one.has_left and one.name.split()[0].casefold() in said]
    return found[0] if len(found) == 1 else None


def _before(session: Session, suggestion: Suggestion) -> tuple[Setting, Guardian, Said]:
    """What there was. Raises DecisionRefused when something was made of it already."""
    if suggestion.became:
        raise DecisionRefused(
            D_("%(reference)s is %(became)s already."), reference=suggestion.reference, became=suggestion.became
        )
    child = session.get(Child, suggestion.child_id) if suggestion.child_id else None
    said = Said(suggestion.words, suggestion.inbound_id, child)
    setting = session.get_one(Setting, suggestion.setting_id)
    return setting, session.get_one(Guardian, suggestion.guardian_id), said


def _became(session: Session, suggestion: Suggestion, reference: str, staff: Staff, now: datetime) -> None:
    """Decided anew, so that the parent is told what it is now; there is nothing left to decide."""
    suggestion.became, suggestion.decided_by_id = reference, staff.id
    suggestion.decided_at, suggestion.told_at = now, None
    session.add(suggestion)
    finish(session, f"suggestion:{suggestion.id}", now)
