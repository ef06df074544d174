"""Children in the office's list: who they are, in which room, with whom as key person, under which picture."""

from __future__ import annotations

from sqlmodel import select

from locales.sentences import D_
from nursery import pegs
from nursery.family_rows import FamilyRow, RowRefused
from nursery.people import Child, Staff, staff_named
from nursery.settings import Room, Setting, room_named
from nursery.taking import Taking


def child_of(taking: Taking, row: FamilyRow, setting: Setting, line: int) -> Child:
    """The child of a row as the row has it, added where there was none. Raises RowRefused."""
    known = select(Child).where(Child.setting_id == setting.id, Child.name == row.child, Child.born == row.born)
    child = taking.session.exec(known).first()
    if child is None:
        _look_for_namesakes(taking, row, setting)
        child = taking.add(Child(setting_id=setting.id or 0, name=row.child, born=row.born))
    if row.room:
        _put_in_room(taking, child, row, setting)
    if row.key_person:
        _give_key_person(taking, child, row)
    _choose_peg(taking, child, row)
    _see(taking, child, row, line)
    return child


def give_pegs(taking: Taking) -> None:
    """To the children of the list who have no picture, or in their new room the same as another."""
    for number in sorted(taking.seen):
        child = taking.session.get(Child, number)
        if child is not None:
            pegs.give(taking.session, child)


def _look_for_namesakes(taking: Taking, row: FamilyRow, setting: Setting) -> None:
    same = select(Child).where(Child.setting_id == setting.id, Child.name == row.child)
    for other in taking.session.exec(same):
        said = D_("child_born: another %(child)s here was born on %(born)s: are they two?")
        taking.note(said, child=row.child, born=other.born)


def _put_in_room(taking: Taking, child: Child, row: FamilyRow, setting: Setting) -> None:
    room = room_named(taking.session, setting, row.room)
    rooms = select(Room.name).where(Room.setting_id == setting.id)
    room = room or taking.new(Room(setting_id=setting.id or 0, name=row.room), rooms)
    taking.set(child, "room_id", room.id)


def _give_key_person(taking: Taking, child: Child, row: FamilyRow) -> None:
    """Who has left does not come back by the office's list, which is perhaps the older."""
    staff = staff_named(taking.session, child.setting_id, row.key_person)
    if staff is not None and staff.has_left:
        taking.note(D_("key_person: %(name)s has left, so the child's key person stays as it is"), name=staff.name)
        return
    members = select(Staff.name).where(Staff.setting_id == child.setting_id)
    staff = staff or taking.new(Staff(setting_id=child.setting_id, name=row.key_person), members)
    taking.set(child, "key_person_id", staff.id)


def _choose_peg(taking: Taking, child: Child, row: FamilyRow) -> None:
    """The picture that is asked for; who asks for none is given one when all have been seen."""
    if not row.picture:
        return
    try:
        taking.changes += pegs.choose(taking.session, child, row.picture)
    except pegs.PegRefused as refusal:
        raise RowRefused(D_("picture: %(why)s"), why=refusal) from None


def _see(taking: Taking, child: Child, row: FamilyRow, line: int) -> None:
    """Of one name and one birthday is one child; two rooms in one list are a slip, or they are two children."""
    before, there = taking.seen.get(child.id or 0, (line, ""))
    if there and row.room and there != row.room:
        said = D_("room: %(child)s is in %(there)s on line %(before)s. Taken as one child, now in %(here)s")
        taking.note(said, child=child.name, there=there, before=before, here=row.room)
    taking.seen[child.id or 0] = (line, row.room or there)
