"""Preferences: what a guardian has chosen of how we write to them, and for how long not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import Select
from sqlalchemy import select as core_select
from sqlmodel import Field, Session, SQLModel, col, select

from bot.statements import Prepared, among
from nursery.contacts import Contact, ContactState, contacts_of
from nursery.guardians import LEARNING_CHOICES, Guardian, Topic, is_paused
from nursery.settings import Setting, at, local

STOPPABLE = (Topic.NOTICES, Topic.LEARNING, Topic.PROGRESS, Topic.EVENTS, Topic.SURVEYS)
"""What may be stopped by itself. The thread about the child's own day stops only with everything."""

WAITS = Topic.LEARNING | Topic.PROGRESS | Topic.SURVEYS
"""What can wait for the hour a guardian likes; a notice or a reminder can't."""


class Hour(StrEnum):
    """The part of the day a guardian likes messages in that can wait."""

    ANY = ""
    MORNING = "morning"
    MIDDAY = "midday"
    PICK_UP = "pick-up"
    EVENING = "evening"


BEGINS = {Hour.MORNING: time(8), Hour.MIDDAY: time(11), Hour.PICK_UP: time(16), Hour.EVENING: time(18)}
LASTS = timedelta(hours=3)


class Format(StrEnum):
    """In which form notices and policies are made for a guardian, beside the message itself (policy S3)."""

    TEXT = "text"
    LARGE = "large print"
    EASY = "easy read"
    BRAILLE = "braille"
    AUDIO = "voice note"


class Preference(SQLModel, table=True):
    """The hour and the format one guardian has chosen."""

    id: int | None = Field(default=None, primary_key=True)
    guardian_id: int = Field(foreign_key="guardian.id", unique=True)
    hour: str = Hour.ANY
    format: str = Format.TEXT


def preference_of(session: Session, guardian_id: int) -> Preference:
    """What they have chosen; what nobody has chosen is any hour and plain text, and not kept."""
    found = session.exec(select(Preference).where(Preference.guardian_id == guardian_id)).first()
    return found or Preference(guardian_id=guardian_id)


def prefer(session: Session, guardian_id: int, *, hour: str | None = None, form: str | None = None) -> None:
    """Keeps a choice; what is not given stays as it is."""
    kept = preference_of(session, guardian_id)
    kept.hour = kept.hour if hour is None else Hour(hour)
    kept.format = kept.format if form is None else Format(form)
    session.add(kept)
    session.flush()


def hours_of(session: Session, guardians: Iterable[int]) -> Mapping[int, Hour]:
    """The hours of those among them who have chosen one."""
    session.flush()  # the driver's own statements do not
    return {guardian_id: Hour(hour) for guardian_id, hour in _hours.rows(session, guardians=list(guardians))}


@Prepared
def _hours(dialect: str) -> Select[int, str]:
    theirs = among(Preference.guardian_id, "guardians", dialect)
    return core_select(col(Preference.guardian_id), col(Preference.hour)).where(
        theirs, col(Preference.hour) != Hour.ANY
    )


def good_moment(hour: Hour, moment: datetime, setting: Setting) -> datetime:
    """The moment itself if it is in the part of the day they like, else when that next begins.

    What a guardian has chosen goes before the setting's quiet hours: an evening is polite to who asked for it.
    """
    if hour == Hour.ANY:
        return setting.polite(moment)
    begins = at(local(moment).date(), BEGINS[hour])
    if begins <= moment < begins + LASTS:
        return moment
    return begins if moment < begins else at(local(moment).date() + timedelta(days=1), BEGINS[hour])


def step_ideas(guardian: Guardian, setting: Setting, *, more: bool) -> str | None:
    """The next choice of ideas above or below what the guardian has now; None at the end of the scale."""
    scale = LEARNING_CHOICES[::-1]
    place = scale.index(guardian.learning or setting.learning) + (1 if more else -1)
    return scale[place] if 0 <= place < len(scale) else None


def channels_of(session: Session, guardian_id: int) -> list[str]:
    """The channels this guardian can be written to on now, the preferred one first."""
    working = [one.channel for one in contacts_of(session, guardian_id) if one.state == ContactState.ACTIVE]
    return list(dict.fromkeys(working))


def use_channel(session: Session, guardian: Guardian, channel: str) -> None:
    """From now on the guardian is written to there; the other addresses stay as they are."""
    guardian.channel = channel
    session.add(guardian)
    found = False
    for contact in contacts_of(session, guardian.id or 0):
        contact.preferred = not found and _works_on(contact, channel)
        found = found or contact.preferred
        session.add(contact)
    session.flush()


def toggle(session: Session, guardian: Guardian, topic: Topic) -> bool:
    """Stops a topic, or starts it again; says whether it is sent from now on."""
    guardian.stopped_topics ^= int(topic)
    session.add(guardian)
    return is_sent(guardian, topic)


def is_sent(guardian: Guardian, topic: Topic) -> bool:
    return not guardian.stopped_topics & topic


def is_reached(guardian: Guardian, topic: Topic, today: date) -> bool:
    """Whether neither a pause of theirs nor a kind of message stopped keeps a message of this kind from them."""
    return is_sent(guardian, topic) and not is_paused(guardian, today)


def pause(session: Session, guardian: Guardian, until: date, first: date | None = None) -> None:
    """Nothing is sent by itself from the first day (or now) until the last is over; answers still are."""
    guardian.paused_from, guardian.paused_until = first, until
    session.add(guardian)


def has_pause(guardian: Guardian, today: date) -> bool:
    """Whether a pause is on, or told of ahead."""
    return guardian.paused_until is not None and guardian.paused_until >= today


def end_pause(session: Session, guardian: Guardian) -> None:
    guardian.paused_from = guardian.paused_until = None
    session.add(guardian)


def _works_on(contact: Contact, channel: str) -> bool:
    return contact.channel == channel and contact.state == ContactState.ACTIVE
