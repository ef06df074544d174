"""Chases complaints: staff are told a week before an outcome is due, and when it is overdue (EYFS: 28 days)."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlmodel import Session

from bot.writer import Writer
from nursery import complaints
from nursery.complaints import Complaint


async def run(writer: Writer, now: datetime) -> int:
    """Raises the tasks; returns how many are new."""
    return await writer.do(partial(_chase, now=now))


def _chase(session: Session, now: datetime) -> int:
    soon = [_raise(session, one, "due soon", now) for one in complaints.due_soon(session, now)]
    late = [_raise(session, one, "overdue", now) for one in complaints.overdue(session, now)]
    return sum(soon) + sum(late)


def _raise(session: Session, complaint: Complaint, state: str, now: datetime) -> bool:
    """One about the manager says so in its kind, as its first task does: the manager is not to see it."""
    kind = f"complaint about the manager {state}" if complaint.about_manager else f"complaint {state}"
    return complaints.raise_for(session, complaint, complaints.task_key(complaint, state), kind, now)
