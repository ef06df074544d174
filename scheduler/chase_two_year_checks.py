"""The check at two: staff are told that it is due, guardians are asked for their view and told when it is ready."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlmodel import Session, col, select

from bot.database import reading
from bot.outbox import Priority
from bot.pushes import Push, fan_out
from bot.writer import Writer
from nursery import two_year
from nursery.consents import Purpose
from nursery.guardians import Topic
from nursery.people import Child
from nursery.recipients import Audience, recipients
from nursery.settings import today
from nursery.tasks import Task, raise_task
from nursery.two_year import FIRST, TwoYearCheck, check_of


async def run(writer: Writer, now: datetime) -> int:
    """Raises the tasks and puts the messages in the outbox; returns how many rows that is."""
    with reading(writer.engine) as session:
        told = set(session.exec(select(Task.key).where(col(Task.key).startswith("two-year:"))))
        due = [(child, months) for child, months in two_year.due(session, now) if _key(child, months) not in told]
    # a turn each: a group of settings may have thousands on its first day
    added = sum([await writer.do(partial(_remind, child=child, months=months, now=now)) for child, months in due])
    return added + await writer.do(partial(_send_all, now=now))


def _send_all(session: Session, now: datetime) -> int:
    added = sum(_ask(session, check, now) for check in two_year.to_ask(session, now))
    return added + sum(_tell(session, check, now) for check in two_year.to_tell(session, now))


def _key(child: Child, months: int) -> str:
    return f"two-year:{child.id}:{months}"


def _remind(session: Session, *, child: Child, months: int, now: datetime) -> bool:
    """Of a child who has just turned two, guardians are asked for their view at once; later that is for staff to begin,
    so that a setting new to this does not ask about checks that are long done."""
    if child.months(today(now)) == FIRST:
        two_year.ask(session, child, now)
    begun = check_of(session, child) is not None
    return raise_task(
        session,
        _key(child, months),
        "check at two is due" if months == FIRST else "check at two is still due",
        now=now,
        setting_id=child.setting_id,
        staff_id=child.key_person_id,
        child_id=child.id,
        about=f"coatpeg two-year {'show' if begun else 'ask'} {child.id}",
        urgent=months != FIRST,
    )


def _ask(session: Session, check: TwoYearCheck, now: datetime) -> int:
    check.asked_at = now
    session.add(check)
    return _send(session, check, "two_year_view", {"check": check.id}, Topic.PROGRESS, now)


def _tell(session: Session, check: TwoYearCheck, now: datetime) -> int:
    check.told_at = now
    session.add(check)
    asked = {"child": check.child_id, "purpose": Purpose.HEALTH_VISITOR.value}
    told = _send(session, check, "two_year_ready", {"check": check.id}, Topic.PROGRESS, now)
    return told + _send(session, check, "consent_asked", asked, Topic.CARE, now)


def _send(
    session: Session, check: TwoYearCheck, conversation: str, params: dict[str, Any], topic: Topic, now: datetime
) -> int:
    child = session.get_one(Child, check.child_id)
    push = Push(
        key=f"{conversation}:{check.id}",
        conversation=conversation,
        params=params,
        topic=topic,
        setting_id=child.setting_id,
        due_at=now,
        priority=Priority.NOTICE,
    )
    return fan_out(session, push, recipients(Audience(child.setting_id, child_id=child.id), topic, today(now)), now)
