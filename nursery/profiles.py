"""Profiles: what a guardian tells of the family: names, food, festivals, and when to ring (policy S3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import JSON, Column
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from nursery.guardians import Topic, children_of
from nursery.people import Child
from nursery.tasks import raise_task

QUESTIONS = ("call", "say", "food", "festivals", "apart", "ring")
"""In the order they are asked: what to call them, how to say the names, food, festivals kept, what a child takes no
part in, and whom to ring when."""

CHECKED = "food"
"""Diet and allergies are never settled by text: a person checks them with the parent."""

AVOIDS: Mapping[str, frozenset[str]] = {
    "no pork": frozenset({"pork"}),
    "halal": frozenset({"pork", "alcohol"}),
    "kosher": frozenset({"pork", "shellfish"}),
    "vegetarian": frozenset({"pork", "meat", "fish", "shellfish"}),
    "vegan": frozenset({"pork", "meat", "fish", "shellfish", "milk", "eggs", "honey"}),
    "music": frozenset({"music"}),
    "animals": frozenset({"animals"}),
    "christmas": frozenset({"christmas"}),
    "birthdays": frozenset({"birthdays"}),
}
"""By answer: the tags of ideas that this family is not sent."""

TAGS = frozenset().union(*AVOIDS.values())


class ProfileAnswer(SQLModel, table=True):
    """What one guardian answered to one question; a later answer takes the earlier one's place."""

    __tablename__ = "profile_answer"
    __table_args__ = (UniqueConstraint("guardian_id", "question"),)

    id: int | None = Field(default=None, primary_key=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    question: str
    keys: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """The answers chosen, of AVOIDS or of the festivals."""
    words: str = ""
    inbound_id: int | None = Field(default=None, foreign_key="inbound_message.id")
    answered_at: datetime


def answers_of(session: Session, guardian_id: int) -> Mapping[str, ProfileAnswer]:
    """This guardian's own answers, by question."""
    return {
        one.question: one for one in session.exec(select(ProfileAnswer).where(ProfileAnswer.guardian_id == guardian_id))
    }


def answer(
    session: Session,
    guardian_id: int,
    question: str,
    now: datetime,
    *,
    keys: list[str] | None = None,
    words: str = "",
    inbound_id: int | None = None,
) -> ProfileAnswer:
    """Keeps an answer."""
    kept = answers_of(session, guardian_id).get(question) or ProfileAnswer(
        guardian_id=guardian_id, question=question, answered_at=now
    )
    kept.keys, kept.words, kept.inbound_id, kept.answered_at = keys or [], words, inbound_id, now
    session.add(kept)
    session.flush()
    return kept


def tell_staff(session: Session, guardian_id: int, question: str, today: date, now: datetime) -> None:
    """The key person of each child is told once a day that there is something new; food is checked at once."""
    for child in children_of(session, guardian_id, Topic.CARE, today):
        _raise(session, guardian_id, child, f"profile:{guardian_id}:{child.id}:{today.isoformat()}", "family told", now)
        if question == CHECKED:
            key = f"profile food:{guardian_id}:{child.id}:{now.isoformat()}"
            _raise(session, guardian_id, child, key, "check diet and allergies", now)


def avoided_by(session: Session, after: int, upto: int) -> Mapping[int, frozenset[str]]:
    """The tags that guardians with ids in (after, upto] are not to be sent ideas of."""
    within = (col(ProfileAnswer.guardian_id) > after, col(ProfileAnswer.guardian_id) <= upto)
    chosen = select(ProfileAnswer).where(*within, col(ProfileAnswer.question).in_(("food", "apart")))
    avoided: dict[int, frozenset[str]] = defaultdict(frozenset)
    for one in session.exec(chosen):
        avoided[one.guardian_id] |= frozenset().union(*(AVOIDS.get(key, frozenset()) for key in one.keys))
    return avoided


def _raise(session: Session, guardian_id: int, child: Child, key: str, kind: str, now: datetime) -> None:
    raise_task(
        session,
        key,
        kind,
        now=now,
        setting_id=child.setting_id,
        staff_id=child.key_person_id,
        guardian_id=guardian_id,
        child_id=child.id,
        about="profile",
        urgent=kind != "family told",
    )
