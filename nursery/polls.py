"""Meeting-time polls: which of these times could you come to, asked of a setting or a room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import JSON, Column
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from locales.sentences import D_, Refusal
from nursery.recipients import Audience

MOST = 8
"""Times of one poll: more is a timetable, and an SMS of four parts."""


class PollRefused(Refusal):
    """A poll that can't be opened or closed; the message is the sentence for staff."""


class Poll(SQLModel, table=True):
    """A meeting for a setting or one room of it, whose time families choose."""

    id: int | None = Field(default=None, primary_key=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    room_id: int | None = Field(default=None, foreign_key="room.id")
    title: str
    minutes: int = 60
    place: str = ""
    opened_at: datetime
    closes_at: datetime
    closed_at: datetime | None = None
    event_id: int | None = Field(default=None, foreign_key="event.id")
    """The event it became; none when every time had passed."""

    @property
    def audience(self) -> Audience:
        return Audience(self.setting_id, self.room_id)

    def is_open(self, now: datetime) -> bool:
        return self.closed_at is None and now < self.closes_at


class PollTime(SQLModel, table=True):
    """One of the times of a poll."""

    __tablename__ = "poll_time"

    id: int | None = Field(default=None, primary_key=True)
    poll_id: int = Field(foreign_key="poll.id", index=True)
    starts_at: datetime


class PollAnswer(SQLModel, table=True):
    """The times one guardian could come to, or none of them; the last answer counts."""

    __tablename__ = "poll_answer"
    __table_args__ = (UniqueConstraint("poll_id", "guardian_id"),)

    id: int | None = Field(default=None, primary_key=True)
    poll_id: int = Field(foreign_key="poll.id")
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    times: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    at: datetime


def open_poll(
    session: Session,
    audience: Audience,
    title: str,
    starts: Sequence[datetime],
    closes_at: datetime,
    *,
    now: datetime,
    minutes: int = 60,
    place: str = "",
) -> Poll:
    """Keeps a poll; the job ask_polls sends it. Raises PollRefused."""
    starts = sorted(set(starts))
    _check(title, starts, closes_at, now)
    poll = Poll(
        setting_id=audience.setting_id,
        room_id=audience.room_id,
        title=title.strip(),
        minutes=minutes,
        place=place.strip(),
        opened_at=now,
        closes_at=closes_at,
    )
    session.add(poll)
    session.flush()
    session.add_all(PollTime(poll_id=poll.id or 0, starts_at=begins) for begins in starts)
    session.flush()
    return poll


def times_of(session: Session, poll: Poll) -> list[PollTime]:
    """Its times, the earliest first."""
    chosen = select(PollTime).where(PollTime.poll_id == poll.id)
    return list(session.exec(chosen.order_by(col(PollTime.starts_at), col(PollTime.id))))


def answer(session: Session, poll: Poll, guardian_id: int, times: Sequence[int], now: datetime) -> None:
    """Keeps what a guardian answered; no time at all is an answer."""
    kept = answer_of(session, poll, guardian_id) or PollAnswer(poll_id=poll.id or 0, guardian_id=guardian_id, at=now)
    kept.times, kept.at = sorted(times), now
    session.add(kept)
    session.flush()


def open_now(session: Session, now: datetime) -> list[Poll]:
    chosen = select(Poll).where(col(Poll.closed_at).is_(None), col(Poll.closes_at) > now)
    return list(session.exec(chosen.order_by(col(Poll.id))))


def to_close(session: Session, now: datetime) -> list[Poll]:
    """Those whose closing time has come."""
    chosen = select(Poll).where(col(Poll.closed_at).is_(None), col(Poll.closes_at) <= now)
    return list(session.exec(chosen.order_by(col(Poll.id))))


def answer_of(session: Session, poll: Poll, guardian_id: int) -> PollAnswer | None:
    mine = select(PollAnswer).where(PollAnswer.poll_id == poll.id, PollAnswer.guardian_id == guardian_id)
    return session.exec(mine).first()


def answers(session: Session, poll: Poll) -> list[PollAnswer]:
    return list(session.exec(select(PollAnswer).where(PollAnswer.poll_id == poll.id).order_by(col(PollAnswer.id))))


def _check(title: str, starts: Sequence[datetime], closes_at: datetime, now: datetime) -> None:
    if not title.strip():
        raise PollRefused(D_("A poll needs a title: what is the meeting about?"))
    if not 2 <= len(starts) <= MOST:
        raise PollRefused(D_("Give two to %(most)s different times with --slot."), most=MOST)
    if not now < closes_at <= starts[0]:
        raise PollRefused(D_("The poll must close after now and before the first of its times."))
