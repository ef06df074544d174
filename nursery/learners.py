"""Learners at home: the guardians who are sent a learning text, and the ideas that are new to each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func
from sqlalchemy import select as core_select
from sqlmodel import Session, col, select

from nursery.activities import Had, IdeaSent, Pick, pick
from nursery.contacts import Contact
from nursery.guardians import Guardian, Guardianship, Topic, allows, on_roll, wants
from nursery.people import Child
from nursery.profiles import avoided_by
from nursery.recipients import best_contact_id
from nursery.settings import Setting
from nursery.timetable import Sending


@dataclass(frozen=True, slots=True)
class Given:
    """The idea a guardian is to have of a sending."""

    guardian_id: int
    pick: Pick


def learner_ids(session: Session, today: date, after: int) -> list[int]:
    """Guardians above `after` who have not stopped learning texts, in order of id."""
    chosen = (
        select(Guardian.id).where(col(Guardian.id) > after, wants(Topic.LEARNING, today)).order_by(col(Guardian.id))
    )
    return [number for number in session.exec(chosen) if number is not None]


def settings_of(session: Session, after: int, upto: int) -> list[int]:
    """The settings that guardians in (after, upto] have children in."""
    tied = (col(Guardianship.guardian_id) > after, col(Guardianship.guardian_id) <= upto)
    chosen = select(Child.setting_id).join(Guardianship, col(Guardianship.child_id) == col(Child.id)).where(*tied)
    return sorted(set(session.exec(chosen.distinct())))


def new_ideas(session: Session, sending: Sending, after: int, upto: int, today: date) -> list[Given]:
    """An idea for every guardian in (after, upto] who is to have this sending and has none for it yet."""
    if not sending.slot.picks:
        return []
    children: dict[int, list[Child]] = defaultdict(list)
    for guardian_id, child in session.exec(_without_idea(sending, after, upto, today)):
        children[guardian_id].append(child)
    had = _had(session, after, upto) if children else {}
    avoided = avoided_by(session, after, upto)
    picks = {
        guardian_id: pick(guardian_id, mine, had.get(guardian_id, ()), today, avoided.get(guardian_id, frozenset()))
        for guardian_id, mine in children.items()
    }
    return [Given(guardian_id, chosen) for guardian_id, chosen in picks.items() if chosen is not None]


def recipients_of(sending: Sending, setting_id: int, after: int, upto: int, today: date) -> Select[Any]:
    """Rows of (guardian_id, contact_id, channel, child_id) for `bot.outbox.fan_out`: who has the idea and still may."""
    columns: list[ColumnElement[Any]] = [
        col(IdeaSent.guardian_id).label("guardian_id"),
        col(Contact.id).label("contact_id"),
        col(Contact.channel).label("channel"),
        col(IdeaSent.child_id).label("child_id"),
    ]
    still = (
        core_select(col(Guardianship.id))
        .join(Child, col(Child.id) == col(Guardianship.child_id))
        .join(Setting, col(Setting.id) == col(Child.setting_id))
        .where(
            col(Guardianship.guardian_id) == col(Guardian.id),
            col(Guardianship.child_id) == col(IdeaSent.child_id),
            col(Setting.id) == setting_id,
            *_learning(sending, today),
        )
    )
    return (
        core_select(*columns)
        .select_from(Guardian)
        .join(IdeaSent, col(IdeaSent.guardian_id) == col(Guardian.id))
        .join(Contact, col(Contact.id) == best_contact_id(col(Guardian.id)))
        .where(
            col(IdeaSent.guardian_id) > after,
            col(IdeaSent.guardian_id) <= upto,
            *_has_idea(sending),
            wants(Topic.LEARNING, today),
            still.correlate(Guardian, IdeaSent).exists(),
        )
    )


def keep_ideas(session: Session, sending: Sending, given: Sequence[Given], now: datetime) -> list[dict[str, Any]]:
    """The rows of IdeaSent for these, as they are to be inserted where the idea is new to the guardian.

    One that comes again is written here, over the old row.
    """
    rows = [
        {
            "guardian_id": one.guardian_id,
            "child_id": one.pick.child_id,
            "idea": one.pick.idea,
            "kind": sending.slot.series,
            "day": sending.idea_day,
            "at": now,
            "tried": "",
            "try_on": None,
            "asked_at": None,
        }
        for one in given
    ]
    for one, row in zip(given, rows, strict=True):
        if one.pick.again:
            mine = select(IdeaSent).where(IdeaSent.guardian_id == one.guardian_id, IdeaSent.idea == one.pick.idea)
            session.exec(mine).one().sqlmodel_update(row)
    session.flush()
    return [row for one, row in zip(given, rows, strict=True) if not one.pick.again]


def _without_idea(sending: Sending, after: int, upto: int, today: date) -> Any:
    theirs = core_select(col(IdeaSent.id)).where(col(IdeaSent.guardian_id) == col(Guardian.id), *_has_idea(sending))
    return (
        select(Guardianship.guardian_id, Child)
        .join(Guardian, col(Guardian.id) == col(Guardianship.guardian_id))
        .join(Child, col(Child.id) == col(Guardianship.child_id))
        .join(Setting, col(Setting.id) == col(Child.setting_id))
        .where(
            col(Guardian.id) > after,
            col(Guardian.id) <= upto,
            wants(Topic.LEARNING, today),
            *_learning(sending, today),
            ~theirs.correlate(Guardian).exists(),
        )
    )


def _has_idea(sending: Sending) -> tuple[ColumnElement[bool], ...]:
    return col(IdeaSent.kind) == sending.slot.series, col(IdeaSent.day) == sending.idea_day


def _learning(sending: Sending, today: date) -> tuple[ColumnElement[bool], ...]:
    """A tie through which this sending is chosen: by the guardian, or else by the setting."""
    choice = func.coalesce(col(Guardian.learning), col(Setting.learning))
    return allows(Topic.LEARNING, today), on_roll(today), choice.in_(sending.slot.choices)


def _had(session: Session, after: int, upto: int) -> dict[int, list[Had]]:
    within = (col(IdeaSent.guardian_id) > after, col(IdeaSent.guardian_id) <= upto)
    columns = (col(IdeaSent.guardian_id), col(IdeaSent.idea), col(IdeaSent.child_id), col(IdeaSent.at))
    had: dict[int, list[Had]] = defaultdict(list)
    for guardian_id, idea, child_id, moment in session.connection().execute(core_select(*columns).where(*within)):
        had[guardian_id].append(Had(idea, child_id, moment))
    return had
