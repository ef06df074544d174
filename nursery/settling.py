"""Settling in: a child's first weeks, a note a day from the key person, and how each guardian says it was at home."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from locales.sentences import D_, Refusal
from nursery import tone
from nursery.attendance import away_on
from nursery.observations import may_approve
from nursery.opening import is_open, next_open_day
from nursery.people import Child, Staff
from nursery.settings import Setting, at, today

MOST = 400
"""Characters of a note, as of a snippet."""

DAYS = 10
"""Nursery days of settling in, unless staff say otherwise."""


class SettlingRefused(Refusal):
    """A note or a date that can't be kept; the message is the sentence for staff."""


class AtHome(StrEnum):
    """How a child was at home afterwards."""

    CALM = "calm"
    SO_SO = "so-so"
    CALL = "call"
    WORDS = "words"


class Settling(SQLModel, table=True):
    """The first weeks of a child: from a day on, for so many days that the nursery is open."""

    child_id: int = Field(primary_key=True, foreign_key="child.id")
    settling_from: date
    settling_until: date
    """The last of the days."""


class SettlingNote(SQLModel, table=True):
    """What the key person says of one day. Written by whoever signs it off, so it goes without waiting."""

    __tablename__ = "settling_note"
    __table_args__ = (UniqueConstraint("child_id", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    child_id: int = Field(foreign_key="child.id", index=True)
    staff_id: int = Field(foreign_key="staff.id")
    day: date
    words: str
    made_at: datetime
    sent_at: datetime | None = None
    """When every guardian's message was in the outbox."""


class SettlingReply(SQLModel, table=True):
    """How one guardian says it was at home; for the key person, and never for another guardian."""

    __tablename__ = "settling_reply"
    __table_args__ = (UniqueConstraint("note_id", "guardian_id"),)

    id: int | None = Field(default=None, primary_key=True)
    note_id: int = Field(foreign_key="settling_note.id")
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    answer: str
    words: str = ""
    inbound_id: int | None = Field(default=None, foreign_key="inbound_message.id")
    at: datetime


def begin(session: Session, child: Child, first: date, days: int = DAYS) -> Settling:
    """Sets a child's first weeks; a second time moves them. Raises SettlingRefused."""
    if not 1 <= days <= 60:
        raise SettlingRefused(D_("Settling in lasts 1 to 60 nursery days."))
    last = first if is_open(session, child.setting_id, first) else next_open_day(session, child.setting_id, first)
    for _ in range(days - 1):
        last = next_open_day(session, child.setting_id, last)
    settling = session.get(Settling, child.id) or Settling(
        child_id=child.id or 0, settling_from=first, settling_until=last
    )
    settling.settling_from, settling.settling_until = first, last
    session.add(settling)
    session.flush()
    return settling


def write(
    session: Session,
    child: Child,
    words: str,
    staff: Staff,
    now: datetime,
    *,
    concern: bool = False,
    sure: bool = False,
) -> SettlingNote:
    """Keeps today's note; written again before it has left, the new words count.

    Raises SettlingRefused, for a concern always (product rule 7: concerns never go by text), and ConcernRefused for
    what reads like one unless the writer is `sure` that it is none.
    """
    words = words.strip()
    if concern:
        raise SettlingRefused(D_("A concern never goes by text. Book a talk with the family instead."))
    if not may_approve(staff, child):
        raise SettlingRefused(D_("Only the child's key person or the manager writes the settling-in note."))
    if not words or len(words) > MOST:
        raise SettlingRefused(D_("A note needs words: how was the day? %(most)s characters at most."), most=MOST)
    tone.check(words, sure=sure)
    settling = session.get(Settling, child.id)
    if settling is None or not settling.settling_from <= today(now) <= settling.settling_until:
        raise SettlingRefused(
            D_("%(child)s is not settling in today. Set it: coatpeg settle NAME --from DAY."), child=child.first_name
        )
    note = note_of(session, child.id or 0, today(now))
    if note is not None and note.sent_at is not None:
        raise SettlingRefused(D_("Today's note about %(child)s has gone already."), child=child.first_name)
    note = note or SettlingNote(child_id=child.id or 0, staff_id=0, day=today(now), words="", made_at=now)
    note.words, note.staff_id = words, staff.id or 0
    session.add(note)
    session.flush()
    return note


def note_of(session: Session, child_id: int, day: date) -> SettlingNote | None:
    return session.exec(select(SettlingNote).where(SettlingNote.child_id == child_id, SettlingNote.day == day)).first()


def unsent(session: Session, now: datetime) -> list[SettlingNote]:
    """Notes of today that guardians have not been sent; yesterday's news is not sent today."""
    chosen = select(SettlingNote).where(col(SettlingNote.sent_at).is_(None), SettlingNote.day == today(now))
    return list(session.exec(chosen.order_by(col(SettlingNote.id))))


def missing(session: Session, now: datetime) -> list[Child]:
    """Children settling in whose day is over without a note, by name; one who was away, or a day closed, needs none."""
    day = today(now)
    chosen = (
        select(Child, Setting)
        .join(Settling, col(Settling.child_id) == col(Child.id))
        .join(Setting, col(Setting.id) == col(Child.setting_id))
        .where(col(Settling.settling_from) <= day, col(Settling.settling_until) >= day, col(Child.left_on).is_(None))
        .order_by(col(Child.name), col(Child.id))
    )
    over = [(child, setting) for child, setting in session.exec(chosen) if now >= at(day, setting.closes)]
    return [child for child, _ in over if _was_here(session, child, day) and not note_of(session, child.id or 0, day)]


def reply(
    session: Session,
    note: SettlingNote,
    guardian_id: int,
    answer: AtHome,
    now: datetime,
    *,
    words: str = "",
    inbound_id: int | None = None,
) -> None:
    """Keeps how it was at home; the last answer counts."""
    mine = select(SettlingReply).where(SettlingReply.note_id == note.id, SettlingReply.guardian_id == guardian_id)
    kept = session.exec(mine).first() or SettlingReply(note_id=note.id or 0, guardian_id=guardian_id, answer="", at=now)
    kept.answer, kept.words, kept.inbound_id, kept.at = answer.value, words, inbound_id, now
    session.add(kept)


def notes_of(session: Session, child_id: int) -> list[SettlingNote]:
    """A child's notes, the first day first."""
    chosen = select(SettlingNote).where(SettlingNote.child_id == child_id)
    return list(session.exec(chosen.order_by(col(SettlingNote.day))))


def replies_to(session: Session, note: SettlingNote) -> list[SettlingReply]:
    """For staff alone."""
    return list(
        session.exec(select(SettlingReply).where(SettlingReply.note_id == note.id).order_by(col(SettlingReply.id)))
    )


def end_of(day: date) -> datetime:
    """Until when a day's note still makes sense: noon of the day after."""
    return at(day + timedelta(days=1), time(12))


def _was_here(session: Session, child: Child, day: date) -> bool:
    if not is_open(session, child.setting_id, day):
        return False
    return all(away.id != child.id for away, _ in away_on(session, child.setting_id, day))
