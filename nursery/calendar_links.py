"""Links to a guardian's calendar: each signed, naming nobody, and good until it is cut off."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from nursery.erasing import erased_at

NAMED = 5
"""Bytes of the link's number in its token, and of the signature: 128 bits."""
SIGNED = 16
LINK, BEFORE = b"calendar link:", b"calendar:"
"""What a number is of: a link; in the tokens of before it was a guardian's."""


class CalendarLink(SQLModel, table=True):
    """One link. Its token is not kept: it is made of the number and our secret, so that it can be sent once more."""

    __tablename__ = "calendar_link"

    id: int | None = Field(default=None, primary_key=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    made_at: datetime
    cut_at: datetime | None = None
    """From then on it leads nowhere."""


def in_force(session: Session, guardian_id: int) -> CalendarLink | None:
    """The link of a guardian that leads somewhere; there is one at most."""
    chosen = select(CalendarLink).where(CalendarLink.guardian_id == guardian_id, col(CalendarLink.cut_at).is_(None))
    return session.exec(chosen.order_by(col(CalendarLink.id))).first()


def link_of(session: Session, guardian_id: int, now: datetime) -> CalendarLink:
    """The link in force, or a new one."""
    link = in_force(session, guardian_id)
    if link is None:
        link = CalendarLink(guardian_id=guardian_id, made_at=now)
        session.add(link)
        session.flush()
    return link


def cut(session: Session, guardian_id: int, now: datetime) -> bool:
    """Cuts off the link in force; whoever has it sees nothing more. Says whether there was one. Asked for from two
    addresses at the same moment there may be two: then both are cut."""
    chosen = select(CalendarLink).where(CalendarLink.guardian_id == guardian_id, col(CalendarLink.cut_at).is_(None))
    links = session.exec(chosen).all()
    for link in links:
        link.cut_at = now
        session.add(link)
    session.flush()
    return bool(links)


def whose(session: Session, written: str, key: bytes) -> int | None:
    """The guardian whose calendar a token opens; None when it is not one of ours or has been cut off."""
    number = number_in(written, key)
    link = session.get(CalendarLink, number) if number is not None else None
    return link.guardian_id if link is not None and link.cut_at is None else None


def whose_before(session: Session, written: str, key: bytes) -> int | None:
    """The guardian a token of before names, when links had no number of their own: phones are subscribed to them, so
    they show what they were made for, the events. None for any other, and from when that guardian cuts a link off."""
    guardian_id = _number_in(written, key, BEFORE)
    if guardian_id is None or erased_at(session, guardian_id) is not None:
        return None
    cut_off = select(CalendarLink.id).where(
        CalendarLink.guardian_id == guardian_id, col(CalendarLink.cut_at).is_not(None)
    )
    return guardian_id if session.exec(cut_off).first() is None else None


def address(site: str, number: int, key: bytes) -> str:
    """Where the calendar of a link is."""
    return f"{site}/calendar/{token(number, key)}.ics"


def token(number: int, key: bytes, of: bytes = LINK) -> str:
    """The link's number and its signature, in 28 signs that any address may hold."""
    written = number.to_bytes(NAMED, "big")
    return base64.urlsafe_b64encode(written + _signature(written, key, of)).decode()


def number_in(written: str, key: bytes) -> int | None:
    """The number of the link a token is of, or None when it is not one of ours."""
    return _number_in(written, key, LINK)


def _number_in(written: str, key: bytes, of: bytes) -> int | None:
    try:
        said = base64.b64decode(written, altchars=b"-_", validate=True)
    except ValueError:
        return None
    number, signature = said[:NAMED], said[NAMED:]
    if (
        not hmac.compare_digest(signature, _signature(number, key, of))
        or token(int.from_bytes(number, "big"), key, of) != written
    ):
        return None
    return int.from_bytes(number, "big")


def _signature(number: bytes, key: bytes, of: bytes) -> bytes:
    return hmac.new(key, of + number, hashlib.sha256).digest()[:SIGNED]
