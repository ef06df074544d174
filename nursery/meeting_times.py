"""Meeting times: the one of a poll that leaves fewest out, the event it becomes, and who is left out still."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from sqlmodel import Session, col, select

from locales.sentences import D_
from nursery import events
from nursery.guardians import Guardian
from nursery.polls import Poll, PollAnswer, PollRefused, answer_of, answers, times_of
from nursery.tasks import raise_task

Time = TypeVar("Time")


def fewest_excluded(times: Sequence[Time], answers: Collection[Collection[Time]]) -> Time:
    """The time that the fewest of those who answered are excluded from; of equals the earliest.

    `times` are in order, at least one.
    S0: "We consult with parents about the times of meetings to avoid excluding anyone."
    """
    return min(times, key=lambda time: sum(time not in answer for answer in answers))


def close(session: Session, poll: Poll, now: datetime) -> events.Event | None:
    """Chooses the time and makes the event, and tells staff how many are left out; None when every time has passed.

    Raises PollRefused when it is closed already.
    """
    if poll.closed_at is not None:
        raise PollRefused(D_("Poll %(number)s is closed already."), number=poll.id)
    poll.closed_at = now
    session.add(poll)
    ahead = [time for time in times_of(session, poll) if time.starts_at > now]
    given = answers(session, poll)
    if not ahead:
        _tell_staff(session, poll, "no time left", now)
        return None
    chosen = fewest_excluded([time.id or 0 for time in ahead], [one.times for one in given])
    starts_at = next(time.starts_at for time in ahead if time.id == chosen)
    ends_at = starts_at + timedelta(minutes=poll.minutes)
    event = events.add_event(session, poll.audience, poll.title, starts_at, ends_at, now=now, place=poll.place)
    poll.event_id = event.id
    can = sum(chosen in one.times for one in given)
    _tell_staff(session, poll, f"{can} can come, {len(given) - can} can't", now)
    return event


def can_come(session: Session, poll: Poll, guardian_id: int) -> bool | None:
    """Whether a guardian could come to the time chosen; None when they did not answer."""
    answered = answer_of(session, poll, guardian_id)
    event = session.get(events.Event, poll.event_id) if poll.event_id else None
    if answered is None or event is None:
        return None
    return any(time.starts_at == event.starts_at and time.id in answered.times for time in times_of(session, poll))


def standing(session: Session, poll: Poll) -> Mapping[int, list[Guardian]]:
    """By time: who could not come to it, by name. For staff alone."""
    chosen = (
        select(PollAnswer, Guardian)
        .join(Guardian, col(Guardian.id) == col(PollAnswer.guardian_id))
        .where(PollAnswer.poll_id == poll.id)
    )
    found = list(session.exec(chosen.order_by(col(Guardian.name), col(Guardian.id))))
    return {time.id or 0: [who for one, who in found if time.id not in one.times] for time in times_of(session, poll)}


def decided(session: Session, now: datetime) -> list[tuple[Poll, events.Event]]:
    """Closed ones whose event is still ahead: whoever answered and has not been told is told now."""
    chosen = select(Poll, events.Event).join(events.Event, col(events.Event.id) == col(Poll.event_id))
    ahead = chosen.where(col(events.Event.starts_at) > now, col(events.Event.cancelled_at).is_(None))
    return list(session.exec(ahead.order_by(col(Poll.id))))


def _tell_staff(session: Session, poll: Poll, outcome: str, now: datetime) -> None:
    raise_task(
        session,
        f"poll:{poll.id}:closed",
        "meeting time chosen" if poll.event_id else "meeting time to choose",
        now=now,
        setting_id=poll.setting_id,
        about=f"poll {poll.id}: {outcome}",
    )
