"""The preflight of a notice: whom it would reach, in which languages, and whom not and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, false, func, or_
from sqlalchemy import select as core_select
from sqlmodel import Session, col

from nursery.guardians import Guardian, Topic
from nursery.notices import Notice, said_before
from nursery.recipients import Audience, Unreached, recipients, unreachable


@dataclass(frozen=True, slots=True)
class Preflight:
    """What sending would do: guardians by (language, channel), and who would get nothing, with the reason."""

    reached: Mapping[tuple[str, str], int]
    unreached: list[tuple[Guardian, Unreached]]
    messages: Mapping[tuple[str, str], int]
    """How many messages that is: one to a phone that several of them share."""
    told: int = 0
    """Guardians who have been told the same within the day, as with another room, and get it once."""

    @property
    def total(self) -> int:
        return sum(self.reached.values())


def preflight(session: Session, notice: Notice, today: date) -> Preflight:
    """Whom the notice would reach that day, and whom not. What is the same as one of the day before is not told again
    (product rule 5)."""
    earlier = [] if notice.child_id is not None else said_before(session, notice)
    to = recipients(notice.audience, Topic.NOTICES, today).subquery("recipient")
    had = _told(to.c.guardian_id, [one.audience for one in earlier], today)
    counted = (
        core_select(col(Guardian.language), to.c.channel, func.count(), func.count(to.c.contact_id.distinct()))
        .join(to, to.c.guardian_id == col(Guardian.id))
        .where(~had)
        .group_by(col(Guardian.language), to.c.channel)
        .order_by(func.count().desc(), col(Guardian.language), to.c.channel)
    )
    found = [((language, channel), *numbers) for language, channel, *numbers in session.connection().execute(counted)]
    missed = unreachable(session, notice.audience, Topic.NOTICES, today)
    told = session.connection().execute(core_select(func.count()).select_from(to).where(had)).scalar_one()
    return Preflight({lane: many for lane, many, _ in found}, missed, {lane: many for lane, _, many in found}, told)


def _told(guardian_id: ColumnElement[int], audiences: Iterable[Audience], today: date) -> ColumnElement[bool]:
    """Whether a guardian is one of those audiences as well."""
    found = [recipients(one, Topic.NOTICES, today).subquery() for one in audiences]
    return or_(false(), *(guardian_id.in_(core_select(one.c.guardian_id)) for one in found))
