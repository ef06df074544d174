"""What had changed for a family, and was on its way as a hold began, is taken back: whoever holds it tells them."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlalchemy import or_, update
from sqlalchemy import select as core_select
from sqlmodel import Session, col, select

from bot.database import reading
from bot.outbox import TABLE, State
from bot.writer import Writer
from nursery import holds
from nursery.guardians import Guardian

TOLD_BY_HAND = {"event_cancelled": "event", "event_place": "place", "booking_cancelled": "time"}
"""By the beginning of a message's key, what the task calls it: days later it would be of no use to anybody."""

WAITING = TABLE.c.state.in_((State.DUE.value, State.HELD.value))


async def run(writer: Writer, now: datetime) -> int:
    """Raises a task for each, and the message does not go, whenever the family is released; returns how many tasks."""
    with reading(writer.engine) as session:
        kept_back = _kept_back(session, now)
    return sum([await writer.do(partial(_take_over, number=number, now=now)) for number in kept_back])


def _kept_back(session: Session, now: datetime) -> list[int]:
    held = select(Guardian.id).where(col(Guardian.sends_held))
    changed = or_(*(TABLE.c.key.startswith(f"{kind}:", autoescape=True) for kind in TOLD_BY_HAND))
    useful = TABLE.c.expires_at > now
    chosen = core_select(TABLE.c.id).where(TABLE.c.guardian_id.in_(held), WAITING, changed, useful)
    return list(session.connection().execute(chosen.order_by(TABLE.c.id)).scalars())


def _take_over(session: Session, *, number: int, now: datetime) -> bool:
    """One conditional UPDATE: what a sender has claimed meanwhile is no task."""
    gone = {"state": State.CANCELLED.value, "reason": "told by hand", "done_at": now}
    named = (TABLE.c.key, TABLE.c.guardian_id, TABLE.c.setting_id, TABLE.c.expires_at)
    taken = update(TABLE).where(TABLE.c.id == number, WAITING).values(gone).returning(*named)
    row = session.connection().execute(taken).first()
    if row is None:
        return False
    key = row.key.partition(":guardian:")[0]
    kind, about = key.split(":")[:2]
    what = f"{TOLD_BY_HAND[kind]} {about}"
    return holds.tell_by_hand(session, key, row.guardian_id, row.setting_id, what, row.expires_at, now)
