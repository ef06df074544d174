"""Erasing a guardian: everything goes but what the law has the setting keep, and that without their addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_, exists, func, not_, or_, update
from sqlalchemy import select as core_select
from sqlmodel import Field, Session, SQLModel, col, select

from nursery.contacts import Contact, SharedPhone
from nursery.forgetting import not_pointed_at, remove_all
from nursery.guardians import Guardian, Guardianship, on_roll
from nursery.held import HELD, Fate, Held, addresses, of_guardian, table_of
from nursery.people import Child
from nursery.settings import today
from nursery.shared_phones import hand_over

EVIDENCE = ("complaint", "concern")
"""Records whose message is kept as it came, with its photo or voice note."""

STAYING = ("id", "name", "sends_held")
"""What is left of a guardian to whom a kept record belongs."""


class RightsLog(SQLModel, table=True):
    """What was done on a guardian's right: a copy made, or everything erased. It outlives them, so it names a number
    and no person."""

    __tablename__ = "rights_log"

    id: int | None = Field(default=None, primary_key=True)
    guardian_number: int = Field(index=True)
    what: str
    """`exported` or `erased`."""
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Erased:
    """What became of a guardian's rows: how many went, and why others stayed."""

    gone: int
    kept: tuple[str, ...]


def note(session: Session, guardian_id: int, what: str, by: str, now: datetime) -> None:
    session.add(RightsLog(guardian_number=guardian_id, what=what, by=by, at=now))
    session.flush()


def erased_at(session: Session, guardian_id: int) -> datetime | None:
    """When a guardian was erased, or None."""
    chosen = select(RightsLog).where(RightsLog.guardian_number == guardian_id, RightsLog.what == "erased")
    found = session.exec(chosen.order_by(col(RightsLog.id).desc())).first()
    return found.at if found else None


def erase(session: Session, guardian_id: int, now: datetime, *, by: str) -> Erased:
    """Erases a guardian (UK GDPR article 17). Their number is a stranger's from then on. Once more does no harm: what
    had to be kept before, and need not any longer, goes then."""
    _hand_phones_over(session, guardian_id)
    contacts = addresses(session, guardian_id)
    gone = _erase_messages(session, guardian_id, contacts)
    lines = {held.table: held for held in HELD}
    for table in reversed(SQLModel.metadata.sorted_tables):
        held = lines.get(table.name)
        if held is not None and held.table not in ("contact", "inbound_message", "guardianship"):
            gone += _one(session, held, guardian_id, contacts)
    gone += _untie(session, guardian_id, now)
    _withdraw(session, guardian_id, now)
    gone += remove_all(session, _table("contact"), _table("contact").c.id.in_(contacts))
    kept = _kept(session, guardian_id)
    gone += _finish(session, guardian_id, now)
    session.expire_all()
    note(session, guardian_id, "erased", by, now)
    return Erased(gone, kept)


def without_a_tie(session: Session, now: datetime) -> list[int]:
    """Guardians who have left and are tied to no child, and of whom no more than a name would be left."""
    tied = exists().where(col(Guardianship.guardian_id) == col(Guardian.id))
    reached = exists().where(col(Contact.guardian_id) == col(Guardian.id))
    free = not_pointed_at(_table("guardian"), ("contact", "guardianship"))
    chosen = select(Guardian.id).where(col(Guardian.left_on) <= today(now), ~tied, or_(reached, free))
    return [number for number in session.exec(chosen) if number is not None]


def _hand_phones_over(session: Session, guardian_id: int) -> None:
    """A phone they share is the next one's from now on; what came from it stays, for nobody can say whose it was."""
    for contact in session.exec(select(Contact).where(Contact.guardian_id == guardian_id)).all():
        if not hand_over(session, contact):
            for share in session.exec(select(SharedPhone).where(SharedPhone.contact_id == contact.id)).all():
                session.delete(share)
    session.flush()


def _erase_messages(session: Session, guardian_id: int, contacts: list[int]) -> int:
    """What came from them, with what a computer made of it, but for the messages of a complaint's or a concern's
    record, which says whose it is."""
    inbound, translations = _table("inbound_message"), _table("translation")
    first = func.coalesce(inbound.c.corrects_id, inbound.c.id)
    evidence = [exists().where(_table(name).c.inbound_id.in_((inbound.c.id, first))) for name in EVIDENCE]
    theirs = of_guardian(inbound, guardian_id, contacts)
    going = and_(theirs, not_(or_(*evidence)))
    gone = remove_all(session, translations, translations.c.inbound_id.in_(core_select(inbound.c.id).where(going)))
    gone += remove_all(session, inbound, going)
    session.connection().execute(update(inbound).where(inbound.c.guardian_id == guardian_id).values(guardian_id=None))
    return gone


def _one(session: Session, held: Held, guardian_id: int, contacts: list[int]) -> int:
    table = table_of(held)
    theirs = of_guardian(table, guardian_id, contacts)
    if held.fate == Fate.KEPT:
        return 0
    if held.fate == Fate.UNTIED:
        empty = {name: None if table.c[name].nullable else "" for name in held.wiped}
        session.connection().execute(update(table).where(theirs).values({**empty, "guardian_id": None}))
        return 0
    return remove_all(session, table, theirs)


def _untie(session: Session, guardian_id: int, now: datetime) -> int:
    """A tie to a child who attends stays, with no right to be told (EYFS: the setting must know every known parent of
    a child and who has parental responsibility); the others go."""
    ties, day = _table("guardianship"), today(now)
    attends = exists().where(col(Child.id) == ties.c.child_id, on_roll(day))
    gone = remove_all(session, ties, and_(ties.c.guardian_id == guardian_id, ~attends))
    shut = update(ties).where(ties.c.guardian_id == guardian_id).values(may_receive=0, may_collect=False)
    session.connection().execute(shut)
    return gone


def _withdraw(session: Session, guardian_id: int, now: datetime) -> None:
    """No consent of theirs stands any more."""
    consents = _table("consent")
    standing = and_(consents.c.guardian_id == guardian_id, consents.c.withdrawn_at.is_(None))
    session.connection().execute(update(consents).where(standing).values(withdrawn_at=now))


def _kept(session: Session, guardian_id: int) -> tuple[str, ...]:
    """Why what is left is left. What the safeguarding lead may hold has no reason here: that there is any is not
    told."""
    return tuple(held.why for held in HELD if held.why and _any(session, held, guardian_id))


def _any(session: Session, held: Held, guardian_id: int) -> bool:
    table = table_of(held)
    rows = core_select(func.count()).select_from(table).where(table.c.guardian_id == guardian_id)
    return int(session.connection().execute(rows).scalar_one()) > 0


def _finish(session: Session, guardian_id: int, now: datetime) -> int:
    """The guardian's own row goes too where nothing points at it; else it is left with the name alone."""
    table = _table("guardian")
    mine: ColumnElement[bool] = table.c.id == guardian_id
    if remove_all(session, table, and_(mine, not_pointed_at(table))):
        return 1
    blank = {name: Guardian.model_fields[name].default for name in Guardian.model_fields if name not in STAYING}
    session.connection().execute(update(table).where(mine).values({**blank, "left_on": today(now)}))
    return 0


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]
