"""Open conversations: where each contact is, kept as the answers given so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Table, bindparam, delete, insert, update
from sqlmodel import Field, Session, SQLModel


class OpenConversation(SQLModel, table=True):
    """A conversation a contact is in: its parameters, and the answers so far as [question's name, value] in order.

    It belongs to a contact (a channel and an address), not to a guardian, and expires. The one asked last is the one
    that a message answers.
    """

    __tablename__ = "open_conversation"

    id: int | None = Field(default=None, primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", index=True)
    conversation: str
    params: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    answers: list[list[Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    unclear: int = 0
    asked_at: datetime
    expires_at: datetime


TABLE: Table = SQLModel.metadata.tables["open_conversation"]

_INSERT = insert(TABLE)
_UPDATE = update(TABLE).where(TABLE.c.id == bindparam("b_id"))
_DELETE = delete(TABLE).where(TABLE.c.id == bindparam("b_id"))
"""Built once: building a statement costs four times what running it does."""


@dataclass(slots=True)
class Opened:
    """An open conversation in hand; without an `id` it is not kept yet."""

    conversation: str
    asked_at: datetime
    expires_at: datetime
    params: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    unclear: int = 0
    id: int | None = None


def from_row(row: Any) -> Opened:
    """From the columns of TABLE."""
    return Opened(row.conversation, row.asked_at, row.expires_at, row.params, dict(row.answers), row.unclear, row.id)


def keep(session: Session, contact_id: int, opened: Opened) -> None:
    """Keeps where the contact now is."""
    values = {
        "conversation": opened.conversation,
        "params": opened.params,
        "answers": [list(pair) for pair in opened.answers.items()],
        "unclear": opened.unclear,
        "asked_at": opened.asked_at,
        "expires_at": opened.expires_at,
    }
    connection = session.connection()
    if opened.id is None:
        result = connection.execute(_INSERT, {"contact_id": contact_id, **values})
        opened.id = result.inserted_primary_key[0] if result.inserted_primary_key else None
    else:
        connection.execute(_UPDATE, {"b_id": opened.id, **values})


def close(session: Session, *opened: Opened) -> None:
    """The contact is no longer in these."""
    for one in opened:
        if one.id is not None:
            session.connection().execute(_DELETE, {"b_id": one.id})
            one.id = None


def close_all(session: Session, contact_id: int) -> None:
    session.connection().execute(delete(TABLE).where(TABLE.c.contact_id == contact_id))


def forget_expired(session: Session, now: datetime) -> int:
    """Removes what expired before now; returns how many."""
    return int(session.connection().execute(delete(TABLE).where(TABLE.c.expires_at <= now)).rowcount)
