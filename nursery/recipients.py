"""Recipients: who of an audience is to be written to, at which address, and who can't be and why."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, case, func, literal
from sqlalchemy import Integer as SqlInteger
from sqlalchemy import select as core_select
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import Session, col, select

from locales.sentences import D_
from nursery.contacts import Contact, ContactState, SharedPhone, has_said_stop
from nursery.guardians import Guardian, Guardianship, Topic, allows, is_paused, on_roll, wants
from nursery.people import Child

CHUNK = 2000
"""Guardians of one fan-out statement: about 20 ms of the writer. Fewer would want more commits, each with its turn of
the disk."""

SPAN = 10_000
"""Guardian ids one statement may look through, so that a small setting among many never holds the writer either."""


Bound: TypeAlias = int | ColumnElement[int]
"""A guardian's id, or the name of one that is given when the statement is run."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom something is for: all of a setting, one room, or one child's guardians."""

    setting_id: int
    room_id: int | None = None
    child_id: int | None = None

    def children(self, today: date) -> ColumnElement[bool]:
        """The condition on a Child of this audience, on roll that day."""
        chosen = [col(Child.setting_id) == self.setting_id, on_roll(today)]
        if self.room_id is not None:
            chosen.append(col(Child.room_id) == self.room_id)
        if self.child_id is not None:
            chosen.append(col(Child.id) == self.child_id)
        return and_(*chosen)


class Unreached(StrEnum):
    """Why a guardian can't be sent something, as staff read it."""

    NO_CONTACT = D_("no working number or chat")
    STOPPED = D_("said stop")
    PAUSED = D_("has paused messages")
    TOPIC = D_("has stopped this kind of message")
    NOT_CONFIRMED = D_("not confirmed by staff yet")
    NOT_ALLOWED = D_("may not be told of this")


def recipients(
    audience: Audience, topic: Topic, today: date, after: Bound = 0, upto: Bound | None = None
) -> Select[Any]:
    """Rows of (guardian_id, contact_id, channel, child_id) for `bot.outbox.fan_out`, one a guardian.

    Only guardians with an id above `after`, up to `upto`, so that a large fan-out may go in chunks. `child_id` is null
    unless the audience is one child's. EXISTS and a correlated LIMIT 1 keep it at a few index probes a guardian.
    """
    within = [col(Guardian.id) > after] if upto is None else [col(Guardian.id) > after, col(Guardian.id) <= upto]
    columns: list[ColumnElement[Any]] = [
        col(Guardian.id).label("guardian_id"),
        col(Contact.id).label("contact_id"),
        col(Contact.channel).label("channel"),
        literal(audience.child_id, SqlInteger).label("child_id"),
    ]
    return (
        core_select(*columns)
        .select_from(Guardian)
        .join(Contact, col(Contact.id) == best_contact_id(col(Guardian.id)))
        .where(*within, wants(topic, today), _tied(audience, today, allows(topic, today)))
    )


def is_recipient(session: Session, audience: Audience, topic: Topic, today: date, guardian_id: int) -> bool:
    """Whether this guardian, at this moment, may be told of it as one of the audience."""
    tie = core_select(col(Guardianship.id)).join(Child, col(Child.id) == col(Guardianship.child_id))
    chosen = tie.where(col(Guardianship.guardian_id) == guardian_id, audience.children(today), allows(topic, today))
    return session.connection().execute(chosen.limit(1)).first() is not None


@cache
def best_contact_id(guardian_id: Mapped[int | None]) -> ColumnElement[Any]:
    """The address to write to, as a correlated select; it says what `contacts.best_contact` says of one guardian."""
    mine, other = aliased(Contact), aliased(Contact)
    said_stop = (
        core_select(col(other.id))
        .where(col(other.guardian_id) == col(mine.guardian_id), col(other.state) == ContactState.STOPPED.value)
        .correlate(mine)
    )
    own = (
        core_select(col(mine.id))
        .where(col(mine.guardian_id) == guardian_id, col(mine.state) == ContactState.ACTIVE.value, ~said_stop.exists())
        .order_by(case((col(mine.preferred), 0), else_=1), col(mine.id))
        .limit(1)
        .correlate(Guardian)
        .scalar_subquery()
    )
    return func.coalesce(own, _shared_contact_id(guardian_id))


def _shared_contact_id(guardian_id: Mapped[int | None]) -> ColumnElement[Any]:
    """The phone shared with another; looked for only where there is no address of one's own."""
    phone, own = aliased(Contact), aliased(Contact)
    said_stop = core_select(col(own.id)).where(
        col(own.guardian_id) == guardian_id, col(own.state) == ContactState.STOPPED.value
    )
    return (
        core_select(col(phone.id))
        .join(SharedPhone, col(SharedPhone.contact_id) == col(phone.id))
        .where(
            col(SharedPhone.guardian_id) == guardian_id,
            col(SharedPhone.confirmed_at).is_not(None),
            col(phone.state) == ContactState.ACTIVE.value,
            ~said_stop.correlate(Guardian).exists(),
        )
        .order_by(col(phone.id))
        .limit(1)
        .correlate(Guardian)
        .scalar_subquery()
    )


def audience_ids(session: Session, audience: Audience, today: date, after: int = 0) -> list[int]:
    """The guardians of an audience, in order of id, to cut it into chunks: which of them are to be written to is for
    `recipients` to say, and costs several times as much."""
    tied = (
        core_select(col(Guardianship.guardian_id))
        .join(Child, col(Child.id) == col(Guardianship.child_id))
        .where(audience.children(today), col(Guardianship.guardian_id) > after)
        .distinct()
        .order_by(col(Guardianship.guardian_id))
    )
    return list(session.connection().execute(tied).scalars())


def chunks(ids: Sequence[int], size: int = CHUNK, span: int = SPAN) -> Iterator[tuple[int, int]]:
    """Cuts ascending ids into bounds (after, upto] of at most `size` of them, and at most `span` wide."""
    start = 0
    while start < len(ids):
        end = min(start + size, bisect_left(ids, ids[start] + span, start))
        yield ids[start] - 1, ids[end - 1]
        start = end


def unreachable(session: Session, audience: Audience, topic: Topic, today: date) -> list[tuple[Guardian, Unreached]]:
    """The audience's guardians who would get nothing, by name, each with the first reason that stands in the way."""
    to = recipients(audience, topic, today).subquery("recipient")
    missed = (
        select(Guardian)
        .where(
            _tied(audience, today), ~core_select(to.c.guardian_id).where(to.c.guardian_id == col(Guardian.id)).exists()
        )
        .order_by(col(Guardian.name), col(Guardian.id))
    )
    return [(guardian, _why(session, guardian, audience, topic, today)) for guardian in session.exec(missed)]


def _tied(audience: Audience, today: date, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    tie = (
        core_select(col(Guardianship.id))
        .join(Child, col(Child.id) == col(Guardianship.child_id))
        .where(col(Guardianship.guardian_id) == col(Guardian.id), audience.children(today), *conditions)
    )
    return tie.correlate(Guardian).exists()


def _why(session: Session, guardian: Guardian, audience: Audience, topic: Topic, today: date) -> Unreached:
    ties = session.exec(
        select(Guardianship, allows(topic, today))
        .join(Child, col(Child.id) == col(Guardianship.child_id))
        .where(Guardianship.guardian_id == guardian.id, audience.children(today))
    ).all()
    if not any(allowed for _, allowed in ties):
        confirmed = any(tie.confirmed_at for tie, _ in ties)
        return Unreached.NOT_ALLOWED if confirmed else Unreached.NOT_CONFIRMED
    if guardian.left_on is not None and guardian.left_on <= today:
        return Unreached.NOT_ALLOWED
    if is_paused(guardian, today):
        return Unreached.PAUSED
    if guardian.stopped_topics & topic:
        return Unreached.TOPIC
    return Unreached.STOPPED if has_said_stop(session, guardian.id or 0) else Unreached.NO_CONTACT
