"""Whom words at the command line mean: an audience, a child, a member of staff."""

from __future__ import annotations

from sqlmodel import Session, select

from bot.commands.desk import Refused, the_setting, unknown
from locales.sentences import D_, Joined
from nursery.people import Child, Staff, manager, staff_named
from nursery.recipients import Audience
from nursery.settings import Room, Setting, room_named, setting_named


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


def the_staff(session: Session, name: str | None, setting_id: int) -> Staff:
    found = staff_named(session, setting_id, name) if name else manager(session, setting_id)
    if found is None and name:
        names = session.exec(select(Staff.name).where(Staff.setting_id == setting_id))
        raise Refused(unknown(D_("There is no member of staff called %(name)s."), name, names))
    if found is None:
        raise Refused(D_("Say who you are with --staff NAME."))
    return found


def _id(record: Setting | Child | Room) -> int:
    assert record.id is not None
    return record.id
