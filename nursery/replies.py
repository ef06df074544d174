"""Replies to notices: whether what staff said was understood."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, UniqueConstraint, select


class Understood(StrEnum):
    """What a guardian answers to "is this clear?" (product rule 4)."""

    CLEAR = "clear"
    NOT_CLEAR = "not clear"
    CALL = "call"
    WORDS = "words"
    """They answered in words of their own; those are in the inbox."""


class NoticeReply(SQLModel, table=True):
    """What one guardian answered to a notice's understanding check; a later answer takes the earlier one's place."""

    __tablename__ = "notice_reply"
    __table_args__ = (UniqueConstraint("notice_id", "guardian_id"),)

    id: int | None = Field(default=None, primary_key=True)
    notice_id: int = Field(foreign_key="notice.id")
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    answer: str
    at: datetime


def has_replied(session: Session, notice_id: int, guardian_id: int) -> bool:
    chosen = select(NoticeReply.id).where(NoticeReply.notice_id == notice_id, NoticeReply.guardian_id == guardian_id)
    return session.exec(chosen).first() is not None


def note_reply(session: Session, notice_id: int, guardian_id: int, answer: Understood, now: datetime) -> None:
    """Keeps what a guardian answered to the check."""
    chosen = select(NoticeReply).where(NoticeReply.notice_id == notice_id, NoticeReply.guardian_id == guardian_id)
    reply = session.exec(chosen).first() or NoticeReply(
        notice_id=notice_id, guardian_id=guardian_id, answer=answer.value, at=now
    )
    reply.answer, reply.at = answer.value, now
    session.add(reply)
