"""Ends ties on their day: staff are told the day before, and from the day after nothing waits or stands open."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from bot.shut_out import take_back
from bot.writer import Writer
from nursery import rounds, ties
from nursery.guardians import Guardianship
from nursery.people import Child
from nursery.settings import today
from nursery.tasks import raise_task

AHEAD = (timedelta(days=1), timedelta(0))
"""The day before its last day; and that day itself, for what was entered late or fell on a day we were not running."""


async def run(writer: Writer, now: datetime) -> int:
    """Shuts out whose tie has ended by its date or is limited from today; raises a task for each tie that ends today or
    tomorrow. Returns how many of these are new."""
    await writer.do(partial(_shut_out_all, now=now))
    return await writer.do(partial(_tell_all, now=now))


def _shut_out_all(session: Session, now: datetime) -> None:
    """As the command does where a change holds at once. Once a tie and day: what is begun afterwards stays open."""
    day = today(now)
    for tie in ties.shut_since(session, day):
        key = f"shut out:{tie.id}:{day.isoformat()}"
        if rounds.round_of(session, key).done_at is None:
            take_back(session, tie.guardian_id, tie.child_id, now)
            rounds.finish(session, key, now)


def _tell_all(session: Session, now: datetime) -> int:
    found = [one for ahead in AHEAD for one in ties.ending(session, today(now) + ahead)]
    return sum(_tell(session, tie, child, now) for tie, child in found)


def _tell(session: Session, tie: Guardianship, child: Child, now: datetime) -> bool:
    assert tie.ends_on is not None  # chosen by it
    return raise_task(
        session,
        f"tie ends:{tie.id}:{tie.ends_on.isoformat()}",
        "a guardian's time with the child ends",
        now=now,
        setting_id=child.setting_id,
        staff_id=child.key_person_id,
        guardian_id=tie.guardian_id,
        child_id=child.id,
        about=f"last day {tie.ends_on.isoformat()}; from the day after nothing is sent",
    )
