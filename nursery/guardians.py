"""Guardians and what ties each to a child: who may be told what, and when not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import IntFlag
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, Table, and_, bindparam, or_
from sqlalchemy import select as core_select
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from bot.statements import Prepared
from nursery.people import Child


class Topic(IntFlag):
    """What messages are about, as far as a guardian may have them or stop them one by one."""

    NOTICES = 1
    LEARNING = 2
    PROGRESS = 4
    EVENTS = 8
    SURVEYS = 16
    CARE = 32
    """The thread about the child's own day: absence, settling in, reviews."""


ANY_TOPIC = Topic(sum(Topic))

LEARNING_CHOICES = ("daily", "weekly", "one", "none")
"""Every day, three a week, one a week, or only when asked (product rule 1)."""

TODAY: ColumnElement[date] = bindparam("today", type_=Date)
"""The day of a prepared statement."""


class Guardian(SQLModel, table=True):
    """A parent or carer: anyone who looks after a child, birth parent or not. One thread each."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    language: str = "en_GB"
    channel: str = "sms"
    """Where they asked to be written to; until they have joined there, their other address serves."""
    learning: str | None = None
    """Their own choice of LEARNING_CHOICES; none when they have not chosen and the setting's holds."""
    stopped_topics: int = 0
    paused_from: date | None = None
    """The first day of a pause that has been told of ahead; none when it began at once."""
    paused_until: date | None = None
    left_on: date | None = None
    sends_held: bool = False
    """Automated sends wait until the safeguarding lead releases them."""


class Guardianship(SQLModel, table=True):
    """The tie between a guardian and a child. Until staff confirm it, nothing is sent because of it."""

    __table_args__ = (UniqueConstraint("guardian_id", "child_id"),)

    id: int | None = Field(default=None, primary_key=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    child_id: int = Field(foreign_key="child.id", index=True)
    relationship: str = ""
    parental_responsibility: bool | None = None
    lives_with: bool | None = None
    may_receive: int = 0
    """Topics this guardian may be told of about this child."""
    may_collect: bool = False
    confirmed_at: datetime | None = None
    ends_on: date | None = None
    restricted_from: date | None = None
    restricted_until: date | None = None
    """A court's limit on contact; with no end it stands until staff lift it."""


def allows(topic: Topic | ColumnElement[int], today: date | ColumnElement[date]) -> ColumnElement[bool]:
    """The condition on a Guardianship under which its guardian may be told of `topic` that day.

    The one statement of the family rules: confirmed, not ended, no contact limit in force, the topic allowed.
    """
    return and_(
        col(Guardianship.confirmed_at).is_not(None),
        or_(col(Guardianship.ends_on).is_(None), col(Guardianship.ends_on) >= today),
        or_(
            col(Guardianship.restricted_from).is_(None),
            col(Guardianship.restricted_from) > today,
            col(Guardianship.restricted_until) < today,
        ),
        col(Guardianship.may_receive).op("&")(topic) != 0,
    )


def wants(topic: Topic | ColumnElement[int], today: date | ColumnElement[date]) -> ColumnElement[bool]:
    """The condition on a Guardian who has neither left, paused, nor stopped the topic. Whoever's sends are held for the
    safeguarding lead is among them: nothing about a family may show that it is."""
    return and_(
        or_(col(Guardian.left_on).is_(None), col(Guardian.left_on) > today),
        or_(
            col(Guardian.paused_until).is_(None),
            col(Guardian.paused_until) < today,
            col(Guardian.paused_from) > today,
        ),
        col(Guardian.stopped_topics).op("&")(topic) == 0,
    )


def is_paused(guardian: Guardian, today: date) -> bool:
    """What `wants` says of a pause, of one guardian in hand."""
    begun = guardian.paused_from is None or guardian.paused_from <= today
    return begun and guardian.paused_until is not None and guardian.paused_until >= today


def children_of(session: Session, guardian_id: int, topic: Topic, today: date) -> list[Child]:
    """The children this guardian may speak and hear about, by name; a tie changed a line before counts as changed."""
    session.flush()  # the driver's own statements do not
    return _children.records(session, Child, guardian=guardian_id, topic=int(topic), today=today)


def differ(session: Session, guardian_ids: Iterable[int], today: date) -> bool:
    """Whether these guardians may speak and hear about different children that day."""
    known = {tuple(one.id for one in children_of(session, number, ANY_TOPIC, today)) for number in guardian_ids}
    return len(known) > 1


def on_roll(today: date | ColumnElement[date]) -> ColumnElement[bool]:
    return or_(col(Child.left_on).is_(None), col(Child.left_on) > today)


_CHILD: Table = SQLModel.metadata.tables["child"]
_TIE: Table = SQLModel.metadata.tables["guardianship"]


@Prepared
def _children(_: str) -> Select[Any]:
    """Nearly every message asks it."""
    return (
        core_select(*_CHILD.c)
        .join(_TIE, _TIE.c.child_id == _CHILD.c.id)
        .where(
            _TIE.c.guardian_id == bindparam("guardian"),
            allows(bindparam("topic", type_=Integer), TODAY),
            on_roll(TODAY),
        )
        .order_by(_CHILD.c.name, _CHILD.c.id)
    )


def may_be_told(session: Session, guardian_id: int, child_id: int, topic: Topic, today: date) -> bool:
    """Whether, at this moment, this guardian may be told of `topic` about this child."""
    found = (
        select(Guardianship.id)
        .join(Guardian, col(Guardian.id) == col(Guardianship.guardian_id))
        .where(
            Guardianship.guardian_id == guardian_id,
            Guardianship.child_id == child_id,
            allows(topic, today),
            wants(topic, today),
        )
    )
    return session.exec(found).first() is not None
