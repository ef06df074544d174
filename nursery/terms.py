"""Terms: when a guardian is asked again whether the way we write still suits, and what each has answered."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from nursery.beginnings import Beginning
from nursery.contacts import Contact
from nursery.guardians import Guardian

TUESDAY = 1
WINDOW = timedelta(days=14)
"""How long after its day a term may still be asked about."""

SETTLED = timedelta(days=28)
"""Who has joined less long ago has just been asked."""


class TermAnswer(SQLModel, table=True):
    """What one guardian answered in a term: `right`, or `change`."""

    __tablename__ = "term_answer"
    __table_args__ = (UniqueConstraint("guardian_id", "term"),)

    id: int | None = Field(default=None, primary_key=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    term: str
    answer: str
    at: datetime


def asked_on(year: int) -> dict[str, date]:
    """The day of each term of a year: the third Tuesday of January and of September, the last Tuesday of April.

    Councils in England set their own terms, which begin in early January, after Easter and in early September: by
    these days all have begun, and none is a bank holiday.
    """
    may = date(year, 5, 1)
    return {
        f"{year}-01": _tuesday(date(year, 1, 15)),
        f"{year}-04": _tuesday(may - timedelta(days=7)),
        f"{year}-09": _tuesday(date(year, 9, 15)),
    }


def term_to_ask(today: date) -> str | None:
    """The term to ask about today, such as "2027-01"; none for most of the year."""
    days = asked_on(today.year)
    return next((term for term, day in days.items() if day <= today < day + WINDOW), None)


def asked_again(now: datetime) -> ColumnElement[bool]:
    """The condition on a Guardian who joined a while ago and is not in the first weeks."""
    joined = select(Contact.id).where(Contact.guardian_id == Guardian.id, col(Contact.greeted_at) <= now - SETTLED)
    begun = select(Beginning.id).where(Beginning.guardian_id == Guardian.id, col(Beginning.ended_on).is_(None))
    return and_(joined.correlate(Guardian).exists(), ~begun.correlate(Guardian).exists())


def answer_of(session: Session, guardian_id: int, term: str) -> TermAnswer | None:
    chosen = select(TermAnswer).where(TermAnswer.guardian_id == guardian_id, TermAnswer.term == term)
    return session.exec(chosen).first()


def note_answer(session: Session, guardian_id: int, term: str, answer: str, now: datetime) -> None:
    """Keeps who confirmed what when; a later answer of the same term takes the earlier one's place."""
    kept = answer_of(session, guardian_id, term) or TermAnswer(
        guardian_id=guardian_id, term=term, answer=answer, at=now
    )
    kept.answer, kept.at = answer, now
    session.add(kept)


def _tuesday(day: date) -> date:
    """The first Tuesday from that day on."""
    return day + timedelta(days=(TUESDAY - day.weekday()) % 7)
