"""Answers to events: who is coming, with how many and what help, and who waits for a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from nursery.events import Event
from nursery.guardians import Topic, children_of
from nursery.settings import Setting, today

TO_ANSWER = timedelta(hours=24)
"""How long a place that has become free is kept for whoever is told of it."""

BEFORE_START = timedelta(hours=1)
AT_LEAST = timedelta(minutes=30)


class Coming(StrEnum):
    """What a guardian has answered, and where that puts them."""

    YES = "coming"
    NO = "not"
    MAYBE = "maybe"
    WAITING = "waiting"
    """Wants to come, and is on the waiting list."""
    OFFERED = "offered"
    """A place has become free for them and is kept until they answer."""
    LAPSED = "lapsed"
    """They did not answer in time, and somebody else was waiting."""


TAKES_PLACES = (Coming.YES.value, Coming.OFFERED.value)


class Help(StrEnum):
    """What someone needs to be able to take part."""

    INTERPRETER = "interpreter"
    CRECHE = "creche"
    ACCESS = "access"
    FOOD = "food"


class Rsvp(SQLModel, table=True):
    """What one guardian has answered to one event; the last answer counts."""

    __table_args__ = (UniqueConstraint("event_id", "guardian_id"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    answer: str
    people: int = 1
    wants: str = ""
    """Kinds of Help, with commas."""
    needs: str = ""
    """What they need in their own words."""
    inbound_id: int | None = Field(default=None, foreign_key="inbound_message.id")
    """The message those words came in."""
    at: datetime
    """When they joined the list they are on: places go to who has waited longest."""
    promoted_at: datetime | None = None
    """When a place became free for them; they are told of it."""
    answer_by: datetime | None = None
    """Until when that place is kept for them."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who comes with a guardian, and what would help them to take part."""

    people: int = 1
    wants: Sequence[str] = ()
    needs: str = ""
    inbound_id: int | None = None


def rsvp_of(session: Session, event_id: int, guardian_id: int) -> Rsvp | None:
    return session.exec(select(Rsvp).where(Rsvp.event_id == event_id, Rsvp.guardian_id == guardian_id)).first()


def respond(
    session: Session, event: Event, guardian_id: int, answer: Coming, now: datetime, party: Party | None = None
) -> Coming:
    """Keeps a guardian's answer and returns where it puts them: an event that is full makes "coming" a waiting one.

    A place given up is offered to whoever has waited longest. Without a party, what was known of it stays; who has
    places already keeps them where there is no room for more.
    """
    event_id = event.id or 0
    locked(session, event_id)
    rsvp = rsvp_of(session, event_id, guardian_id) or Rsvp(
        event_id=event_id, guardian_id=guardian_id, answer="", at=now
    )
    before = rsvp.people
    if party is not None:
        _bring(rsvp, party)
    if answer == Coming.YES and rsvp.answer in TAKES_PLACES and rsvp.people > before and not fits(session, event, rsvp):
        rsvp.people = before
    if answer == Coming.YES and not fits(session, event, rsvp):
        answer = Coming.WAITING
    if rsvp.answer != answer:
        rsvp.at, rsvp.promoted_at, rsvp.answer_by = now, None, None
    rsvp.answer = answer.value
    session.add(rsvp)
    session.flush()
    offer_places(session, event, now)
    return answer


def places_taken(session: Session, event_id: int, *, but: int | None = None) -> int:
    """How many people are coming or have a place kept; `but` leaves one guardian out."""
    taken = select(func.coalesce(func.sum(col(Rsvp.people)), 0)).where(
        Rsvp.event_id == event_id, col(Rsvp.answer).in_(TAKES_PLACES), col(Rsvp.guardian_id) != (but or 0)
    )
    return int(session.exec(taken).one())


def guests(session: Session, event_id: int, *answers: Coming) -> list[Rsvp]:
    """Who has given one of these answers (any, when none is named), in the order of their list."""
    chosen = select(Rsvp).where(Rsvp.event_id == event_id)
    if answers:
        chosen = chosen.where(col(Rsvp.answer).in_([answer.value for answer in answers]))
    return list(session.exec(chosen.order_by(col(Rsvp.at), col(Rsvp.id))))


def answer_by(event: Event, told_at: datetime) -> datetime:
    """Until when a place is kept: a day, or until an hour before the event, yet never less than half an hour."""
    last = max(event.starts_at - BEFORE_START, told_at + AT_LEAST)
    return min(told_at + TO_ANSWER, last, event.starts_at)


def locked(session: Session, event_id: int) -> Event:
    """The event, held until this is done: two may want the last place, or one answer as it lapses."""
    return session.exec(select(Event).where(Event.id == event_id).with_for_update()).one()


def may_come(session: Session, event: Event, guardian_id: int, now: datetime) -> bool:
    """Whether they may still hear of the setting's events: who has left, or whose tie has ended, is invited no more."""
    children = children_of(session, guardian_id, Topic.EVENTS, today(now))
    return any(child.setting_id == event.setting_id for child in children)


def fits(session: Session, event: Event, rsvp: Rsvp, *, instead_of: int = 0) -> bool:
    """Whether there is room for a guest and who comes with them, if need be instead of another's."""
    if event.capacity is None:
        return True
    taken = places_taken(session, event.id or 0, but=instead_of or rsvp.guardian_id)
    return taken + rsvp.people <= event.capacity


def offer_places(session: Session, event: Event, now: datetime) -> None:
    """Keeps what is free for those who have waited longest."""
    if event.capacity is None or event.starts_at <= now:
        return
    for rsvp in guests(session, event.id or 0, Coming.WAITING):
        if fits(session, event, rsvp) and may_come(session, event, rsvp.guardian_id, now):
            told_at = session.get_one(Setting, event.setting_id).polite(now)
            rsvp.answer, rsvp.promoted_at = Coming.OFFERED.value, now
            rsvp.answer_by = answer_by(event, told_at)
            session.add(rsvp)
            session.flush()


def _bring(rsvp: Rsvp, party: Party) -> None:
    """What was said before of their needs stays when nothing is said of them now."""
    rsvp.people = party.people
    rsvp.wants = ",".join(party.wants) or rsvp.wants
    if party.needs:
        rsvp.needs, rsvp.inbound_id = party.needs, party.inbound_id
