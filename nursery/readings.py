"""Readings of policies: who was shown which version, whether it was clear, and who signed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlmodel import Field, Session, SQLModel, col, select

from nursery.guardians import Guardian
from nursery.policies import CHASED_AFTER, FRESH, PolicyEdition, Standing


class Reading(StrEnum):
    """What a guardian says of a policy they have been shown."""

    CLEAR = "clear"
    NOT_CLEAR = "not clear"
    CALL = "call"
    SIGNED = "signed"


class PolicyReading(SQLModel, table=True):
    """What one guardian said of one version, in which language they read it, and the name they signed with."""

    __tablename__ = "policy_reading"

    id: int | None = Field(default=None, primary_key=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    policy: str
    version: int
    answer: str
    language: str
    name: str = ""
    at: datetime


def note_reading(
    session: Session,
    shown: Standing,
    guardian_id: int,
    answer: Reading,
    language: str,
    now: datetime,
    name: str = "",
) -> PolicyReading:
    """Keeps what a guardian said of a policy."""
    reading = PolicyReading(
        setting_id=shown.setting.id or 0,
        guardian_id=guardian_id,
        policy=shown.shipped.id,
        version=shown.version,
        answer=answer,
        language=language,
        name=name,
        at=now,
    )
    session.add(reading)
    return reading


def signed_by(session: Session, shown: Standing, guardian_id: int) -> PolicyReading | None:
    """This guardian's signature under the version that stands now, or none."""
    chosen = select(PolicyReading).where(
        PolicyReading.setting_id == shown.setting.id,
        PolicyReading.guardian_id == guardian_id,
        PolicyReading.policy == shown.shipped.id,
        PolicyReading.version == shown.version,
        PolicyReading.answer == Reading.SIGNED,
    )
    return session.exec(chosen).first()


def to_chase(session: Session, now: datetime) -> list[PolicyEdition]:
    """Editions told a week ago, of which some may have said nothing yet."""
    chosen = select(PolicyEdition).where(
        col(PolicyEdition.told_at) <= now - CHASED_AFTER, col(PolicyEdition.told_at) > now - FRESH
    )
    return list(session.exec(chosen.order_by(col(PolicyEdition.id))))


def silent_on(edition: PolicyEdition) -> ColumnElement[bool]:
    """The condition on a Guardian who has said nothing of this edition."""
    said = select(PolicyReading.id).where(
        PolicyReading.guardian_id == Guardian.id,
        PolicyReading.setting_id == edition.setting_id,
        PolicyReading.policy == edition.policy,
        PolicyReading.version == edition.version,
    )
    return ~said.correlate(Guardian).exists()
