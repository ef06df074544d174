"""Families from the office's list: settings, rooms, children, guardians and the ties between them, from CSV rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, select

from locales.sentences import D_, Sentence
from nursery import beginnings, settling
from nursery.contacts import Contact, contact_at, contacts_of
from nursery.family_rows import FamilyRow, RowRefused, read_row
from nursery.guardians import Guardian, Guardianship
from nursery.holds import hold_newcomer
from nursery.known import known_at, known_by, namesake_at
from nursery.listed_children import child_of, give_pegs
from nursery.oddities import oddities
from nursery.people import Child
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
    session: Session,
    rows: Iterable[Mapping[str, str]],
    now: datetime,
    *,
    test_numbers: bool = False,
    new_settings: bool = False,
) -> Imported:
    """Takes the rows that can be taken and names the others by line (the header is line 1). Twice changes nothing.

    A row in the office's list is the staff's confirmation of the tie it states. No setting comes of a slip: one that is
    much like another is taken only where they are said to be two (`new_settings`).
    """
    rows, result, taking = list(rows), Imported(), Taking(session, now)
    if not new_settings:
        taking.look_for_slips(row.get("setting", "") for row in rows)
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
    """Takes a row; says whether it changed anything. Raises RowRefused."""
    before, taking.odd = taking.changes, []
    setting = taking.setting(row.setting)
    child = child_of(taking, row, setting, line)
    guardian, sure = _guardian(taking, row, child)
    _tie(taking, child, guardian, row, sure=sure)
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


def _guardian(taking: Taking, row: FamilyRow, child: Child) -> tuple[Guardian, bool]:
    """The guardian known by this number, or by name at this child, or a new one, and whether that is sure. A number
    that is another's already is not taken from them, and not used for this one until staff confirm that they share the
    phone."""
    contact = contact_at(taking.session, "sms", row.phone) if row.phone else None
    known = known_by(taking.session, contact, row.guardian) or known_at(taking.session, child, row.guardian)
    namesake = None if known else namesake_at(taking.session, child, row.guardian)
    if namesake is not None:
        known = _one_of_that_name(taking, row, child, namesake)
    guardian = known or taking.add(Guardian(name=row.guardian, language=row.language, channel=row.channel))
    if row.phone and contact is None:
        _number(taking, guardian, row, child)
    elif contact is not None and contact.guardian_id is None:
        taking.set(contact, "guardian_id", guardian.id)
    elif contact is not None and contact.guardian_id != guardian.id:
        taking.changes += propose(taking.session, contact, guardian, taking.now, child.setting_id)
    return guardian, guardian is not namesake


def _one_of_that_name(taking: Taking, row: FamilyRow, child: Child, namesake: Guardian) -> Guardian | None:
    """Two parents of one name are two people unless they have one number: else one would be told of the other's child.
    With no number they may be one, and nothing is sent because of it until staff say so."""
    values = {"name": row.guardian, "child": child.name}
    if row.phone:
        taking.note(
            D_(
                "%(name)s of %(child)s has another number than the guardian of that name whom you have already: "
                "taken as two people"
            ),
            **values,
        )
        return None
    taking.note(
        D_(
            "%(name)s is a guardian of another child already. If they are one person, confirm it: "
            'coatpeg guardian confirm %(number)s --child "%(child)s"'
        ),
        number=namesake.id,
        **values,
    )
    return namesake


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


def _tie(taking: Taking, child: Child, guardian: Guardian, row: FamilyRow, *, sure: bool) -> None:
    """The tie as the office states it, confirmed where it is sure whose it is."""
    known = select(Guardianship).where(Guardianship.guardian_id == guardian.id, Guardianship.child_id == child.id)
    tie = taking.session.exec(known).first()
    if tie is not None:
        _again(taking, tie, guardian, row)
        return
    taking.add(
        Guardianship(
            guardian_id=guardian.id or 0,
            child_id=child.id or 0,
            relationship=row.relationship,
            parental_responsibility=row.responsibility,
            may_receive=row.may_receive,
            confirmed_at=taking.now if row.may_receive and sure else None,
        )
    )
    hold_newcomer(taking.session, guardian.id or 0, child.id or 0, taking.now)


def _again(taking: Taking, tie: Guardianship, guardian: Guardian, row: FamilyRow) -> None:
    """A tie that is here already. What only the list says is taken from it; what staff or the guardian have since
    chosen by hand (topics, dates, orders, the language) is not touched, and the difference is said."""
    if row.responsibility is not None:
        taking.set(tie, "parental_responsibility", row.responsibility)
    if tie.confirmed_at is None and not tie.may_receive and row.may_receive:
        taking.set(tie, "may_receive", row.may_receive)
        taking.set(tie, "confirmed_at", taking.now)
    for column, kept, listed, command in (
        ("may_receive", tie.may_receive, row.may_receive, f"coatpeg guardian topics {guardian.id}"),
        ("language", guardian.language, row.language, f"coatpeg guardian prefer {guardian.id} --language"),
    ):
        if kept != listed:
            taking.note(
                D_(
                    "%(column)s: the list says otherwise than what was chosen here since, and changes nothing. "
                    "To change it: %(command)s"
                ),
                column=column,
                command=command,
            )
