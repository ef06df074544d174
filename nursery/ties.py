"""Ties as staff change them: confirmed, narrowed, ended, limited by a court, and a guardian who leaves."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from locales.sentences import D_, Refusal
from nursery.guardians import ANY_TOPIC, Guardian, Guardianship, on_roll
from nursery.holds import hold_newcomer
from nursery.people import Child


class TieRefused(Refusal):
    """A change to a tie that can't be made so; the message is the sentence for staff."""


def ties_of(session: Session, guardian_id: int) -> list[tuple[Guardianship, Child]]:
    """Every tie of a guardian, ended and unconfirmed ones too, with its child, by name."""
    chosen = (
        select(Guardianship, Child)
        .join(Child, col(Child.id) == col(Guardianship.child_id))
        .where(Guardianship.guardian_id == guardian_id)
        .order_by(col(Child.name), col(Child.id))
    )
    return list(session.exec(chosen))


def unconfirmed(session: Session, today: date) -> list[tuple[Guardian, Guardianship, Child]]:
    """The ties through which nothing is sent until staff confirm them, by child."""
    chosen = (
        select(Guardian, Guardianship, Child)
        .join(Guardianship, col(Guardianship.guardian_id) == col(Guardian.id))
        .join(Child, col(Child.id) == col(Guardianship.child_id))
        .where(col(Guardianship.confirmed_at).is_(None), on_roll(today))
        .order_by(col(Child.name), col(Guardian.name))
    )
    return list(session.exec(chosen))


def confirm(session: Session, tie: Guardianship, now: datetime, topics: int | None = None) -> None:
    """From now on this guardian may be told of the topics: those given, else those noted, else all of them."""
    tie.confirmed_at = tie.confirmed_at or now
    tie.may_receive = topics if topics is not None else (tie.may_receive or int(ANY_TOPIC))
    session.add(tie)
    _return(session, tie)
    hold_newcomer(session, tie.guardian_id, tie.child_id, now)


def allow_topics(session: Session, tie: Guardianship, topics: int) -> None:
    """What this guardian may be told about this child from now on; nothing of it while the tie is not confirmed."""
    tie.may_receive = topics
    session.add(tie)


def end(session: Session, tie: Guardianship, last_day: date | None) -> None:
    """The last day of the tie, such as a foster placement's; None for a tie with no end."""
    tie.ends_on = last_day
    session.add(tie)
    _return(session, tie)


def _return(session: Session, tie: Guardianship) -> None:
    """Whose time with a child goes on beyond the day they left, or were to leave, has not left."""
    guardian = session.get_one(Guardian, tie.guardian_id)
    if guardian.left_on is not None and (tie.ends_on is None or tie.ends_on >= guardian.left_on):
        guardian.left_on = None
        session.add(guardian)


def limit(session: Session, tie: Guardianship, start: date, until: date | None) -> None:
    """A court's limit on contact, from the first day to the last; with no last day until it is lifted.

    Children Act 1989, section 8: an order may limit what a parent is told. Raises TieRefused.
    """
    if until is not None and until < start:
        raise TieRefused(D_("--until is before --from."))
    tie.restricted_from, tie.restricted_until = start, until
    session.add(tie)


def lift(session: Session, tie: Guardianship) -> None:
    """The limit is over."""
    tie.restricted_from = tie.restricted_until = None
    session.add(tie)


def is_limited(session: Session, guardian_id: int, setting_id: int, day: date) -> bool:
    """Whether a court's limit stands that day between this guardian and any child of the setting."""
    standing = (
        select(Guardianship.id)
        .join(Child, col(Child.id) == col(Guardianship.child_id))
        .where(
            Guardianship.guardian_id == guardian_id,
            Child.setting_id == setting_id,
            col(Guardianship.restricted_from) <= day,
            col(Guardianship.restricted_until).is_(None) | (col(Guardianship.restricted_until) >= day),
        )
    )
    return session.exec(standing.limit(1)).first() is not None


def leave(session: Session, guardian: Guardian, on: date) -> None:
    """From that day they are told nothing: each tie ends the day before, if not earlier."""
    guardian.left_on = on
    session.add(guardian)
    last_day = on - timedelta(days=1)
    for tie, _ in ties_of(session, guardian.id or 0):
        tie.ends_on = min(tie.ends_on or last_day, last_day)
        session.add(tie)
    session.flush()


def shut_since(session: Session, day: date) -> list[Guardianship]:
    """The ties that were open the day before and from this day are not: ended the day before, or limited from today."""
    begins = and_(
        col(Guardianship.restricted_from) == day,
        or_(col(Guardianship.restricted_until).is_(None), col(Guardianship.restricted_until) >= day),
    )
    chosen = select(Guardianship).where(or_(col(Guardianship.ends_on) == day - timedelta(days=1), begins))
    return list(session.exec(chosen.order_by(col(Guardianship.id))))


def ending(session: Session, last_day: date) -> list[tuple[Guardianship, Child]]:
    """The confirmed ties whose last day that is, of children still with us; not of a guardian who leaves altogether,
    since staff entered that themselves."""
    chosen = (
        select(Guardianship, Child)
        .join(Child, col(Child.id) == col(Guardianship.child_id))
        .join(Guardian, col(Guardian.id) == col(Guardianship.guardian_id))
        .where(
            Guardianship.ends_on == last_day,
            col(Guardianship.confirmed_at).is_not(None),
            col(Guardian.left_on).is_(None),
            on_roll(last_day),
        )
        .order_by(col(Guardianship.id))
    )
    return list(session.exec(chosen))
