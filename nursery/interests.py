"""Interests: what a guardian likes, can do or wants to learn, as tags that courses and offers share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlalchemy import select as core_select
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from locales.sentences import D_, Joined, Refusal
from nursery.guardians import Guardian


class Tag(StrEnum):
    """What a course may be about, and a skill may be of."""

    ENGLISH = "english"
    COOKING = "cooking"
    MONEY = "money"
    FIRST_AID = "first-aid"
    MATHS = "maths"
    READING = "reading"
    MUSIC = "music"
    GARDENING = "gardening"
    REPAIRS = "repairs"
    WORK = "work"
    COMMITTEE = "committee"


class TagRefused(Refusal):
    """A tag that is none of ours; the message is the sentence for staff."""


class Interest(SQLModel, table=True):
    """One thing a guardian is interested in."""

    __table_args__ = (UniqueConstraint("guardian_id", "tag"),)

    id: int | None = Field(default=None, primary_key=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    tag: str
    since: datetime


def read_tags(written: str) -> list[Tag]:
    """Tags as staff write them, with commas ("cooking, first aid"). Raises TagRefused."""
    words = [word.strip().lower().replace(" ", "-") for word in written.split(",") if word.strip()]
    for word in words:
        if word not in list(Tag):
            raise TagRefused(D_("There is no tag %(word)s. There are: %(known)s."), word=repr(word), known=Joined(Tag))
    return list(dict.fromkeys(Tag(word) for word in words))


def interests_of(session: Session, guardian_id: int) -> set[str]:
    return set(session.exec(select(Interest.tag).where(Interest.guardian_id == guardian_id)))


def toggle(session: Session, guardian_id: int, tag: Tag, now: datetime) -> bool:
    """Adds the interest, or takes it away if it is there; says whether it is there now."""
    kept = session.exec(select(Interest).where(Interest.guardian_id == guardian_id, Interest.tag == tag.value)).first()
    if kept is not None:
        session.delete(kept)
        return False
    session.add(Interest(guardian_id=guardian_id, tag=tag.value, since=now))
    return True


def note(session: Session, guardian_id: int, tag: Tag, now: datetime) -> None:
    """Keeps an interest; one that is there already stays as it is."""
    if tag.value not in interests_of(session, guardian_id):
        session.add(Interest(guardian_id=guardian_id, tag=tag.value, since=now))


def has_any(tags: Iterable[str]) -> ColumnElement[bool]:
    """The condition on a Guardian of having one of these interests."""
    theirs = core_select(col(Interest.id)).where(
        col(Interest.guardian_id) == col(Guardian.id), col(Interest.tag).in_(list(tags))
    )
    return theirs.correlate(Guardian).exists()
