"""References such as Q-1042: one sequence for all cases, so that a number alone names one."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, Session, SQLModel

BEFORE_FIRST = 1041


class Reference(SQLModel, table=True):
    """A reference given out. The row's own number is the sequence: two at once never share one, on either database."""

    id: int | None = Field(default=None, primary_key=True)
    letter: str
    given_at: datetime


def next_reference(session: Session, letter: str, now: datetime) -> str:
    """The next reference of a kind: Q a query, C a complaint, S a suggestion, T thanks. They begin at 1042."""
    reference = Reference(letter=letter, given_at=now)
    session.add(reference)
    session.flush()
    return f"{letter}-{BEFORE_FIRST + (reference.id or 0)}"
