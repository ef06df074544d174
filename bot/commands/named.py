"""Whom words at the command line mean: an audience, a child, a guardian, a member of staff."""

from __future__ import annotations

import re

from sqlmodel import Session, col, select

from bot.commands.desk import Refused, the_setting, unknown
from locales.sentences import D_, Joined
from nursery import complaints, queries, suggestions
from nursery.guardians import Guardian
from nursery.people import LEFT, Child, Staff, manager, staff_named
from nursery.recipients import Audience
from nursery.settings import Room, Setting, room_named, setting_named
from nursery.ties import ties_of

REFERENCE = re.compile(r"[CQST]-\d+", re.IGNORECASE)


def audience(session: Session, to: str) -> Audience:
    """Whom `setting:NAME`, `room:NAME` or `child:NAME` means. Raises Refused when nobody, or more than one."""
    kind, _, name = to.partition(":")
    if kind == "setting":
        setting = setting_named(session, name)
        if setting is None:
            raise Refused(
                unknown(D_("--to: there is no setting called %(name)s."), name, session.exec(select(Setting.name)))
            )
        return Audience(_id(setting))
    if kind == "room":
        place = the_setting(session, None)
        room = room_named(session, place, name)
        if room is None:
            names = session.exec(select(Room.name).where(Room.setting_id == place.id))
            raise Refused(unknown(D_("--to: there is no room called %(name)s."), name, names))
        return Audience(room.setting_id, room_id=_id(room))
    if kind == "child":
        child = the_child(session, name)
        return Audience(child.setting_id, child_id=_id(child))
    raise Refused(D_("--to: write setting:NAME, room:NAME or child:NAME."))


def the_child(session: Session, name: str) -> Child:
    """The one child of that full or first name. Raises Refused."""
    every = session.exec(select(Child)).all()
    found = [one for one in every if name.casefold() in (one.name.casefold(), one.first_name.casefold())]
    if not found:
        raise Refused(unknown(D_("There is no child called %(name)s."), name, (one.name for one in every)))
    if len(found) > 1:
        raise Refused(
            D_("More than one child is called %(name)s: %(known)s."),
            name=name,
            known=Joined(one.name for one in found),
        )
    return found[0]


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
    found = [one for one in every if one.name.casefold() == " ".join(who.split()).casefold()]
    if not found:
        raise Refused(unknown(D_("There is no guardian called %(name)s."), who, (one.name for one in every)))
    if len(found) > 1:
        numbers = Joined(_with_children(session, one) for one in found)
        raise Refused(
            D_("More than one guardian is called %(who)s. Say which by number: %(numbers)s."), who=who, numbers=numbers
        )
    return found[0]


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


def _id(record: Setting | Child | Room) -> int:
    assert record.id is not None
    return record.id
