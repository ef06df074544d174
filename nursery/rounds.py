"""Rounds: how far a sending to many has come, so that breaking off neither loses nor repeats anything."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, Session, SQLModel, select


class Round(SQLModel, table=True):
    """One sending to many, such as `event:4:week`. Guardians up to `upto` have had theirs."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    upto: int = 0
    done_at: datetime | None = None


def round_of(session: Session, key: str) -> Round:
    """The round of this key; a new one, not kept yet, when it has not begun."""
    return session.exec(select(Round).where(Round.key == key)).first() or Round(key=key)


def advance(session: Session, key: str, upto: int) -> bool:
    """Moves the round on to `upto`; False when it has been there already (another process's clock).

    Two clocks may have cut their chunks differently: what overlaps is done again, harmlessly, for the keys are unique.
    """
    current = round_of(session, key)
    if current.upto >= upto or current.done_at is not None:
        return False
    current.upto = upto
    session.add(current)
    return True


def finish(session: Session, key: str, now: datetime) -> None:
    current = round_of(session, key)
    current.done_at = current.done_at or now
    session.add(current)
