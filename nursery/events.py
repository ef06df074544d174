"""Events: what is on for families, when, where, and how easy it is to come."""

from __future__ import annotations

from datetime import datetime, timedelta

from babel import Locale
from sqlalchemy import ColumnElement, and_
from sqlmodel import Field, Session, SQLModel, col, or_, select

from locales import SOURCE
from locales.sentences import D_, Refusal
from nursery.guardians import Topic, children_of
from nursery.recipients import Audience
from nursery.settings import today

SIGNED = "bsl"
"""British Sign Language, beside the spoken languages an interpreter may speak."""

KEPT_IN_CALENDARS = timedelta(days=31)
"""How long a calendar goes on showing what is past."""


class EventRefused(Refusal):
    """An event that can't be kept; the message is the sentence for staff."""


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
    parking: bool | None = None
    creche: bool | None = None
    interpreters: str = ""
    """The languages there is an interpreter for, as tags with commas: "pl,ur,bsl"."""
    notes: str = ""
    capacity: int | None = None
    """People who can come; no limit when not set."""
    made_at: datetime
    cancelled_at: datetime | None = None
    cancel_reason: str = ""
    """Why, in English, as guests are told."""
    cancel_told_at: datetime | None = None
    """When the guests' messages were in the outbox."""

    @property
    def audience(self) -> Audience:
        return Audience(self.setting_id, self.room_id)

    @property
    def languages(self) -> list[str]:
        return [tag for tag in self.interpreters.split(",") if tag]


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
    parking: bool | None = None,
    creche: bool | None = None,
    interpreters: str = "",
    notes: str = "",
    capacity: int | None = None,
) -> Event:
    """Keeps an event. Raises EventRefused."""
    _check(title, starts_at, ends_at, capacity, now)
    event = Event(
        setting_id=audience.setting_id,
        room_id=audience.room_id,
        title=title.strip(),
        starts_at=starts_at,
        ends_at=ends_at,
        place=place.strip(),
        step_free=step_free,
        parking=parking,
        creche=creche,
        interpreters=",".join(language_tags(interpreters)),
        notes=notes.strip(),
        capacity=capacity,
        made_at=now,
    )
    session.add(event)
    session.flush()
    return event


def language_tags(written: str) -> list[str]:
    """The tags of languages written with commas, by tag or English name ("pl, Urdu, BSL"). Raises EventRefused."""
    known = Locale.parse(SOURCE).languages
    tags = {name.casefold(): tag for tag, name in known.items()} | {"british sign language": SIGNED}
    found = []
    for word in (part.strip() for part in written.split(",") if part.strip()):
        tag = word.lower() if word.lower() in known or word.lower() == SIGNED else tags.get(word.casefold())
        if tag is None:
            raise EventRefused(
                D_("%(word)s: write a language as its name or its tag, such as Polish or pl, or BSL."), word=word
            )
        found.append(tag)
    return found


def cancel(session: Session, event: Event, reason: str, now: datetime) -> None:
    """Calls an event off; whoever was coming is told. Raises EventRefused when it is too late or done already."""
    if event.cancelled_at is not None:
        raise EventRefused(D_("%(title)s is called off already."), title=event.title)
    if event.starts_at <= now:
        raise EventRefused(D_("%(title)s has begun already."), title=event.title)
    event.cancelled_at, event.cancel_reason = now, reason.strip()
    session.add(event)


def invited_to(session: Session, guardian_id: int, now: datetime, most: int = 8) -> list[Event]:
    """Coming events a guardian is invited to through a child of theirs, soonest first."""
    ahead = (col(Event.starts_at) > now, col(Event.cancelled_at).is_(None))
    chosen = select(Event).where(_open_to(session, guardian_id, now), *ahead)
    return list(session.exec(chosen.order_by(col(Event.starts_at), col(Event.id)).limit(most)))


def in_calendar(session: Session, guardian_id: int, now: datetime) -> list[Event]:
    """What a guardian's calendar shows: what they are invited to at this moment, the last month's and what is called
    off included, so that it goes from their calendar too."""
    chosen = select(Event).where(_open_to(session, guardian_id, now), col(Event.starts_at) > now - KEPT_IN_CALENDARS)
    return list(session.exec(chosen.order_by(col(Event.starts_at), col(Event.id)).limit(500)))


def starting_within(session: Session, now: datetime, span: timedelta) -> list[Event]:
    """Events that begin within that span from now, soonest first."""
    chosen = select(Event).where(
        col(Event.starts_at) > now, col(Event.starts_at) <= now + span, col(Event.cancelled_at).is_(None)
    )
    return list(session.exec(chosen.order_by(col(Event.starts_at), col(Event.id))))


def called_off(session: Session, now: datetime) -> list[Event]:
    """Those called off that were still ahead and whose guests have not been told."""
    chosen = select(Event).where(
        col(Event.cancelled_at).is_not(None), col(Event.cancel_told_at).is_(None), col(Event.starts_at) > now
    )
    return list(session.exec(chosen.order_by(col(Event.id))))


def _open_to(session: Session, guardian_id: int, now: datetime) -> ColumnElement[bool]:
    children = children_of(session, guardian_id, Topic.EVENTS, today(now))
    rooms = {child.room_id for child in children if child.room_id is not None}
    return and_(
        col(Event.setting_id).in_({child.setting_id for child in children}),
        or_(col(Event.room_id).is_(None), col(Event.room_id).in_(rooms)),
    )


def _check(title: str, starts_at: datetime, ends_at: datetime, capacity: int | None, now: datetime) -> None:
    if not title.strip():
        raise EventRefused(D_("An event needs a title."))
    if starts_at <= now:
        raise EventRefused(D_("The event would begin in the past. Check the date."))
    if ends_at <= starts_at:
        raise EventRefused(D_("The event would end before it begins. Check the times."))
    if capacity is not None and capacity < 1:
        raise EventRefused(D_("The number of places must be 1 or more. Leave it out if there is no limit."))
