"""Preferences: what a guardian has chosen of how we write to them, and for how long not at all."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from nursery.contacts import Contact, ContactState, contacts_of
from nursery.guardians import Guardian, Topic

STOPPABLE = (Topic.NOTICES, Topic.LEARNING, Topic.PROGRESS, Topic.EVENTS, Topic.SURVEYS)
"""What may be stopped by itself. The thread about the child's own day stops only with everything."""


def channels_of(session: Session, guardian_id: int) -> list[str]:
    """The channels this guardian can be written to on now, the preferred one first."""
    working = [one.channel for one in contacts_of(session, guardian_id) if one.state == ContactState.ACTIVE]
    return list(dict.fromkeys(working))


def use_channel(session: Session, guardian: Guardian, channel: str) -> None:
    """From now on the guardian is written to there; the other addresses stay as they are."""
    guardian.channel = channel
    session.add(guardian)
    found = False
    for contact in contacts_of(session, guardian.id or 0):
        contact.preferred = not found and _works_on(contact, channel)
        found = found or contact.preferred
        session.add(contact)
    session.flush()


def toggle(session: Session, guardian: Guardian, topic: Topic) -> bool:
    """Stops a topic, or starts it again; says whether it is sent from now on."""
    guardian.stopped_topics ^= int(topic)
    session.add(guardian)
    return is_sent(guardian, topic)


def is_sent(guardian: Guardian, topic: Topic) -> bool:
    return not guardian.stopped_topics & topic


def pause(session: Session, guardian: Guardian, until: date) -> None:
    """Nothing is sent by itself until that day is over; answers still are."""
    guardian.paused_until = until
    session.add(guardian)


def is_paused(guardian: Guardian, today: date) -> bool:
    return guardian.paused_until is not None and guardian.paused_until >= today


def end_pause(session: Session, guardian: Guardian) -> None:
    guardian.paused_until = None
    session.add(guardian)


def _works_on(contact: Contact, channel: str) -> bool:
    return contact.channel == channel and contact.state == ContactState.ACTIVE
