"""Known guardians: whom a row of the office's list means, where they are here already."""

from __future__ import annotations

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

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
    """The guardian of that name who is the child's already."""
    return session.exec(_named(name).where(Child.id == child.id)).first()


def namesake_at(session: Session, child: Child, name: str) -> Guardian | None:
    """A guardian of that name of another child of the setting: the same person, or one of the same name."""
    others = _named(name).where(Child.setting_id == child.setting_id, Child.id != child.id)
    return session.exec(others.order_by(col(Guardian.id))).first()


def _named(name: str) -> SelectOfScalar[Guardian]:
    return (
        select(Guardian)
        .join(Guardianship, col(Guardianship.guardian_id) == col(Guardian.id))
        .join(Child, col(Child.id) == col(Guardianship.child_id))
        .where(Guardian.name == name)
    )
