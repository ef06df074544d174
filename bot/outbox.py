"""The outbox: every message is a row before it is a request. No network here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from functools import cache
from typing import Any

from sqlalchemy import JSON, Column, Index, Table, literal, update
from sqlalchemy import select as core_select
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import Select
from sqlmodel import Field, Session, SQLModel, col, select

from bot.database import write
from bot.messages import Receipt


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


class OutboxMessage(SQLModel, table=True):
    """One message to one contact. A reply carries its text; a push carries a conversation and its parameters, and is
    rendered when sent, in the language and with the permissions of that moment."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        Index("ix_outbox_claim", "sender", "state", "priority", "setting_id", "due_at", "id"),
        Index("ix_outbox_guardian", "guardian_id", "sent_at"),
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


TABLE: Table = SQLModel.metadata.tables["outbox_message"]

FINAL = (State.DELIVERED, State.FAILED, State.CANCELLED, State.SUPPRESSED)
"""What nothing a provider says later can change."""

RANK = {State.SENDING: 0, State.UNKNOWN: 0, State.SENT: 1}


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


COUNTED = {"preserve_rowcount": True}
"""For an INSERT whose rows are to be counted: else psycopg's driver says -1."""


def insert_ignoring(session: Session, table: Table, *returning: Any) -> Any:
    """An INSERT that passes over rows whose unique key is there already, in the dialect of this database."""
    return _insert_ignoring(session.get_bind().dialect.name, table, *returning)


@cache
def _insert_ignoring(dialect: str, table: Table, *returning: Any) -> Any:
    """Kept once built: building a statement costs several times what running it does."""
    if dialect == "sqlite":
        statement: Any = sqlite.insert(table).on_conflict_do_nothing()
    else:
        from sqlalchemy.dialects import postgresql  # a process on SQLite does not pay for its import

        statement = postgresql.insert(table).on_conflict_do_nothing()
    return statement.returning(*returning) if returning else statement


def enqueue(session: Session, replies: Sequence[Reply]) -> None:
    """Puts answers in the outbox. A key that is there already adds nothing."""
    if not replies:
        return
    rows = [
        {
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
            "choices": [list(choice) for choice in reply.choices],
            "answered": "",
            "text": reply.text,
            "language": reply.language,
            "lease": "",
            "tries": 0,
            "provider_id": "",
            "error_code": "",
            "created_at": reply.now,
        }
        for reply in replies
    ]
    write(session, insert_ignoring(session, TABLE), rows)


@dataclass(frozen=True, slots=True)
class Push:
    """What to send to many: a conversation begun with these parameters, rendered for each guardian when sent."""

    key: str
    """`notice:12`; each row's own key adds the guardian."""
    conversation: str
    params: dict[str, Any]
    topic: int
    setting_id: int
    due_at: datetime
    priority: Priority
    expires_at: datetime | None = None


def fan_out(session: Session, push: Push, recipients: Select[Any], now: datetime) -> int:
    """One INSERT ... SELECT of a push to recipients: rows of (guardian_id, contact_id, channel, child_id).

    Returns how many rows are new; a guardian who has this push already gets nothing more.
    """
    to = recipients.subquery("recipient")
    values: dict[str, Any] = {
        "key": literal(f"{push.key}:guardian:").op("||")(to.c.guardian_id),
        "sender": to.c.channel,
        "setting_id": literal(push.setting_id),
        "contact_id": to.c.contact_id,
        "guardian_id": to.c.guardian_id,
        "child_id": to.c.child_id,
        "topic": literal(int(push.topic)),
        "priority": literal(int(push.priority)),
        "state": literal(State.DUE.value),
        "reason": literal(""),
        "due_at": literal(push.due_at, TABLE.c.due_at.type),
        "expires_at": literal(push.expires_at, TABLE.c.expires_at.type),
        "conversation": literal(push.conversation),
        "params": literal(push.params, TABLE.c.params.type),
        "question": literal(""),
        "choices": literal([], TABLE.c.choices.type),
        "answered": literal(""),
        "text": literal(""),
        "language": literal(""),
        "lease": literal(""),
        "tries": literal(0),
        "provider_id": literal(""),
        "error_code": literal(""),
        "created_at": literal(now, TABLE.c.created_at.type),
    }
    chosen = core_select(*values.values()).where(to.c.contact_id.is_not(None))
    statement = insert_ignoring(session, TABLE).from_select(list(values), chosen)
    return int(session.connection().execute(statement, execution_options=COUNTED).rowcount)


def push_one(session: Session, push: Push, contact: Any, now: datetime, *, child_id: int | None = None) -> bool:
    """A push to one contact's guardian (a Contact of the nursery); says whether it is new."""
    one = core_select(
        literal(contact.guardian_id).label("guardian_id"),
        literal(contact.id).label("contact_id"),
        literal(contact.channel).label("channel"),
        literal(child_id, TABLE.c.child_id.type).label("child_id"),
    )
    return fan_out(session, push, one, now) == 1


def cancel(session: Session, key: str, now: datetime) -> int:
    """Takes back what has not left of a push; returns how many rows that was."""
    waiting = (State.DUE.value, State.HELD.value)
    taken_back = (
        update(TABLE)
        .where(TABLE.c.key.startswith(f"{key}:guardian:", autoescape=True), TABLE.c.state.in_(waiting))
        .values(state=State.CANCELLED.value, done_at=now)
    )
    return int(session.connection().execute(taken_back).rowcount)


def note_receipt(session: Session, receipt: Receipt, now: datetime) -> OutboxMessage | None:
    """Takes what a provider says of a message of ours: unordered, repeated, or earlier than our own mark of it.

    Returns the message if its state changed. A receipt for a message we don't know changes nothing.
    """
    message = _receipted(session, receipt)
    if message is None:
        return None
    if receipt.provider_id and not message.provider_id:
        message.provider_id = receipt.provider_id
        session.add(message)
    state = State(message.state)
    told = State(receipt.state)
    if state in FINAL or RANK.get(told, 2) <= RANK.get(state, 0):
        return None
    message.state, message.error_code, message.sent_at = told, receipt.error_code, message.sent_at or now
    message.done_at = now if told in FINAL else None
    session.add(message)
    session.flush()
    return message


def _receipted(session: Session, receipt: Receipt) -> OutboxMessage | None:
    if receipt.outbox_id is not None:
        message = session.get(OutboxMessage, receipt.outbox_id)
        if message is None or (message.provider_id and receipt.provider_id not in ("", message.provider_id)):
            return None
        return message if message.sender == receipt.channel else None
    found = select(OutboxMessage).where(
        col(OutboxMessage.provider_id) == receipt.provider_id, OutboxMessage.sender == receipt.channel
    )
    return session.exec(found).first()
