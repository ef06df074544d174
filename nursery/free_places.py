"""Free places of events: who one is kept for, and those that go on to the next who waits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col, select

from nursery.events import Event
from nursery.rsvps import TAKES_PLACES, Coming, Rsvp, fits, guests, locked, may_come, offer_places


def offered(session: Session, now: datetime) -> list[Rsvp]:
    """Whoever a free place is kept for, of events still ahead."""
    chosen = (
        select(Rsvp)
        .join(Event, col(Event.id) == col(Rsvp.event_id))
        .where(Rsvp.answer == Coming.OFFERED.value, col(Event.starts_at) > now, col(Event.cancelled_at).is_(None))
        .order_by(col(Rsvp.id))
    )
    return list(session.exec(chosen))


def let_lapse(session: Session, now: datetime) -> int:
    """Places that nobody answered for in time, and those of whoever is no more invited, go to the next who waits;
    returns how many. With nobody waiting the place stays theirs."""
    late = [one for one in offered(session, now) if one.answer_by is not None and one.answer_by <= now]
    lapsed = sum(_lapse(session, one, now) for one in [*late, *_without_right(session, now)])
    for event in _waited_for(session, now):  # what somebody's leaving or erasing has freed
        offer_places(session, locked(session, event.id or 0), now)
    return lapsed


def _without_right(session: Session, now: datetime) -> Iterator[Rsvp]:
    for event in _waited_for(session, now):
        for rsvp in guests(session, event.id or 0, Coming.YES, Coming.OFFERED):
            if not may_come(session, event, rsvp.guardian_id, now):
                yield rsvp


def _waited_for(session: Session, now: datetime) -> list[Event]:
    """Events still ahead for which somebody waits."""
    waiting = select(Rsvp.event_id).where(Rsvp.answer == Coming.WAITING.value)
    ahead = (col(Event.starts_at) > now, col(Event.cancelled_at).is_(None))
    return list(session.exec(select(Event).where(col(Event.id).in_(waiting), *ahead).order_by(col(Event.id))))


def _lapse(session: Session, rsvp: Rsvp, now: datetime) -> bool:
    event = locked(session, rsvp.event_id)
    before = rsvp.answer
    session.refresh(rsvp)
    if rsvp.answer != before or before not in TAKES_PLACES:
        return False
    waiting = guests(session, rsvp.event_id, Coming.WAITING)
    freed = {"instead_of": rsvp.guardian_id}
    if not any(fits(session, event, one, **freed) for one in waiting if may_come(session, event, one.guardian_id, now)):
        return False
    rsvp.answer, rsvp.at = Coming.LAPSED.value, now
    session.add(rsvp)
    session.flush()
    offer_places(session, event, now)
    return True
