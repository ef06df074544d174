"""Links to a child's record: for one guardian, for three days, known by their digest alone."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Field, Session, SQLModel, col, select

from locales.sentences import D_
from nursery import home_observations, records
from nursery.invitations import ALPHABET
from nursery.settings import today

LASTS = timedelta(hours=72)
MOST_OPENINGS = 20
"""Enough to come back to it and to print it; a link that is passed round is shut."""

SEEN = D_("photo seen")
SIGNS = 24
"""Of a token: 32 signs to choose from, so 120 bits. No hyphen, which phones leave out of a link's end."""


class RecordLink(SQLModel, table=True):
    """A link to a child's record for one guardian. The token is not kept, only its digest."""

    __tablename__ = "record_link"

    id: int | None = Field(default=None, primary_key=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    child_id: int = Field(foreign_key="child.id", index=True)
    digest: str = Field(unique=True)
    made_at: datetime
    expires_at: datetime
    openings: int = 0


def make_link(session: Session, guardian_id: int, child_id: int, now: datetime) -> tuple[str, RecordLink]:
    """A new link: its token, which is told to nobody but that guardian, and the row."""
    token = "".join(secrets.choice(ALPHABET) for _ in range(SIGNS)).lower()
    link = RecordLink(
        guardian_id=guardian_id, child_id=child_id, digest=digest(token), made_at=now, expires_at=now + LASTS
    )
    session.add(link)
    records.log(session, guardian_id, child_id, D_("link made"), now)
    return token, link


def open_link(session: Session, token: str, now: datetime) -> RecordLink | None:
    """Opens a link once more and notes it. None when it is unknown, has run out, has been opened too often, or when
    its guardian may not see that child's record now. One UPDATE counts, so that two at once are two."""
    counted = (
        update(RecordLink)
        .where(
            col(RecordLink.digest) == digest(token),
            col(RecordLink.expires_at) > now,
            col(RecordLink.openings) < MOST_OPENINGS,
        )
        .values(openings=col(RecordLink.openings) + 1)
        .returning(col(RecordLink.id))
    )
    number = session.execute(counted).scalar()
    link = session.get(RecordLink, number) if number is not None else None
    if link is None or not records.may_see(session, link.guardian_id, link.child_id, today(now)):
        return None
    records.log(session, link.guardian_id, link.child_id, D_("link opened"), now)
    return link


def open_photo(session: Session, token: str, number: int, now: datetime) -> bool:
    """Whether a photo is of the record that a link opens and may be looked at once more, which is noted in the log: for
    as long as that would open, and no oftener than the page itself (MOST_OPENINGS views for each of its photos)."""
    chosen = select(RecordLink).where(RecordLink.digest == digest(token), col(RecordLink.expires_at) > now)
    link = session.exec(chosen).first()
    if link is None or not records.may_see(session, link.guardian_id, link.child_id, today(now)):
        return False
    shared = home_observations.shared_by(session, link.guardian_id, link.child_id)[: records.MOST_SHOWN]
    shown = {one for seen in shared for one in records.photos_in(session, seen)}
    views = records.count(session, link.guardian_id, link.child_id, SEEN, link.made_at)
    if number not in shown or views >= MOST_OPENINGS * len(shown):
        return False
    records.log(session, link.guardian_id, link.child_id, SEEN, now)
    return True


def digest(token: str) -> str:
    """As a token is kept. It is random and long, so that a plain hash gives nothing away."""
    return hashlib.sha256(f"record {token}".encode()).hexdigest()
