"""What parents have said: every message, kept as it came, and whether a person must look at it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

PRIVATE = ("service", "service_help")
"""Outcomes of which staff see neither the words nor the answer: where a family looks for help is theirs alone."""


class InboundMessage(SQLModel, table=True):
    """One message from outside. `provider_id` makes a provider's repeat add nothing."""

    __tablename__ = "inbound_message"
    __table_args__ = (UniqueConstraint("channel", "provider_id"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    provider_id: str
    message_ref: str = ""
    """The message inside its chat, so that an edit finds what it corrects."""
    contact_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    guardian_id: int | None = Field(default=None, foreign_key="guardian.id", index=True)
    """Whose it is, as it was known when it came; it stays theirs whoever has the phone later. None is a stranger's, or
    not known: see `of_several`."""
    of_several: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    """It came from a phone that several used; with no `guardian_id` nobody can tell which of them wrote it."""
    kind: str
    text: str = ""
    received_at: datetime
    outcome: str = ""
    """What it was taken for: a conversation's name, or a word such as `stop`, `unclear`, `passed on`."""
    for_staff: bool = Field(default=False, index=True)
    """A person should read it: free text that no conversation took as its answer."""
    read_at: datetime | None = None
    corrects_id: int | None = Field(default=None, foreign_key="inbound_message.id")
    restricted: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    """Its words are for the safeguarding lead alone."""


class Media(SQLModel, table=True):
    """A photo, voice note or document a parent sent: first a promise to fetch it, then its bytes."""

    id: int | None = Field(default=None, primary_key=True)
    inbound_id: int = Field(foreign_key="inbound_message.id", index=True)
    channel: str
    kind: str
    ref: str
    mime: str = ""
    name: str = ""
    size: int | None = None
    content: bytes | None = None
    fetched_at: datetime | None = None
    tries: int = 0
    refused: str = ""


MAX_BYTES = 10_000_000
"""The largest file kept. Telegram lets a bot fetch 20 MB; a phone's photo or a minute's voice is far below ten."""

ACCEPTED = {"photo": ("image/",), "voice": ("audio/",), "document": ("application/pdf", "image/")}
"""What is kept, by kind and the start of its type."""


TEXT_LIMIT = 4096
"""Characters of one message that are kept; Telegram sends no more, and Twilio 1,600."""


def storable(text: str) -> str:
    """What every database takes: no NUL, no half of a surrogate pair, no more than we keep."""
    return text[:TEXT_LIMIT].replace("\x00", "").encode("utf-8", "replace").decode()


def refusal(kind: str, mime: str, size: int | None) -> str:
    """Why a file is not taken (`size` or `type`), or an empty word when it is."""
    if size is not None and size > MAX_BYTES:
        return "size"
    accepted = ACCEPTED.get(kind)
    return "" if accepted and mime.startswith(accepted) else "type"


def waiting_for_staff(session: Session) -> list[InboundMessage]:
    """What no person has read yet, oldest first."""
    chosen = (
        select(InboundMessage)
        .where(
            col(InboundMessage.for_staff).is_(True),
            col(InboundMessage.read_at).is_(None),
            col(InboundMessage.restricted).is_(False),
        )
        .order_by(col(InboundMessage.id))
    )
    return list(session.exec(chosen))


def may_be_shown(session: Session, inbound_id: int | None) -> bool:
    """Whether any member of staff may read what came in that message."""
    message = session.get(InboundMessage, inbound_id) if inbound_id is not None else None
    return message is None or not message.restricted


def note_writer(session: Session, inbound_id: int, guardian_id: int) -> None:
    """Who of those on a shared phone wrote a message, once they have said so."""
    message = session.get_one(InboundMessage, inbound_id)
    message.guardian_id = guardian_id
    session.add(message)


def note_outcome(session: Session, inbound_id: int, outcome: str) -> None:
    """What a message was taken for, where that has turned out otherwise."""
    message = session.get_one(InboundMessage, inbound_id)
    message.outcome = outcome
    session.add(message)


def pass_to_staff(session: Session, inbound_id: int) -> None:
    message = session.get_one(InboundMessage, inbound_id)
    message.for_staff = True
    session.add(message)


def spare_staff(session: Session, inbound_id: int) -> None:
    """A message that was passed to staff has nothing in it for a person to read after all."""
    message = session.get_one(InboundMessage, inbound_id)
    message.for_staff = False
    session.add(message)
