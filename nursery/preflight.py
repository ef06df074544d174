"""The preflight of a notice: whom it would reach, in which languages, and whom not and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlalchemy import select as core_select
from sqlmodel import Session, col

from nursery.guardians import Guardian, Topic
from nursery.notices import Notice
from nursery.recipients import Unreached, recipients, unreachable


@dataclass(frozen=True, slots=True)
class Preflight:
    """What sending would do: guardians by (language, channel), and who would get nothing, with the reason."""

    reached: Mapping[tuple[str, str], int]
    unreached: list[tuple[Guardian, Unreached]]

    @property
    def total(self) -> int:
        return sum(self.reached.values())


def preflight(session: Session, notice: Notice, today: date) -> Preflight:
    """Whom the notice would reach that day, and whom not."""
    to = recipients(notice.audience, Topic.NOTICES, today).subquery("recipient")
    counted = (
        core_select(col(Guardian.language), to.c.channel, func.count())
        .join(to, to.c.guardian_id == col(Guardian.id))
        .group_by(col(Guardian.language), to.c.channel)
        .order_by(func.count().desc(), col(Guardian.language), to.c.channel)
    )
    reached = {(language, channel): number for language, channel, number in session.connection().execute(counted)}
    return Preflight(reached, unreachable(session, notice.audience, Topic.NOTICES, today))
