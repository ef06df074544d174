"""Whom words at the command line mean: an audience, a child, a guardian, a member of staff."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from sqlmodel import Session, col, select

from bot.commands.desk import Refused, the_setting, unknown
from locales.sentences import D_, Joined, Mark
from nursery import complaints, queries, suggestions
from nursery.guardians import Guardian
from nursery.people import LEFT, Child, Staff, manager, staff_named
from nursery.recipients import Audience
from nursery.settings import Room, Setting, setting_named
from nursery.ties import ties_of

REFERENCE = re.compile(r"[CQST]-\d+", re.IGNORECASE)


class Named(Protocol):
    """Whoever or whatever has a name."""

    name: str


One = TypeVar("One", bound=Named)


def audience(session: Session, to: str) -> Audience:
    """Whom `setting:NAME`, `room:NAME`, `room:SETTING/NAME` or `child:NAME` means. Raises Refused when nobody, or more
    than one."""
    kind, _, name = to.partition(":")
    if kind == "setting":
        setting = setting_named(session, name)
        if setting is None:
            raise Refused(
                unknown(D_("--to: there is no setting called %(name)s."), name, session.exec(select(Setting.name)))
            )
        return Audience(_id(setting))
    if kind == "room":
        room = _room(session, name)
        return Audience(room.setting_id, room_id=_id(room))
    if kind == "child":
        child = the_child(session, name)
        return Audience(child.setting_id, child_id=_id(child))
    raise Refused(D_("--to: write setting:NAME, room:NAME or child:NAME."))


def families(session: Session, to: str | None) -> Audience:
    """The setting or the room that is meant; the one setting there is when nothing is said. Raises Refused, also for
    one child's family: what is for them alone would be shown to all."""
    if to is None:
        return Audience(_id(the_setting(session, None)))
    if to.startswith("child:"):
        known = Joined(("setting:NAME", "room:NAME"))
        raise Refused(D_("%(option)s: %(value)s is not one of %(known)s."), option="--to", value=to, known=known)
    return audience(session, to)


def _room(session: Session, name: str) -> Room:
    """The one room of that name, of all settings; or of the one that is named before it."""
    every = session.exec(select(Room, Setting).join(Setting).order_by(col(Setting.name), col(Room.name))).all()
    there, _, here = name.rpartition("/")
    found = [room for room, place in every if room.name == name or (room.name == here and place.name == there)]
    if not found:
        raise Refused(unknown(D_("--to: there is no room called %(name)s."), name, (room.name for room, _ in every)))
    if len(found) > 1:
        rooms = Joined(f"room:{place.name}/{room.name}" for room, place in every if room in found)
        raise Refused(D_("More than one room is called %(name)s. Say which: %(rooms)s."), name=name, rooms=rooms)
    return found[0]


def the_child(session: Session, name: str) -> Child:
    """The one child of that full or first name, or of that number. Raises Refused, and says which there are where there
    is more than one."""
    if name.isdecimal():
        by_number = session.get(Child, int(name))
        if by_number is None:
            raise Refused(D_("There is no child %(number)s."), number=name)
        return by_number
    every = session.exec(select(Child).order_by(col(Child.id))).all()
    said = " ".join(name.split()).casefold()
    return _the_one(
        name,
        every,
        [one for one in every if said in (one.name.casefold(), one.first_name.casefold())],
        none=D_("There is no child called %(name)s."),
        several=D_("More than one child is called %(name)s. Say which by number: %(numbers)s."),
        told=lambda child: _with_room(session, child),
    )


def _the_one(
    name: str, every: Sequence[One], found: Sequence[One], *, none: Mark, several: Mark, told: Callable[[One], str]
) -> One:
    """The one found of that name. Raises Refused where there is none, with those that are meant perhaps, and where
    there are several, with how to say which."""
    if not found:
        raise Refused(unknown(none, name, (one.name for one in every)))
    if len(found) > 1:
        raise Refused(several, name=name, who=name, numbers=Joined(map(told, found)))
    return found[0]


def _with_room(session: Session, child: Child) -> str:
    """The number, with what tells a child from another of the same name."""
    place, room = session.get_one(Setting, child.setting_id), session.get(Room, child.room_id)
    where = [child.name, room.name if room else "", place.name, child.born.isoformat()]
    return f"{child.id} ({', '.join(filter(None, where))})"


def the_guardian(session: Session, who: str) -> Guardian:
    """The one guardian of that number or name, or whose question, complaint or suggestion has that reference. Raises
    Refused, and says which there are where there is more than one."""
    if who.isdecimal():
        by_number = session.get(Guardian, int(who))
        if by_number is None:
            raise Refused(D_("There is no guardian %(who)s."), who=who)
        return by_number
    if REFERENCE.fullmatch(who.strip()):
        return _guardian_of(session, who.strip().upper())
    every = session.exec(select(Guardian).order_by(col(Guardian.id))).all()
    return _the_one(
        who,
        every,
        [one for one in every if one.name.casefold() == " ".join(who.split()).casefold()],
        none=D_("There is no guardian called %(name)s."),
        several=D_("More than one guardian is called %(who)s. Say which by number: %(numbers)s."),
        told=lambda guardian: _with_children(session, guardian),
    )


def _guardian_of(session: Session, reference: str) -> Guardian:
    """Whose it is."""
    for by_reference in (queries.by_reference, complaints.by_reference, suggestions.by_reference):
        found = by_reference(session, reference)
        if found is not None:
            return session.get_one(Guardian, found.guardian_id)
    raise Refused(D_("Nothing has the reference %(reference)s."), reference=reference)


def _with_children(session: Session, guardian: Guardian) -> str:
    """The number, with the children's names: of two of one name nothing else tells them apart."""
    children = ", ".join(child.name for _, child in ties_of(session, guardian.id or 0))
    return f"{guardian.id} ({children})" if children else str(guardian.id)


def the_staff(session: Session, name: str | None, setting_id: int) -> Staff:
    found = staff_named(session, setting_id, name) if name else manager(session, setting_id)
    if found is None and name:
        names = session.exec(select(Staff.name).where(Staff.setting_id == setting_id, Staff.role != LEFT))
        raise Refused(unknown(D_("There is no member of staff called %(name)s."), name, names))
    if found is None:
        raise Refused(D_("Say who you are with --staff NAME."))
    if found.has_left:
        raise Refused(D_("%(name)s has left. If they are back: coatpeg staff add NAME"), name=found.name)
    return found


def the_writer(session: Session, child: Child, name: str | None) -> Staff:
    """Who writes of a child: who is named, else the key person, else the manager. Raises Refused."""
    key_person = session.get(Staff, child.key_person_id) if name is None and child.key_person_id else None
    return key_person or the_staff(session, name, child.setting_id)


def _id(record: Setting | Child | Room) -> int:
    assert record.id is not None
    return record.id
