"""Events: what is on for families, who is coming, and who waits for a place."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, or_, select

from nursery.guardians import Topic, children_of
from nursery.recipients import Audience
from nursery.settings import today


class EventRefused(Exception):
    """An event that can't be kept; the message is the sentence for staff."""


class Coming(StrEnum):
    """What a guardian has answered."""

    YES = "coming"
    NO = "not"
    MAYBE = "maybe"
    WAITING = "waiting"
    """Wants to come, and is on the waiting list."""


class Event(SQLModel, table=True):
    """Something families are invited to, by a setting or one room of it."""

    id: int | None = Field(default=None, primary_key=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    room_id: int | None = Field(default=None, foreign_key="room.id")
    title: str
    starts_at: datetime = Field(index=True)
    ends_at: datetime
    place: str = ""
    step_free: bool | None = None
    notes: str = ""
    capacity: int | None = None
    """People who can come; no limit when not set."""
    made_at: datetime
    cancelled_at: datetime | None = None

    @property
    def audience(self) -> Audience:
        return Audience(self.setting_id, self.room_id)


class Rsvp(SQLModel, table=True):
    """What one guardian has answered to one event; the last answer counts."""

    __table_args__ = (UniqueConstraint("event_id", "guardian_id"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    answer: str
    people: int = 1
    needs: str = ""
    at: datetime
    """When they joined the list they are on: places go to who has waited longest."""
    promoted_at: datetime | None = None
    """When a place became free for them; they are told of it."""


def add_event(
    session: Session,
    audience: Audience,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    *,
    now: datetime,
    place: str = "",
    step_free: bool | None = None,
    notes: str = "",
    capacity: int | None = None,
) -> Event:
    """Keeps an event. Raises EventRefused."""
    if not title.strip():
        raise EventRefused("An event needs a title.")
    if starts_at <= now:
        raise EventRefused("The event would begin in the past. Check the date.")
    if ends_at <= starts_at:
        raise EventRefused("The event would end before it begins. Check the times.")
    if capacity is not None and capacity < 1:
        raise EventRefused("The number of places must be 1 or more. Leave it out if there is no limit.")
    event = Event(
        setting_id=audience.setting_id,
        room_id=audience.room_id,
        title=title.strip(),
        starts_at=starts_at,
        ends_at=ends_at,
        place=place.strip(),
        step_free=step_free,
        notes=notes.strip(),
        capacity=capacity,
        made_at=now,
    )
    session.add(event)
    session.flush()
    return event


def invited_to(session: Session, guardian_id: int, now: datetime, most: int = 8) -> list[Event]:
    """Coming events a guardian is invited to through a child of theirs, soonest first."""
    children = children_of(session, guardian_id, Topic.EVENTS, today(now))
    rooms = {child.room_id for child in children if child.room_id is not None}
    chosen = (
        select(Event)
        .where(
            col(Event.setting_id).in_({child.setting_id for child in children}),
            or_(col(Event.room_id).is_(None), col(Event.room_id).in_(rooms)),
            col(Event.starts_at) > now,
            col(Event.cancelled_at).is_(None),
        )
        .order_by(col(Event.starts_at), col(Event.id))
        .limit(most)
    )
    return list(session.exec(chosen))


def starting_within(session: Session, now: datetime, span: timedelta) -> list[Event]:
    """Events that begin within that span from now, soonest first."""
    chosen = select(Event).where(
        col(Event.starts_at) > now, col(Event.starts_at) <= now + span, col(Event.cancelled_at).is_(None)
    )
    return list(session.exec(chosen.order_by(col(Event.starts_at), col(Event.id))))


def rsvp_of(session: Session, event_id: int, guardian_id: int) -> Rsvp | None:
    return session.exec(select(Rsvp).where(Rsvp.event_id == event_id, Rsvp.guardian_id == guardian_id)).first()


def respond(
    session: Session, event: Event, guardian_id: int, answer: Coming, now: datetime, *, people: int = 1, needs: str = ""
) -> Coming:
    """Keeps a guardian's answer and returns where it puts them: an event that is full makes "coming" a waiting one.

    A place given up goes to whoever has waited longest.
    """
    event_id = event.id or 0
    session.exec(select(Event).where(Event.id == event_id).with_for_update()).one()  # two may want the last place
    before = rsvp_of(session, event_id, guardian_id)
    rsvp = before or Rsvp(event_id=event_id, guardian_id=guardian_id, answer="", at=now)
    if answer == Coming.YES and not _has_room(session, event, guardian_id, people):
        answer = Coming.WAITING
    if rsvp.answer != answer:
        rsvp.at, rsvp.promoted_at = now, None
    rsvp.answer, rsvp.people, rsvp.needs = answer.value, people, needs or rsvp.needs
    session.add(rsvp)
    session.flush()
    _fill_places(session, event, now)
    return answer


def places_taken(session: Session, event_id: int, *, but: int | None = None) -> int:
    """How many people are coming; `but` leaves one guardian out."""
    taken = select(func.coalesce(func.sum(col(Rsvp.people)), 0)).where(
        Rsvp.event_id == event_id, Rsvp.answer == Coming.YES, col(Rsvp.guardian_id) != (but or 0)
    )
    return int(session.exec(taken).one())


def promoted(session: Session, now: datetime) -> list[Rsvp]:
    """Answers that a free place has turned into "coming", of events still ahead."""
    chosen = (
        select(Rsvp)
        .join(Event, col(Event.id) == col(Rsvp.event_id))
        .where(
            col(Rsvp.promoted_at).is_not(None),
            Rsvp.answer == Coming.YES,
            col(Event.starts_at) > now,
            col(Event.cancelled_at).is_(None),
        )
        .order_by(col(Rsvp.id))
    )
    return list(session.exec(chosen))


def _has_room(session: Session, event: Event, guardian_id: int, people: int) -> bool:
    if event.capacity is None:
        return True
    return places_taken(session, event.id or 0, but=guardian_id) + people <= event.capacity


def _fill_places(session: Session, event: Event, now: datetime) -> None:
    waiting = select(Rsvp).where(Rsvp.event_id == event.id, Rsvp.answer == Coming.WAITING)
    for rsvp in session.exec(waiting.order_by(col(Rsvp.at), col(Rsvp.id))).all():
        if _has_room(session, event, rsvp.guardian_id, rsvp.people):
            rsvp.answer, rsvp.promoted_at = Coming.YES.value, now
            session.add(rsvp)
            session.flush()
