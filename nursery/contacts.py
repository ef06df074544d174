"""Contacts: an address on a channel. A person is not an address, and an address may be nobody's yet."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, UniqueConstraint, case, col, or_, select


class ContactState(StrEnum):
    """Whether an address may be written to."""

    ACTIVE = "active"
    STOPPED = "stopped"
    """The person said stop; only START opens it again."""
    BLOCKED = "blocked"
    """The person blocked the bot; unblocking or writing opens it again. Of a number: see `is_kept_shut`."""
    CLOSED = "closed"
    """The provider says the address does not work."""


class Contact(SQLModel, table=True):
    """Where a person writes from: a phone number in E.164 on `sms`, a chat's id on `telegram`."""

    __table_args__ = (UniqueConstraint("channel", "address"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    address: str
    guardian_id: int | None = Field(default=None, foreign_key="guardian.id", index=True)
    state: str = ContactState.ACTIVE
    preferred: bool = False
    language: str | None = None
    """What a stranger chose or seems to speak; a guardian's own language goes before it."""
    greeted_at: datetime | None = None
    """When the guardian first wrote from here and was welcomed."""
    last_in_at: datetime | None = None
    wrong_codes: int = 0
    wrong_since: datetime | None = None
    shared: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    """Several guardians use it: see SharedPhone."""


class SharedPhone(SQLModel, table=True):
    """A further guardian at an address that is another's first. Nothing goes to them there until staff confirm it:
    parents who live apart are never put on one phone by a list."""

    __tablename__ = "shared_phone"
    __table_args__ = (UniqueConstraint("contact_id", "guardian_id"),)

    id: int | None = Field(default=None, primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", index=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    confirmed_at: datetime | None = None


def is_kept_shut(channel: str, state: str) -> bool:
    """Whether a number has stopped while whose it is goes on elsewhere: its carrier lets nothing through, so only START
    from there opens it."""
    return channel == "sms" and state == ContactState.BLOCKED


def contacts_of(session: Session, guardian_id: int) -> list[Contact]:
    """A guardian's addresses, the one to use first at the head."""
    order = case((col(Contact.preferred), 0), else_=1)
    chosen = select(Contact).where(Contact.guardian_id == guardian_id).order_by(order, col(Contact.id))
    return list(session.exec(chosen))


def best_contact(session: Session, guardian_id: int, *, but: int | None = None) -> Contact | None:
    """The address a guardian is to be written at now, or none that works; `but` leaves one out.

    A stop on any address counts for the person: "stop" means all of it, not "use my other number". Who has no address
    of their own that works is written to on the phone they share.
    """
    every = contacts_of(session, guardian_id)
    if any(contact.state == ContactState.STOPPED for contact in every):
        return None
    own = next((c for c in every if c.state == ContactState.ACTIVE and c.id != but), None)
    return own or _shared(session, guardian_id, but)


def _shared(session: Session, guardian_id: int, but: int | None) -> Contact | None:
    """The shared phone, as an address of this guardian: a copy, since in the database it is another's first."""
    chosen = (
        select(Contact)
        .join(SharedPhone, col(SharedPhone.contact_id) == col(Contact.id))
        .where(
            SharedPhone.guardian_id == guardian_id,
            col(SharedPhone.confirmed_at).is_not(None),
            Contact.state == ContactState.ACTIVE,
            Contact.id != but,
        )
        .order_by(col(Contact.id))
    )
    found = session.exec(chosen).first()
    return Contact(**{**found.model_dump(), "guardian_id": guardian_id}) if found is not None else None


def has_said_stop(session: Session, guardian_id: int) -> bool:
    """Whether that is why nothing reaches them: they said so, or somebody on a phone they share, shut for all."""
    if best_contact(session, guardian_id) is not None:
        return False
    shared = select(SharedPhone.contact_id).where(
        SharedPhone.guardian_id == guardian_id, col(SharedPhone.confirmed_at).is_not(None)
    )
    theirs = or_(col(Contact.guardian_id) == guardian_id, col(Contact.id).in_(shared))
    every = session.exec(select(Contact).where(theirs))
    return any(one.state == ContactState.STOPPED or is_kept_shut(one.channel, one.state) for one in every)


def contact_at(session: Session, channel: str, address: str) -> Contact | None:
    return session.exec(select(Contact).where(Contact.channel == channel, Contact.address == address)).first()


def stop(session: Session, contact: Contact) -> None:
    """The person wants nothing more from us. Of several on one phone nobody knows which of them said so: the phone
    stops for all, and whose it is goes on at an address of their own, if there is one."""
    if contact.state == ContactState.STOPPED:
        return
    alone = contact.shared and contact.channel == "sms" and _has_another(session, contact)
    contact.state = ContactState.BLOCKED if alone else ContactState.STOPPED
    session.add(contact)
    session.flush()


def stop_here_alone(session: Session, contact: Contact) -> None:
    """Nothing more goes there; it is no stop of everything."""
    contact.state = ContactState.BLOCKED
    session.add(contact)
    session.flush()


def _has_another(session: Session, contact: Contact) -> bool:
    every = contacts_of(session, contact.guardian_id) if contact.guardian_id is not None else []
    return any(one.id != contact.id and one.state != ContactState.CLOSED for one in every)


def take_up(session: Session, contact: Contact) -> None:
    """The person wants to hear from us again, here. What they had stopped elsewhere stays shut, until they write from
    there (or, by SMS, say START), but is no longer a stop of everything. Of several on one phone nobody knows which of
    them wants it: what one of them has stopped elsewhere stays as it is."""
    contact.state = ContactState.ACTIVE
    session.add(contact)
    for other in contacts_of(session, contact.guardian_id) if contact.guardian_id and not contact.shared else []:
        if other.id != contact.id and other.state == ContactState.STOPPED:
            other.state = ContactState.BLOCKED
            session.add(other)
    session.flush()
