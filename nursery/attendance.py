"""Attendance: who is away, from when until when, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, Table, bindparam
from sqlalchemy import select as core_select
from sqlmodel import Field, Session, SQLModel, col, or_, select

from bot.statements import Prepared
from nursery.inbox import InboundMessage
from nursery.opening import is_open, next_open_day
from nursery.people import Child
from nursery.settings import Setting, local


class Reason(StrEnum):
    """Why a child is away."""

    ILL = "ill"
    HOLIDAY = "holiday"
    APPOINTMENT = "appointment"
    OTHER = "other"


class Absence(SQLModel, table=True):
    """A child away from the first day to the last, both included, as a guardian told it."""

    id: int | None = Field(default=None, primary_key=True)
    child_id: int = Field(foreign_key="child.id", index=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    first_day: date
    last_day: date
    reason: str
    words: str = ""
    inbound_id: int | None = Field(default=None, foreign_key="inbound_message.id")
    """The message those words came in."""
    told_at: datetime


TABLE: Table = SQLModel.metadata.tables["absence"]


def next_session(session: Session, setting: Setting, now: datetime) -> date:
    """The day a parent means by "away": today until the setting closes, then the next day it opens."""
    here = local(now)
    if here.time() < setting.closes and is_open(session, setting.id or 0, here.date()):
        return here.date()
    return next_open_day(session, setting.id or 0, here.date())


def tell_away(session: Session, absence: Absence) -> Absence:
    """Keeps an absence. Told again by the same guardian for days that overlap, the one there is brought up to date.
    What another guardian of the child told stays theirs: neither is to read it from their own record."""
    known = _overlapping(session, absence)
    if known is None:
        session.add(absence)
        session.flush()
        return absence
    known.first_day, known.last_day = min(known.first_day, absence.first_day), absence.last_day
    known.reason, known.told_at = absence.reason, absence.told_at
    known.words, known.inbound_id = absence.words, absence.inbound_id
    session.add(known)
    session.flush()
    return known


def standing(session: Session, guardian_id: int, day: date) -> list[Absence]:
    """What this guardian has told that lasts until that day or comes after it, the next first."""
    session.flush()  # the driver's own statements do not
    return _standing.records(session, Absence, guardian=guardian_id, day=day)


@Prepared
def _standing(_: str) -> Select[Any]:
    """Whoever says that a child is away asks it."""
    day = bindparam("day", type_=TABLE.c.last_day.type)
    mine = core_select(TABLE).where(TABLE.c.guardian_id == bindparam("guardian"), TABLE.c.last_day >= day)
    return mine.order_by(TABLE.c.first_day, TABLE.c.id)


def told_in(session: Session, guardian_id: int, messages: Sequence[int]) -> list[Absence]:
    """What a guardian told in these messages: it was noted at the moment one came, or its words came in one."""
    moments = select(InboundMessage.received_at).where(col(InboundMessage.id).in_(messages))
    told = or_(col(Absence.told_at).in_(moments), col(Absence.inbound_id).in_(messages))
    return list(session.exec(select(Absence).where(Absence.guardian_id == guardian_id, told).order_by(col(Absence.id))))


def take_back(session: Session, known: Absence, day: date) -> None:
    """From that day on the child comes after all. What has begun stays, until the day before; what has not is gone."""
    if known.first_day >= day:
        session.delete(known)
        return
    known.last_day = day - timedelta(days=1)
    session.add(known)


def change(session: Session, known: Absence, told: Absence, day: date) -> Absence:
    """Puts what is told now, from that day on, in the place of what was. Days that are over stay as they were told."""
    goes_on = known.first_day < day and told.first_day <= day
    if not goes_on:
        take_back(session, known, day)
        session.flush()
    return tell_away(session, told)


def away_on(session: Session, setting_id: int, day: date) -> list[tuple[Child, Absence]]:
    """The children of a setting who are away that day, by name; each once, as long as any guardian has said."""
    chosen = (
        select(Child, Absence)
        .join(Absence, col(Absence.child_id) == col(Child.id))
        .where(Child.setting_id == setting_id, col(Absence.first_day) <= day, col(Absence.last_day) >= day)
        .order_by(col(Child.name), col(Child.id), col(Absence.last_day).desc(), col(Absence.id))
    )
    found: dict[int | None, tuple[Child, Absence]] = {}
    for child, absence in session.exec(chosen):
        found.setdefault(child.id, (child, absence))
    return list(found.values())


def _overlapping(session: Session, absence: Absence) -> Absence | None:
    chosen = select(Absence).where(
        Absence.child_id == absence.child_id,
        Absence.guardian_id == absence.guardian_id,
        col(Absence.first_day) <= absence.last_day,
        col(Absence.last_day) >= absence.first_day,
    )
    return session.exec(chosen.order_by(col(Absence.id))).first()
