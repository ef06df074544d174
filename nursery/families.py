"""Families from the office's list: settings, rooms, children, guardians and the ties between them, from CSV rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, select

from locales.sentences import Sentence
from nursery import beginnings, settling
from nursery.contacts import Contact, contact_at, contacts_of
from nursery.family_rows import FamilyRow, RowRefused, read_row
from nursery.guardians import Guardian, Guardianship
from nursery.holds import hold_newcomer
from nursery.known import known_at, known_by
from nursery.listed_children import child_of, give_pegs
from nursery.oddities import oddities
from nursery.people import Child
from nursery.settings import Setting, setting_named
from nursery.settling import Settling
from nursery.shared_phones import propose
from nursery.taking import Taking
from nursery.tasks import raise_task

FRESH = timedelta(days=14)
"""A first day so long ago begins nothing any more: the fortnight is over."""


@dataclass(slots=True)
class Imported:
    """What became of a list: rows taken, of those how many changed anything, those refused by line, and what is odd."""

    taken: int = 0
    changed: int = 0
    refused: list[tuple[int, RowRefused]] = field(default_factory=list)
    odd: list[tuple[int, Sentence]] = field(default_factory=list)
    """What was taken as it stands and looks odd, by line."""


def import_families(
    session: Session, rows: Iterable[Mapping[str, str]], now: datetime, *, test_numbers: bool = False
) -> Imported:
    """Takes the rows that can be taken and names the others by line (the header is line 1). Twice changes nothing.

    A row in the office's list is the staff's confirmation of the tie it states.
    """
    result, taking = Imported(), Taking(session, now)
    for line, written in enumerate(rows, start=2):
        if not any(written.values()):
            continue
        try:
            with session.begin_nested():
                row = read_row(written, test_numbers, taking.day)
                changed = _take(taking, row, line)
        except RowRefused as refusal:
            result.refused.append((line, refusal))
            continue
        result.taken += 1
        result.changed += changed
        result.odd += [(line, odd) for odd in (*oddities(row, written, taking.day), *taking.odd)]
    give_pegs(taking)
    return result


def _take(taking: Taking, row: FamilyRow, line: int) -> bool:
    """Takes a row; says whether it changed anything."""
    before, taking.odd = taking.changes, []
    setting = setting_named(taking.session, row.setting)
    setting = setting or taking.new(Setting(name=row.setting), select(Setting.name))
    child = child_of(taking, row, setting, line)
    guardian = _guardian(taking, row, child)
    _tie(taking, child, guardian, row)
    _start(taking, child, guardian, row)
    return taking.changes > before


def _start(taking: Taking, child: Child, guardian: Guardian, row: FamilyRow) -> None:
    """A first day begins the settling-in log and the guardian's first weeks; not one that is long past, and not one
    that has begun already: staff may have moved it by hand."""
    day = taking.day
    if row.starts is None or row.starts < day - FRESH:
        return
    if taking.session.get(Settling, child.id) is None:
        settling.begin(taking.session, child, row.starts)
        taking.changes += 1
    taking.changes += beginnings.begin_on(taking.session, guardian, child.setting_id, row.starts)


def _guardian(taking: Taking, row: FamilyRow, child: Child) -> Guardian:
    """The guardian known by this number, or by name at this child, or a new one. A number that is another's already
    is not taken from them, and not used for this one until staff confirm that they share the phone."""
    contact = contact_at(taking.session, "sms", row.phone) if row.phone else None
    guardian = known_by(taking.session, contact, row.guardian) or known_at(taking.session, child, row.guardian)
    guardian = guardian or taking.add(Guardian(name=row.guardian, language=row.language, channel=row.channel))
    if row.phone and contact is None:
        _number(taking, guardian, row, child)
    elif contact is not None and contact.guardian_id is None:
        taking.set(contact, "guardian_id", guardian.id)
    elif contact is not None and contact.guardian_id != guardian.id:
        taking.changes += propose(taking.session, contact, guardian, taking.now, child.setting_id)
    return guardian


def _number(taking: Taking, guardian: Guardian, row: FamilyRow, child: Child) -> None:
    """A first number is taken. Another one is for staff to confirm: the list may be the older of the two."""
    if all(one.channel != "sms" for one in contacts_of(taking.session, guardian.id or 0)):
        preferred = row.channel == "sms"
        taking.add(Contact(channel="sms", address=row.phone, guardian_id=guardian.id, preferred=preferred))
        return
    taking.changes += raise_task(
        taking.session,
        f"number:{guardian.id}:{row.phone}",
        "another number in the office's list: has it changed?",
        now=taking.now,
        setting_id=child.setting_id,
        guardian_id=guardian.id,
        about=f"coatpeg guardian number {guardian.id} {row.phone}",
    )


def _tie(taking: Taking, child: Child, guardian: Guardian, row: FamilyRow) -> None:
    """The tie as the office states it. What staff have since limited by hand (dates, orders) is not touched."""
    known = select(Guardianship).where(Guardianship.guardian_id == guardian.id, Guardianship.child_id == child.id)
    if taking.session.exec(known).first() is not None:
        return
    taking.add(
        Guardianship(
            guardian_id=guardian.id or 0,
            child_id=child.id or 0,
            relationship=row.relationship,
            parental_responsibility=row.responsibility,
            may_receive=row.may_receive,
            confirmed_at=taking.now if row.may_receive else None,
        )
    )
    hold_newcomer(taking.session, guardian.id or 0, child.id or 0, taking.now)
