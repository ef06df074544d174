"""Tells parents in writing the outcome of what they complained of; on paper where it may not go by message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select as core_select
from sqlmodel import Session

from bot.database import reading
from bot.outbox import TABLE, State
from bot.writer import Writer
from nursery import outcomes
from nursery.complaints import Complaint, raise_for
from scheduler.answering import Answered, tell

CONVERSATION = "complaint_outcome"

SAID_ELSEWHERE = ("moved", "taken up again")
"""Reasons for which an outcome was not sent that leave nothing to do."""


async def run(writer: Writer, now: datetime) -> int:
    """Puts new outcomes in the outbox; returns how many rows that is, tasks for those out of reach included."""
    with reading(writer.engine) as session:
        waiting = [one.id or 0 for one in outcomes.untold(session, now)]
        unsent = _unsent(session)
    added = sum([await writer.do(partial(_tell, number=number, now=now)) for number in waiting])
    return added + sum([await writer.do(partial(_by_hand, row=row, now=now)) for row in unsent])


def _tell(session: Session, *, number: int, now: datetime) -> bool:
    told = session.get_one(Complaint, number)
    if told.told_at is not None or told.outcome_at is None:
        return False
    told.told_at = now
    session.add(told)
    return tell(session, _outcome(told), now)


def _outcome(told: Complaint) -> Answered:
    """One that can't be sent is given in writing by whoever looks into it."""
    return Answered(
        key=f"{CONVERSATION}:{told.id}:look:{told.looks}",
        guardian_id=told.guardian_id,
        setting_id=told.setting_id,
        conversation=CONVERSATION,
        params={"complaint": told.id, "look": told.looks},
        unsent="complaint about the manager: outcome not sent" if told.about_manager else "complaint outcome not sent",
        staff_id=told.handler_id,
        child_id=told.child_id,
        about=told.reference,
        urgent=True,
    )


def _unsent(session: Session) -> list[Mapping[str, Any]]:
    """Outcomes that were kept back as they were to leave: a limit stood, or the address was shut."""
    columns = (TABLE.c.key, TABLE.c.reason, TABLE.c.params)
    chosen = core_select(*columns).where(
        TABLE.c.key > f"{CONVERSATION}:",
        TABLE.c.key < f"{CONVERSATION};",  # the sign after the colon: a span of the unique index
        TABLE.c.state == State.SUPPRESSED.value,
        TABLE.c.reason.not_in(SAID_ELSEWHERE),
    )
    return [dict(row._mapping) for row in session.connection().execute(chosen.order_by(TABLE.c.id))]


def _by_hand(session: Session, *, row: Mapping[str, Any], now: datetime) -> bool:
    """The task, once; where a limit stood, the complainant is told that the outcome comes on paper."""
    case = session.get(Complaint, row["params"]["complaint"])
    if case is None or case.looks != row["params"]["look"]:
        return False
    new = _raise(session, case, row["key"], on_paper=row["reason"] == outcomes.ON_PAPER, now=now)
    if new and row["reason"] == outcomes.ON_PAPER:
        tell(session, _ready(case), now)
    return new


def _raise(session: Session, case: Complaint, key: str, *, on_paper: bool, now: datetime) -> bool:
    paper = (
        "complaint about the manager: outcome to give on paper"
        if case.about_manager
        else "complaint outcome to give on paper"
    )
    return raise_for(session, case, f"{key}:by hand", paper if on_paper else _outcome(case).unsent, now)


def _ready(case: Complaint) -> Answered:
    """It names no child; who can't be reached either is on the task already."""
    return Answered(
        key=f"complaint_ready:{case.id}:look:{case.looks}",
        guardian_id=case.guardian_id,
        setting_id=case.setting_id,
        conversation="complaint_ready",
        params={"complaint": case.id},
        unsent=_outcome(case).unsent,
        staff_id=case.handler_id,
        about=case.reference,
        urgent=True,
        task_key=f"{CONVERSATION}:{case.id}:look:{case.looks}:guardian:{case.guardian_id}:by hand",
    )
