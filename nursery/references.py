"""References such as Q-1042: one lot of numbers for all cases, so that a number alone names one."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, select

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
        if session.exec(select(Reference.id).where(Reference.number == number)).first() is None:
            return number
