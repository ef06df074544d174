"""The partnership agreement: its text, who signed which version of it, and the staff's signature beside."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from sqlalchemy import true
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from locales import Catalogue
from locales.sentences import D_, Refusal
from nursery.guardians import ANY_TOPIC, Guardian, Guardianship, allows, on_roll
from nursery.library import CONTENT
from nursery.people import Child, Staff
from nursery.policies import values_of
from nursery.settings import Setting


class SignatureRefused(Refusal):
    """An agreement that can't be countersigned; the message is the sentence for staff."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement in English: its version, its parts by id, and the sentence that both sides sign."""

    version: int
    parts: dict[str, str]
    sign: str


class Signature(SQLModel, table=True):
    """That a guardian signed a version of the agreement with a setting, and who of the staff signed beside."""

    __table_args__ = (UniqueConstraint("setting_id", "guardian_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    version: int
    name: str
    """As they typed it."""
    language: str
    text: str
    """What they read and signed, in that language, in parts with a blank line between."""
    signed_at: datetime
    inbound_id: int | None = Field(default=None, foreign_key="inbound_message.id")
    countersigned_by_id: int | None = Field(default=None, foreign_key="staff.id")
    countersigned_at: datetime | None = None
    copied_at: datetime | None = None
    """When the copy with both names was in the outbox."""


@cache
def agreement() -> Agreement:
    """The agreement as shipped."""
    kept = tomllib.loads((CONTENT / "agreement.toml").read_text("utf-8"))["agreement"]
    return Agreement(kept["version"], {part["id"]: part["text"] for part in kept["parts"]}, kept["sign"])


def part_text(part: str, setting: Setting, catalogue: Catalogue) -> str:
    return catalogue.say(catalogue.content(agreement().parts[part]), **values_of(setting))


def sign(
    session: Session,
    setting: Setting,
    guardian: Guardian,
    name: str,
    text: str,
    now: datetime,
    inbound_id: int | None = None,
) -> Signature:
    """Keeps a guardian's signature under the version that stands, and the text as they read it."""
    signature = Signature(
        setting_id=setting.id or 0,
        guardian_id=guardian.id or 0,
        version=agreement().version,
        name=name,
        language=guardian.language,
        text=text,
        signed_at=now,
        inbound_id=inbound_id,
    )
    session.add(signature)
    session.flush()
    return signature


def latest(session: Session, setting_id: int, guardian_id: int) -> Signature | None:
    """What this guardian signed last, perhaps of an earlier version."""
    chosen = select(Signature).where(Signature.setting_id == setting_id, Signature.guardian_id == guardian_id)
    return session.exec(chosen.order_by(col(Signature.version).desc())).first()


def to_countersign(session: Session, setting_id: int) -> list[Signature]:
    """What waits for the staff's signature, oldest first."""
    chosen = select(Signature).where(Signature.setting_id == setting_id, col(Signature.countersigned_at).is_(None))
    return list(session.exec(chosen.order_by(col(Signature.id))))


def countersign(session: Session, signature: Signature, staff: Staff, now: datetime) -> None:
    """The staff's signature beside the guardian's; the copy is due then. Raises SignatureRefused."""
    if signature.setting_id != staff.setting_id:
        raise SignatureRefused(D_("%(staff)s does not work at that setting."), staff=staff.name)
    if signature.countersigned_at is not None:
        raise SignatureRefused(D_("This agreement has been countersigned already."))
    signature.countersigned_by_id, signature.countersigned_at = staff.id, now
    session.add(signature)


def uncopied(session: Session) -> list[Signature]:
    """Signed by both sides, and the copy not sent yet."""
    chosen = select(Signature).where(col(Signature.countersigned_at).is_not(None), col(Signature.copied_at).is_(None))
    return list(session.exec(chosen.order_by(col(Signature.id))))


def key_person_of(
    session: Session,
    guardian_id: int,
    setting_id: int,
    today: date,
    *,
    child: int | None = None,
    room: int | None = None,
) -> int | None:
    """The key person of the guardian's first child there (that child, or in that room, where it is about one), or
    nobody: who countersigns, and who rings."""
    found = (
        select(Child.key_person_id)
        .join(Guardianship, col(Guardianship.child_id) == col(Child.id))
        .where(
            Guardianship.guardian_id == guardian_id,
            Child.setting_id == setting_id,
            allows(ANY_TOPIC, today),
            on_roll(today),
            true() if child is None else Child.id == child,
            true() if room is None else Child.room_id == room,
        )
        .order_by(col(Child.id))
    )
    return session.exec(found).first()
