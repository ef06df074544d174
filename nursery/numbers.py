"""A guardian's number: changed by staff, it takes all that is theirs along, and the old one is nobody's."""

from __future__ import annotations

from sqlmodel import Session

from locales.sentences import D_, Refusal
from nursery.contacts import Contact, ContactState, contact_at, contacts_of
from nursery.guardians import Guardian
from nursery.shared_phones import hand_over


class NumberRefused(Refusal):
    """A number that can't be this guardian's; the message is the sentence for staff."""


def change_number(session: Session, guardian: Guardian, number: str) -> Contact:
    """Makes `number` (E.164) the guardian's in place of the one we had. Raises NumberRefused when it is another's.

    The contact itself is kept and gets the new address, so what waits for it and what it was asked follow. The old
    number is a stranger's from then on, with whatever the new one had said as a stranger. A phone that others use too
    stays theirs, with what is for them.
    """
    holder = contact_at(session, "sms", number)
    if holder is not None and holder.guardian_id not in (None, guardian.id):
        raise NumberRefused(D_("This number is another guardian's. If they share the phone: coatpeg guardian share."))
    mine = next((one for one in contacts_of(session, guardian.id or 0) if one.channel == "sms"), None)
    if mine is not None and hand_over(session, mine):
        mine = None
    if mine is None or (holder is not None and holder.guardian_id == guardian.id):
        return _take(session, guardian, holder or Contact(channel="sms", address=number))
    _exchange(session, mine, holder, number)
    return _take(session, guardian, mine)


def _exchange(session: Session, mine: Contact, holder: Contact | None, number: str) -> None:
    """Two rows change addresses by way of a third, since an address is unique."""
    old = mine.address
    if holder is not None:
        holder.address = f"moving {holder.id}"
        session.add(holder)
        session.flush()
    mine.address, mine.greeted_at = number, None
    session.add(mine)
    session.flush()
    if holder is not None:
        holder.address = old
        session.add(holder)
        session.flush()


def _take(session: Session, guardian: Guardian, contact: Contact) -> Contact:
    """A number that was dead or blocked is tried again; a person's stop stays a stop."""
    contact.guardian_id, contact.wrong_codes, contact.wrong_since = guardian.id, 0, None
    contact.preferred = contact.preferred or guardian.channel == "sms"
    if contact.state != ContactState.STOPPED:
        contact.state = ContactState.ACTIVE
    session.add(contact)
    session.flush()
    return contact
