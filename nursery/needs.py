"""Needs for a booked time, such as an interpreter: what staff have to see to, for as long as somebody comes."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from nursery.tasks import finish_about

INTERPRETER, OTHER = "interpreter for a booking", "needs for a booking"
"""The kinds of task that they become."""


def forget(session: Session, appointment_id: int, now: datetime) -> None:
    """Nobody comes at that time: what is still to be seen to for it is crossed off."""
    finish_about(session, (INTERPRETER, OTHER), f"time {appointment_id}", now)
