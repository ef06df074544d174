"""Known guardians: whom a row of the office's list means, where they are here already."""

from __future__ import annotations

from sqlmodel import Session, col, select

from nursery.contacts import Contact, SharedPhone
from nursery.guardians import Guardian, Guardianship
from nursery.people import Child


def known_by(session: Session, contact: Contact | None, name: str) -> Guardian | None:
    """The guardian of that name at this address: whose it is, or another of those who share it."""
    if contact is None:
        return None
    shared = select(SharedPhone.guardian_id).where(SharedPhone.contact_id == contact.id)
    known = select(Guardian).where(
        (col(Guardian.id) == contact.guardian_id) | col(Guardian.id).in_(shared), Guardian.name == name
    )
    return session.exec(known).first()


def known_at(session: Session, child: Child, name: str) -> Guardian | None:
    """The guardian of that name at the child's setting."""
    known = (
        select(Guardian)
        .join(Guardianship, col(Guardianship.guardian_id) == col(Guardian.id))
        .join(Child, col(Child.id) == col(Guardianship.child_id))
        .where(Guardian.name == name, Child.setting_id == child.setting_id)
    )
    return session.exec(known).first()
