"""Copies of what a guardian signed or asked to read whole: the text with both names, and a link to it that expires."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from babel.dates import format_skeleton
from sqlalchemy import update
from sqlmodel import Field, Session, SQLModel, col, select

from locales import Catalogue, catalogue
from nursery import policies, readings
from nursery.agreements import Signature
from nursery.guardians import Guardian
from nursery.invitations import ALPHABET
from nursery.people import Staff
from nursery.settings import Setting, local

LASTS = timedelta(days=14)
"""Of a link. It holds names, and nothing of a child: long enough to find a phone or a library with internet."""

MOST_OPENINGS = 20
SIGNS = 24
"""Of a token: 32 signs to choose from, so 120 bits. No hyphen, which phones leave out of a link's end."""


class CopyKind(StrEnum):
    """What there are copies of. `ref` is a signature's number, or a policy and its version as `fees 3`."""

    AGREEMENT = "agreement"
    POLICY = "policy"


class CopyLink(SQLModel, table=True):
    """A link to one guardian's copy. The token is not kept, only its digest."""

    __tablename__ = "copy_link"

    id: int | None = Field(default=None, primary_key=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    setting_id: int = Field(foreign_key="setting.id")
    kind: str
    ref: str
    digest: str = Field(unique=True)
    made_at: datetime
    expires_at: datetime
    openings: int = 0


@dataclass(frozen=True, slots=True)
class Copy:
    """What a copy says, in one language: its name, its paragraphs, and who signed it when, as lines."""

    name: str
    paragraphs: tuple[str, ...]
    signed: tuple[str, ...]
    language: str


class Gone(Exception):
    """The words of a copy are not kept any more."""


def make_link(
    session: Session, guardian_id: int, setting_id: int, kind: CopyKind, ref: str, now: datetime
) -> tuple[str, CopyLink]:
    """A new link: its token, which is told to nobody but that guardian, and the row."""
    token = "".join(secrets.choice(ALPHABET) for _ in range(SIGNS)).lower()
    link = CopyLink(
        guardian_id=guardian_id,
        setting_id=setting_id,
        kind=kind,
        ref=ref,
        digest=digest(token),
        made_at=now,
        expires_at=now + LASTS,
    )
    session.add(link)
    return token, link


def known(session: Session, token: str) -> CopyLink | None:
    """The link of a token, run out or not; None when it is not a copy's."""
    return session.exec(select(CopyLink).where(CopyLink.digest == digest(token))).first()


def open_link(session: Session, link_id: int, now: datetime) -> bool:
    """Opens a link once more; False when it has run out or has been opened too often. One UPDATE counts, so that two at
    once are two."""
    counted = (
        update(CopyLink)
        .where(col(CopyLink.id) == link_id, col(CopyLink.expires_at) > now, col(CopyLink.openings) < MOST_OPENINGS)
        .values(openings=col(CopyLink.openings) + 1)
        .returning(col(CopyLink.id))
    )
    return session.execute(counted).scalar() is not None


def copy_of(session: Session, guardian_id: int, setting_id: int, kind: str, ref: str) -> Copy:
    """What a link or a print is of: what was signed in the language it was signed in, a policy in the guardian's.
    Raises Gone."""
    if kind == CopyKind.AGREEMENT:
        signature = session.get_one(Signature, int(ref))
        return copy_of_agreement(session, signature, catalogue(signature.language))
    words = catalogue(session.get_one(Guardian, guardian_id).language)
    return _copy_of_policy(session, guardian_id, session.get_one(Setting, setting_id), ref, words)


def copy_of_agreement(session: Session, signature: Signature, words: Catalogue) -> Copy:
    """The text as it was signed, and who signed it, said in the language of `words`."""
    setting = session.get_one(Setting, signature.setting_id)
    staff = session.get(Staff, signature.countersigned_by_id) if signature.countersigned_by_id else None
    signed = _signed(words, signature.name, signature.signed_at, signature.version)
    if staff is None or signature.countersigned_at is None:
        beside = words.gettext("Staff have not signed yet.")
    else:
        text = words.gettext("Signed for %(setting)s by %(staff)s on %(day)s.")
        day = _day(words, signature.countersigned_at)
        beside = words.say(text, setting=setting.name, staff=staff.name, day=day)
    name = words.gettext("Our agreement")
    return Copy(name, tuple(signature.text.split("\n\n")), (signed, beside), words.language)


def _copy_of_policy(session: Session, guardian_id: int, setting: Setting, ref: str, words: Catalogue) -> Copy:
    policy, version = ref.rsplit(maxsplit=1)
    shown = policies.standing_at(session, setting, policy, int(version))
    if shown is None:
        raise Gone(ref)
    reading = readings.signed_by(session, shown, guardian_id)
    text = shown.text("full", words).strip()
    signed = (_signed(words, reading.name, reading.at, shown.version),) if reading is not None else ()
    return Copy(shown.name(words), tuple(text.split("\n\n")), signed, words.language)


def _signed(words: Catalogue, name: str, at: datetime, version: int) -> str:
    text = words.gettext("Signed by %(name)s on %(day)s (version %(version)s).")
    return words.say(text, name=name, day=_day(words, at), version=version)


def _day(words: Catalogue, when: datetime) -> str:
    """With its year: a signature is read again years later."""
    day = local(when).date()
    return format_skeleton("yMMMd", datetime(day.year, day.month, day.day), locale=words.language)  # noqa: DTZ001


def digest(token: str) -> str:
    """As a token is kept. It is random and long, so that a plain hash gives nothing away."""
    return hashlib.sha256(f"copy {token}".encode()).hexdigest()
