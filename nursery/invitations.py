"""Invitations: a code on a letter that joins a guardian's phone or chat to what the setting knows of them."""

from __future__ import annotations

import hmac
import re
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Field, Session, SQLModel, col, select

from nursery.contacts import Contact, ContactState, contacts_of, take_up
from nursery.guardians import Guardian

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Thirty-two signs, so that eight of them hold 40 bits. None looks like another: 0 and O are left out, and of 1, I and
L there is L alone, which the other two are read as."""

LENGTH = 8
AMONG_WORDS = re.compile(r"(?<![^\W_])(?=([^\W_]{4}[\s-]?[^\W_]{4})(?![^\W_]))")
"""What may be a code in a sentence: eight signs, or four and four; they may overlap, as in "code kx4m 7q2p"."""
LASTS = timedelta(days=30)
WRONG_CODES = 5
WAIT = timedelta(hours=1)
"""After WRONG_CODES within this time a contact waits until it has passed since the first of them."""


class Invitation(SQLModel, table=True):
    """A code given to a guardian. It is not kept itself: it is made again from the key, and known by its digest."""

    id: int | None = Field(default=None, primary_key=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    digest: str | None = Field(default=None, unique=True)
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    used_by_contact_id: int | None = Field(default=None, foreign_key="contact.id")

    def is_open(self, now: datetime) -> bool:
        return self.used_at is None and now < self.expires_at


def invite(session: Session, guardian_id: int, key: bytes, now: datetime) -> str:
    """The guardian's open code, as "KX4M-7Q2P"; a new one, good for 30 days, where none is open."""
    still_open = (
        select(Invitation)
        .where(
            Invitation.guardian_id == guardian_id,
            col(Invitation.used_at).is_(None),
            col(Invitation.expires_at) > now,
        )
        .order_by(col(Invitation.id).desc())
    )
    invitation = session.exec(still_open).first()
    if invitation is None:
        invitation = Invitation(guardian_id=guardian_id, created_at=now, expires_at=now + LASTS)
        session.add(invitation)
        session.flush()
        invitation.digest = _digest(_code(invitation, key), key)
        session.add(invitation)
        session.flush()
    code = _code(invitation, key)
    return f"{code[:4]}-{code[4:]}"


def read_code(text: str) -> str | None:
    """The code that a message is, as eight signs, or None. `text` is normalised: folded case, plain digits; a leading
    "start", hyphens and spaces, and the signs that look like L do not matter."""
    bare = text.removeprefix("/").removeprefix("start ").upper()
    signs = "".join(sign for sign in bare if sign not in " -_.\u2010\u2011\u2013\u2014").translate(
        str.maketrans("1I", "LL")
    )
    return signs if len(signs) == LENGTH and set(signs) <= set(ALPHABET) else None


def codes_among(text: str, most: int = 4) -> list[str]:
    """What may be codes in a normalised sentence, those in one piece first."""
    found = [word for word in AMONG_WORDS.findall(text) if read_code(word) is not None]
    found.sort(key=lambda word: " " in word)
    return [read_code(word) or "" for word in found[:most]]


def find(session: Session, code: str, key: bytes) -> Invitation | None:
    """The invitation of a code as `read_code` returns it, open or not."""
    return session.exec(select(Invitation).where(Invitation.digest == _digest(code, key))).first()


def redeem(session: Session, code: str, contact_id: int, key: bytes, now: datetime) -> Guardian | None:
    """Joins the contact to the code's guardian, as the address to use first. None when the code is not open.

    One UPDATE takes the code, so that of two at once only one has it. A contact of another guardian is not moved: the
    caller refuses before it asks for this.
    """
    taken = (
        update(Invitation)
        .where(
            col(Invitation.digest) == _digest(code, key),
            col(Invitation.used_at).is_(None),
            col(Invitation.expires_at) > now,
        )
        .values(used_at=now, used_by_contact_id=contact_id)
        .returning(col(Invitation.guardian_id))
    )
    guardian_id = session.execute(taken).scalar()
    if guardian_id is None:
        return None
    guardian = session.get_one(Guardian, guardian_id)
    _join(session, guardian, session.get_one(Contact, contact_id), now)
    return guardian


def waits_until(contact: Contact, now: datetime) -> datetime | None:
    """When a contact that sent too many wrong codes may try again; None when it may now."""
    if contact.wrong_codes < WRONG_CODES or contact.wrong_since is None:
        return None
    until = contact.wrong_since + WAIT
    return until if now < until else None


def note_wrong(session: Session, contact: Contact, now: datetime) -> None:
    """Counts a wrong code against the contact; the count begins again an hour after its first."""
    if contact.wrong_since is None or now >= contact.wrong_since + WAIT:
        contact.wrong_codes, contact.wrong_since = 0, now
    contact.wrong_codes += 1
    session.add(contact)


def _join(session: Session, guardian: Guardian, contact: Contact, now: datetime) -> None:
    for other in contacts_of(session, guardian.id or 0):
        other.preferred = False
        session.add(other)
    contact.guardian_id, contact.preferred, contact.greeted_at = guardian.id, True, now
    contact.wrong_codes, contact.wrong_since = 0, None
    contact.state = ContactState.ACTIVE
    if not guardian.language and contact.language:
        guardian.language = contact.language
    session.add_all([guardian, contact])
    session.flush()
    take_up(session, contact)


def _code(invitation: Invitation, key: bytes) -> str:
    name = f"invitation code {invitation.id} of {invitation.guardian_id}".encode()
    number = int.from_bytes(hmac.digest(key, name, "sha256")[:5], "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))


def _digest(code: str, key: bytes) -> str:
    return hmac.digest(key, f"invitation digest {code}".encode(), "sha256").hex()
