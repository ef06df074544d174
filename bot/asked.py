"""What a push asked, whom and about what: kept with the open question, so that an answer is taken only while it is
theirs to give."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Date, Integer, bindparam, or_
from sqlalchemy import select as core_select
from sqlmodel import Session, col

from bot.statements import Prepared
from nursery.guardians import Guardianship, allows
from nursery.people import Child
from nursery.settings import today

ASKED = "asked_of"
"""The parameter of an open conversation: guardian, setting, topic and child (0 for none) of the push that began it."""


def asked_by(row: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of what a push opens; an answer to a guardian's own words (no topic) is theirs whatever comes."""
    known: dict[str, Any] = row["params"]
    if not row["topic"]:
        return known
    return {**known, ASKED: [row["guardian_id"], row["setting_id"], row["topic"], row["child_id"] or 0]}


def is_theirs(session: Session, params: Mapping[str, Any], guardian_ids: Collection[int | None], now: datetime) -> bool:
    """Whether what was asked may still be answered by one of these: a right may have gone since, and the phone may be
    another's."""
    if ASKED not in params:
        return True
    guardian_id, setting_id, topic, child_id = params[ASKED]
    found = guardian_id in guardian_ids and _tied.rows(
        session, guardian=guardian_id, setting=setting_id, topic=topic, child=child_id, today=today(now)
    )
    return bool(found)


_child: Any = bindparam("child", type_=Integer)
_tied = Prepared(
    lambda _: (
        core_select(col(Guardianship.id))
        .join(Child, col(Child.id) == col(Guardianship.child_id))
        .where(
            col(Guardianship.guardian_id) == bindparam("guardian"),
            col(Child.setting_id) == bindparam("setting"),
            or_(_child == 0, col(Child.id) == _child),
            allows(bindparam("topic", type_=Integer), bindparam("today", type_=Date)),
        )
        .limit(1)
    )
)
