"""The cast: the few people of the tests, each there for a reason. Names are facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlmodel import Session

from nursery.contacts import Contact, contact_at
from nursery.guardians import ANY_TOPIC, Guardian, Guardianship
from nursery.people import Child, Staff
from nursery.settings import Room, Setting

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""The moment at which tests begin: a Monday morning in term, on winter time."""

PHONE = "01632 960123"


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast: where they write from, on either channel, and the channel that is theirs."""

    name: str
    language: str
    home: str
    phone: str
    chat: str
    children: tuple[str, ...] = ()

    def address(self, channel: str) -> str:
        return self.phone if channel == "sms" else self.chat


CAST: dict[str, Member] = {
    member.name: member
    for member in (
        Member("Amina", "en_GB", "telegram", "+447700900001", "70001", ("Noor",)),
        Member("Piotr", "pl", "sms", "+447700900002", "70002", ("Zosia",)),
        Member("Farah", "ur", "telegram", "+447700900003", "70003", ("Noor",)),
        Member("Ioana", "ro", "sms", "+447700900004", "70004", ("Andrei", "Mara")),
        Member("Samira", "ar", "telegram", "+447700900005", "70005", ("Yusuf",)),
        Member("Stranger", "", "sms", "+447700900099", "70099"),
    )
}

_CHILDREN = {
    "Noor": ("Noor Khan", "Butterflies", date(2023, 5, 14)),
    "Zosia": ("Zosia Nowak", "Caterpillars", date(2025, 2, 3)),
    "Andrei": ("Andrei Pop", "Butterflies", date(2022, 12, 1)),
    "Mara": ("Mara Pop", "Caterpillars", date(2024, 9, 20)),
    "Yusuf": ("Yusuf Haddad", "Butterflies", date(2023, 1, 30)),
}


@dataclass(frozen=True, slots=True)
class People:
    """The rows of the cast, by name: guardians and staff as Amina, Grace; children by first name."""

    setting: Setting
    rooms: dict[str, Room]
    staff: dict[str, Staff]
    children: dict[str, Child]
    guardians: dict[str, Guardian]


def populate(session: Session) -> People:
    """Puts the cast in the database: Little Acorns, its rooms, staff and families."""
    setting = Setting(name="Little Acorns", phone=PHONE, manager="Helen")
    session.add(setting)
    session.flush()
    rooms = {name: Room(setting_id=setting.id or 0, name=name) for name in ("Caterpillars", "Butterflies")}
    staff = {
        "Grace": Staff(setting_id=setting.id or 0, name="Grace"),
        "Helen": Staff(setting_id=setting.id or 0, name="Helen", role="manager"),
    }
    session.add_all([*rooms.values(), *staff.values()])
    session.flush()
    children = {first: _child(setting, rooms, staff["Grace"], *facts) for first, facts in _CHILDREN.items()}
    guardians = {member.name: _guardian(member) for member in CAST.values() if member.children}
    session.add_all([*children.values(), *guardians.values()])
    session.flush()
    for guardian in guardians.values():
        _tie(session, guardian, children)
    return People(setting, rooms, staff, children, guardians)


def contact_of(session: Session, name: str, channel: str, *, greeted: bool = True) -> Contact | None:
    """The contact of one of the cast on a channel, made if need be; none for a stranger who has not written."""
    member = CAST[name]
    found = contact_at(session, channel, member.address(channel))
    if found is not None or not member.children:
        return found
    at_home = contact_at(session, member.home, member.address(member.home))
    assert at_home is not None
    contact = Contact(channel=channel, address=member.address(channel), guardian_id=at_home.guardian_id)
    contact.greeted_at = MONDAY if greeted else None
    session.add(contact)
    session.flush()
    return contact


def _child(setting: Setting, rooms: dict[str, Room], grace: Staff, name: str, room: str, born: date) -> Child:
    return Child(setting_id=setting.id or 0, room_id=rooms[room].id, key_person_id=grace.id, name=name, born=born)


def _guardian(member: Member) -> Guardian:
    return Guardian(name=member.name, language=member.language, channel=member.home)


def _tie(session: Session, guardian: Guardian, children: dict[str, Child]) -> None:
    member = CAST[guardian.name]
    address = member.address(member.home)
    contact = Contact(channel=member.home, address=address, guardian_id=guardian.id, preferred=True, greeted_at=MONDAY)
    session.add(contact)
    for child in member.children:
        tie = Guardianship(guardian_id=guardian.id or 0, child_id=children[child].id or 0, may_receive=int(ANY_TOPIC))
        tie.confirmed_at = MONDAY
        tie.parental_responsibility = True
        session.add(tie)
    session.flush()
