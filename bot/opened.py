"""Open conversations: where each contact is, kept as the answers given so far."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Column, Table, bindparam, delete, insert, select, update
from sqlmodel import Field, Session, SQLModel

from bot.statements import Prepared
from nursery.contacts import Contact

FRESH = timedelta(hours=12)
"""How long a question that nobody has begun to answer is asked again after another talk."""


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
    offered: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """The name of the question asked last and the keys of its choices: what a bare number means."""


TABLE: Table = SQLModel.metadata.tables["open_conversation"]
CONTACT: Table = SQLModel.metadata.tables[str(Contact.__tablename__)]

COLUMNS = tuple(
    TABLE.c[name]
    for name in ("id", "conversation", "asked_at", "expires_at", "params", "answers", "unclear", "offered")
)
"""What an Opened is read from."""

_KEPT = ("contact_id", "conversation", "params", "answers", "unclear", "asked_at", "expires_at", "offered")
_INSERT = Prepared(lambda _: insert(TABLE).returning(TABLE.c.id), _KEPT)
_UPDATE = Prepared(lambda _: update(TABLE).where(TABLE.c.id == bindparam("b_id")), _KEPT[1:])
_DELETE = Prepared(lambda _: delete(TABLE).where(TABLE.c.id == bindparam("b_id")))


@dataclass(slots=True)
class Opened:
    """An open conversation in hand; without an `id` it is not kept yet."""

    conversation: str
    asked_at: datetime
    expires_at: datetime
    params: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    unclear: int = 0
    offered: list[Any] = field(default_factory=list)
    id: int | None = None

    @property
    def writer(self) -> int | None:
        """Who of a shared phone it is with, as far as it has been said; it is not the others' once they have parted."""
        writer = self.params.get("writer", self.answers.get("writer"))
        return int(writer) if writer is not None else None

    def is_stale(self, now: datetime) -> bool:
        """Sent long ago and never begun: said again after every talk it would cost a parent's patience, and parts."""
        return not self.answers and self.asked_at < now - FRESH


def from_columns(
    id: int,
    conversation: str,
    asked_at: datetime,
    expires_at: datetime,
    params: dict[str, Any],
    answers: list[tuple[str, Any]],
    unclear: int,
    offered: list[Any],
) -> Opened:
    """From COLUMNS, in their order."""
    return Opened(conversation, asked_at, expires_at, params, dict(answers), unclear, offered, id)


def keep(session: Session, contact_id: int, opened: Opened) -> None:
    """Keeps where the contact now is."""
    values = {
        "conversation": opened.conversation,
        "params": opened.params,
        "answers": list(opened.answers.items()),
        "unclear": opened.unclear,
        "asked_at": opened.asked_at,
        "expires_at": opened.expires_at,
        "offered": opened.offered,
    }
    if opened.id is None:
        ((opened.id,),) = _INSERT.rows(session, contact_id=contact_id, **values)
    else:
        _UPDATE.run(session, b_id=opened.id, **values)


def close(session: Session, *opened: Opened) -> None:
    """The contact is no longer in these."""
    for one in opened:
        if one.id is not None:
            _DELETE.run(session, b_id=one.id)
            one.id = None


def take_over(session: Session, contact_id: int, others: Sequence[int]) -> list[Opened]:
    """What a person was asked at their other addresses is asked at this one from now on; returns it."""
    moved = update(TABLE).where(TABLE.c.contact_id.in_(others)).values(contact_id=contact_id).returning(*COLUMNS)
    return [from_columns(*row) for row in session.connection().execute(moved)]


def close_all(session: Session, contact_id: int) -> None:
    session.connection().execute(delete(TABLE).where(TABLE.c.contact_id == contact_id))


def close_asked(session: Session, contact_id: int, conversation: str, params: Mapping[str, Any]) -> None:
    """The contact is no longer in what a push began there and nothing was answered of; who writes on a shared phone is
    left aside."""
    mine = select(*COLUMNS).where(TABLE.c.contact_id == contact_id, TABLE.c.conversation == conversation)
    found = [from_columns(*row) for row in session.connection().execute(mine)]
    begun = [one for one in found if not one.answers and {**one.params, "writer": 0} == {**params, "writer": 0}]
    close(session, *begun)


def close_about(session: Session, conversation: str, name: str, values: Collection[Any]) -> None:
    """Nobody is any more in a conversation whose parameter of that name is one of these."""
    everywhere = select(TABLE.c.id, TABLE.c.params).where(TABLE.c.conversation == conversation)
    gone = [number for number, params in session.connection().execute(everywhere) if params.get(name) in values]
    session.connection().execute(delete(TABLE).where(TABLE.c.id.in_(gone)))


def said_in_expired(session: Session, now: datetime, private: Collection[str]) -> list[int]:
    """The numbers of the messages whose words are in what expired unfinished, but for what is private."""
    ended = select(TABLE.c.answers).where(TABLE.c.expires_at <= now, TABLE.c.conversation.not_in(private))
    told = [value for row in session.connection().execute(ended) for _, value in row[0]]
    return [value["inbound"] for value in told if isinstance(value, Mapping) and value.get("inbound") is not None]


def forget_expired(session: Session, now: datetime) -> int:
    """Removes what expired before now; returns how many."""
    return int(session.connection().execute(delete(TABLE).where(TABLE.c.expires_at <= now)).rowcount)


def open_elsewhere(session: Session, guardian_id: int, contact_id: int, since: datetime) -> list[Opened]:
    """What a guardian was asked since then at other addresses than this, the last first; none of a shared phone's."""
    others = select(CONTACT.c.id).where(
        CONTACT.c.guardian_id == guardian_id, CONTACT.c.id != contact_id, CONTACT.c.shared.is_(False)
    )
    found = select(*COLUMNS).where(TABLE.c.contact_id.in_(others), TABLE.c.asked_at > since)
    rows = session.connection().execute(found.order_by(TABLE.c.asked_at.desc(), TABLE.c.id.desc()))
    return [from_columns(*row) for row in rows]


def bring(session: Session, contact_id: int, opened: Opened) -> Opened | None:
    """What was asked elsewhere is asked here from now on, as it stands at this moment; None when it was answered there
    meanwhile."""
    moved = update(TABLE).where(TABLE.c.id == opened.id).values(contact_id=contact_id).returning(*COLUMNS)
    row = session.connection().execute(moved).first()
    return from_columns(*row) if row is not None else None
