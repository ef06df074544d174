"""References such as Q-1042: one lot of numbers for all cases, so that a number alone names one."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import and_, func, or_
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, col, select

BEFORE_FIRST = 1041
"""What was added to the row's own number while references still counted up; those keep their numbers."""

FIRST, SPAN = 1000, 9000
"""The shortest numbers: four digits. With half of a length given out, the next are a digit longer."""


class Reference(SQLModel, table=True):
    """A reference given out."""

    id: int | None = Field(default=None, primary_key=True)
    letter: str
    number: int | None = Field(default=None, unique=True)
    given_at: datetime


def draw(first: int, span: int) -> int:
    """A number by lot, from `first` on."""
    return first + secrets.randbelow(span)


def next_reference(session: Session, letter: str, now: datetime) -> str:
    """A new reference of a kind: Q a query, C a complaint, S a suggestion, T thanks.

    It is drawn and does not count up: a parent who asks twice must not learn from the two numbers whether anybody else,
    such as the other parent, asked or complained in between.
    """
    while True:
        number = _free_number(session)
        reference = Reference(letter=letter, number=number, given_at=now)
        try:
            with session.begin_nested():
                session.add(reference)
        except IntegrityError:  # another has drawn it in this moment
            continue
        return f"{letter}-{number}"


def _free_number(session: Session) -> int:
    given = session.exec(select(func.count()).select_from(Reference)).one()
    first, span = FIRST, SPAN
    while given >= span // 2:
        first, span = first * 10, span * 10
    while True:
        number = draw(first, span)
        counted_up = and_(col(Reference.number).is_(None), col(Reference.id) == number - BEFORE_FIRST)
        taken = select(Reference.id).where(or_(col(Reference.number) == number, counted_up))
        if session.exec(taken).first() is None:
            return number
