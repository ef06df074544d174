"""The outbox: every message is a row before it is a request. No network here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from functools import cache
from typing import Any

from sqlalchemy import JSON, Column, Index, Table, text
from sqlalchemy.dialects import sqlite
from sqlmodel import Field, Session, SQLModel

from bot.database import write
from bot.statements import Prepared


class Priority(IntEnum):
    """Who goes first."""

    URGENT = 0
    REPLY = 1
    NOTICE = 2
    BULK = 3


class State(StrEnum):
    """What became of a message. It never goes backwards, but for `held` and retries, which are due again."""

    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    HELD = "held"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"
    SUPPRESSED = "suppressed"


WITH_PHOTO, WITH_RECORDING = text("photo_id IS NOT NULL"), text("recording_id IS NOT NULL")
"""On PostgreSQL the migration says so too: said here, it would load that dialect in every process."""


class OutboxMessage(SQLModel, table=True):
    """One message to one contact. A reply carries its text; a push carries a conversation and its parameters, and is
    rendered when sent, in the language and with the permissions of that moment."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        Index("ix_outbox_claim", "sender", "state", "priority", "setting_id", "due_at", "id"),
        Index("ix_outbox_guardian", "guardian_id", "sent_at"),
        Index("ix_outbox_photo", "photo_id", sqlite_where=WITH_PHOTO),
        Index("ix_outbox_recording", "recording_id", sqlite_where=WITH_RECORDING),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    sender: str
    setting_id: int = 0
    """Whose turn it is among settings that share a sender; 0 for answers."""
    contact_id: int = Field(foreign_key="contact.id", index=True)
    guardian_id: int | None = Field(default=None, foreign_key="guardian.id")
    child_id: int | None = Field(default=None, foreign_key="child.id")
    topic: int = 0
    """The nursery's topic that must be allowed and wanted when it is sent; 0 for answers."""
    priority: int = Priority.REPLY
    state: str = State.DUE
    reason: str = ""
    due_at: datetime
    expires_at: datetime | None = None
    conversation: str = ""
    params: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    question: str = ""
    choices: list[list[str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    answered: str = ""
    text: str = ""
    language: str = "en_GB"
    lease: str = ""
    leased_until: datetime | None = None
    tries: int = 0
    provider_id: str = Field(default="", index=True)
    error_code: str = ""
    parts: int | None = None
    created_at: datetime
    sent_at: datetime | None = None
    done_at: datetime | None = None
    photo_id: int | None = Field(default=None, foreign_key="photo.id")
    """A photo of the setting's that goes with it; whether it may is looked up as it leaves."""
    recording_id: int | None = Field(default=None, foreign_key="recording.id")
    """A voice note of the setting's that it is; whether it stands is looked up as it leaves."""


TOLD_TOGETHER = "told on a shared phone"
"""The reason of what went to the same phone for another of those who share it."""

TABLE: Table = SQLModel.metadata.tables["outbox_message"]

FINAL = (State.DELIVERED, State.FAILED, State.CANCELLED, State.SUPPRESSED)
"""What nothing a provider says later can change."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A message to put in the outbox as it stands."""

    key: str
    sender: str
    contact_id: int
    text: str
    language: str
    now: datetime
    guardian_id: int | None = None
    conversation: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    question: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    priority: Priority = Priority.REPLY
    photo_id: int | None = None


def insert_ignoring(session: Session, table: Table, *returning: Any) -> Any:
    """An INSERT that passes over rows whose unique key is there already, in the dialect of this database."""
    return _insert_ignoring(session.get_bind().dialect.name, table, *returning)


@cache
def _insert_ignoring(dialect: str, table: Table, *returning: Any) -> Any:
    """Kept once built: building a statement costs several times what running it does."""
    statement = ignoring(dialect, table)
    return statement.returning(*returning) if returning else statement


def ignoring(dialect: str, table: Table) -> Any:
    """The same for a database known by name."""
    if dialect == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    from sqlalchemy.dialects import postgresql  # a process on SQLite does not pay for its import

    return postgresql.insert(table).on_conflict_do_nothing()


def enqueue(session: Session, replies: Sequence[Reply]) -> None:
    """Puts answers in the outbox. A key that is there already adds nothing."""
    if replies:
        write(session, _ENQUEUE, [_row(reply) for reply in replies])


def _row(reply: Reply) -> dict[str, Any]:
    return {
        "key": reply.key,
        "sender": reply.sender,
        "setting_id": 0,
        "contact_id": reply.contact_id,
        "guardian_id": reply.guardian_id,
        "topic": 0,
        "priority": int(reply.priority),
        "state": State.DUE.value,
        "reason": "",
        "due_at": reply.now,
        "conversation": reply.conversation,
        "params": reply.params,
        "question": reply.question,
        "choices": reply.choices,
        "answered": "",
        "text": reply.text,
        "language": reply.language,
        "lease": "",
        "tries": 0,
        "provider_id": "",
        "error_code": "",
        "created_at": reply.now,
        "photo_id": reply.photo_id,
    }


_ROW = (
    *("key", "sender", "setting_id", "contact_id", "guardian_id", "topic", "priority", "state", "reason", "due_at"),
    *("conversation", "params", "question", "choices", "answered", "text", "language"),
    *("lease", "tries", "provider_id", "error_code", "created_at", "photo_id"),
)
_ENQUEUE = Prepared(lambda dialect: ignoring(dialect, TABLE), _ROW)
