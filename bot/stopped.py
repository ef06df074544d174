"""A stop, and the other addresses of those whom it concerns: what it means there, in one line."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from bot.outbox import Reply, enqueue
from locales import catalogue
from nursery.contacts import Contact, ContactState, best_contact, contacts_of, is_kept_shut
from nursery.guardians import Guardian
from nursery.inbox import InboundMessage
from nursery.shared_phones import sharing


def tell_elsewhere(session: Session, contact: Contact, key: str, now: datetime) -> list[str]:
    """Tells whose address has stopped, at another of theirs that works: that nothing more comes there either, or, where
    several use the phone and nobody knows which of them said it, that the phone has stopped alone. Returns the senders
    to wake; `key` makes a second time harmless."""
    people = [contact.guardian_id, *(sharing(session, contact.id or 0) if contact.shared else ())]
    told = [one for person in people if person is not None for one in _line(session, person, contact, key, now)]
    enqueue(session, told)
    return sorted({one.sender for one in told})


def has_started_elsewhere(session: Session, contact: Contact) -> bool:
    """Whether the one whose address this is has said START at another of theirs since they stopped here."""
    if is_kept_shut(contact.channel, contact.state):
        return True
    if contact.guardian_id is None or contact.shared:
        return False
    others = [one.id or 0 for one in contacts_of(session, contact.guardian_id) if one.id != contact.id]
    stopped, started = _last(session, [contact.id or 0], "stop"), _last(session, others, "start", "joined")
    return stopped is not None and started is not None and started > stopped


def _last(session: Session, contacts: list[int], *outcomes: str) -> datetime | None:
    chosen = select(InboundMessage.received_at).where(
        col(InboundMessage.contact_id).in_(contacts), col(InboundMessage.outcome).in_(outcomes)
    )
    return session.exec(chosen.order_by(col(InboundMessage.received_at).desc())).first()


def _line(session: Session, guardian_id: int, contact: Contact, key: str, now: datetime) -> list[Reply]:
    """One message, or none where there is no other address, or what is there has stopped too."""
    own = [one for one in contacts_of(session, guardian_id) if one.id != contact.id and not one.shared]
    other = next((one for one in own if one.state == ContactState.ACTIVE), None)
    if other is None or (contact.shared and best_contact(session, guardian_id) is None):
        return []
    words = catalogue(session.get_one(Guardian, guardian_id).language)
    if contact.shared:
        text = words.gettext(
            "STOP has come by SMS from a phone that you use, so it gets no more messages from us. They still come "
            "here. To stop them here too, text STOP."
        )
    else:
        text = words.gettext(
            "You have stopped our messages by SMS, so they stop here too. If it is urgent, staff will ring you. "
            "To begin again, text START."
        )
    return [Reply(f"{key}:{other.id}", other.channel, other.id or 0, text, words.language, now, guardian_id)]
