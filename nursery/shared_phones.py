"""Shared phones: one address that several guardians use, once staff have confirmed that they want it so."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, select

from locales.sentences import D_, Refusal
from nursery.contacts import Contact, ContactState, SharedPhone, contacts_of
from nursery.guardians import Guardian, Guardianship
from nursery.inbox import InboundMessage
from nursery.tasks import finish, raise_task


class SharingRefused(Refusal):
    """Two guardians can't be put on one phone; the message is the sentence for staff."""


def sharing(session: Session, contact_id: int) -> list[int]:
    """The further guardians at an address, in order of number; not the one whose it is."""
    chosen = select(SharedPhone.guardian_id).where(
        SharedPhone.contact_id == contact_id, col(SharedPhone.confirmed_at).is_not(None)
    )
    return sorted(session.exec(chosen))


def users(session: Session, contact_id: int) -> list[Guardian]:
    """All further guardians who have that phone, those whom staff have not confirmed too, in order of number."""
    chosen = select(Guardian).join(SharedPhone, col(SharedPhone.guardian_id) == col(Guardian.id))
    return list(session.exec(chosen.where(SharedPhone.contact_id == contact_id).order_by(col(Guardian.id))))


def propose(session: Session, contact: Contact, guardian: Guardian, now: datetime, setting_id: int) -> bool:
    """Notes that a guardian seems to use another's phone, and asks staff; says whether that is new."""
    if _at(session, contact, guardian) is not None:
        return False
    _keep_whose(session, contact)
    contact.shared = True  # from now on nobody can be sure whose words come from there
    session.add_all([contact, SharedPhone(contact_id=contact.id or 0, guardian_id=guardian.id or 0)])
    session.flush()
    raise_task(
        session,
        _key(contact, guardian),
        "a phone that two guardians share: to confirm",
        now=now,
        setting_id=setting_id,
        guardian_id=guardian.id,
        about=f"coatpeg guardian share {guardian.id} {contact.guardian_id}",
    )
    return True


def share(session: Session, contact: Contact, guardian: Guardian, now: datetime, today: date) -> None:
    """Staff say that this guardian may be written to at that address too. Raises SharingRefused."""
    if contact.guardian_id in (None, guardian.id):
        raise SharingRefused(D_("%(guardian)s does not share this phone with anybody."), guardian=guardian.name)
    if _limited(session, {guardian.id or 0, contact.guardian_id or 0}, today):
        raise SharingRefused(D_("One of them is limited by an order. They can't be written to on one phone."))
    found = _at(session, contact, guardian)
    found = found or SharedPhone(contact_id=contact.id or 0, guardian_id=guardian.id or 0)
    found.confirmed_at = found.confirmed_at or now
    _keep_whose(session, contact)
    contact.shared = True
    session.add_all([found, contact])
    session.flush()
    finish(session, _key(contact, guardian), now)


def part(session: Session, guardian: Guardian) -> int:
    """This guardian shares no phone any more: whose the phone is keeps it. Returns how many others that parts."""
    mine = [contact.id for contact in contacts_of(session, guardian.id or 0)]
    shares = select(SharedPhone).where(
        (col(SharedPhone.guardian_id) == guardian.id) | col(SharedPhone.contact_id).in_(mine)
    )
    parted = list(session.exec(shares))
    for one in parted:
        session.delete(one)
        session.flush()
        contact = session.get_one(Contact, one.contact_id)
        contact.shared = _is_used_by_others(session, contact)
        session.add(contact)
    session.flush()
    return len(parted)


def hand_over(session: Session, contact: Contact) -> bool:
    """Whose phone it was has it no more: it is the next one's who uses it. False when nobody else does."""
    shares = select(SharedPhone).where(SharedPhone.contact_id == contact.id, col(SharedPhone.confirmed_at).is_not(None))
    others = list(session.exec(shares.order_by(col(SharedPhone.id))))
    if not others:
        return False
    _keep_whose(session, contact)
    contact.guardian_id = others[0].guardian_id
    session.delete(others[0])
    session.flush()
    contact.shared = _is_used_by_others(session, contact)
    if contact.state == ContactState.STOPPED and len(contacts_of(session, contact.guardian_id)) > 1:
        contact.state = ContactState.BLOCKED  # whose it was may have said it, and the phone is shut all the same
    session.add(contact)
    session.flush()
    return True


def _keep_whose(session: Session, contact: Contact) -> None:
    """What came from there before anybody shared it, and before it was known whose it is, is whose the phone was, not
    whose it becomes."""
    unsaid = select(InboundMessage).where(
        InboundMessage.contact_id == contact.id,
        col(InboundMessage.guardian_id).is_(None),
        col(InboundMessage.of_several).is_(False),
    )
    for message in session.exec(unsaid):
        message.guardian_id = contact.guardian_id
        session.add(message)


def _is_used_by_others(session: Session, contact: Contact) -> bool:
    """Those whom staff have not confirmed count too: whose words come from there can't be known."""
    return session.exec(select(SharedPhone.id).where(SharedPhone.contact_id == contact.id)).first() is not None


def _at(session: Session, contact: Contact, guardian: Guardian) -> SharedPhone | None:
    chosen = select(SharedPhone).where(SharedPhone.contact_id == contact.id, SharedPhone.guardian_id == guardian.id)
    return session.exec(chosen).first()


def _limited(session: Session, guardian_ids: set[int], today: date) -> bool:
    limited = select(Guardianship.id).where(
        col(Guardianship.guardian_id).in_(guardian_ids),
        col(Guardianship.restricted_from).is_not(None),
        (col(Guardianship.restricted_until) >= today) | col(Guardianship.restricted_until).is_(None),
    )
    return session.exec(limited).first() is not None


def _key(contact: Contact, guardian: Guardian) -> str:
    return f"shared phone:{contact.id}:{guardian.id}"
