"""Tasks: what a member of staff has to do, each raised once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select


class Task(SQLModel, table=True):
    """Something for staff to do. `key` makes raising it twice harmless; `kind` and `about` hold no words of parents."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    setting_id: int | None = Field(default=None, foreign_key="setting.id", index=True)
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    kind: str
    about: str = ""
    guardian_id: int | None = Field(default=None, foreign_key="guardian.id")
    child_id: int | None = Field(default=None, foreign_key="child.id")
    urgent: bool = False
    raised_at: datetime
    due_at: datetime | None = None
    done_at: datetime | None = None

    @property
    def for_all(self) -> bool:
        """Whether anybody on the staff may see it."""
        return not self.kind.startswith(PRIVATE)


def raise_task(
    session: Session,
    key: str,
    kind: str,
    *,
    now: datetime,
    setting_id: int | None = None,
    staff_id: int | None = None,
    guardian_id: int | None = None,
    child_id: int | None = None,
    about: str = "",
    urgent: bool = False,
    due_at: datetime | None = None,
) -> bool:
    """Raises a task unless one with this key was ever raised; says whether it is new."""
    if session.exec(select(Task.id).where(Task.key == key)).first() is not None:
        return False
    session.add(
        Task(
            key=key,
            kind=kind,
            about=about,
            setting_id=setting_id,
            staff_id=staff_id,
            guardian_id=guardian_id,
            child_id=child_id,
            urgent=urgent,
            raised_at=now,
            due_at=due_at,
        )
    )
    session.flush()
    return True


PRIVATE = "safeguarding"
"""Tasks whose kind begins so are seen by whom they are given to, and by nobody else."""


def open_tasks(session: Session) -> list[Task]:
    """What is still to do and anybody on the staff may see, urgent first."""
    chosen = select(Task).where(col(Task.done_at).is_(None), ~col(Task.kind).startswith(PRIVATE))
    return list(session.exec(chosen.order_by(col(Task.urgent).desc(), col(Task.id))))


def finish(session: Session, key: str, now: datetime) -> None:
    """Crosses off the task of this key, if it was raised and is still open."""
    task = session.exec(select(Task).where(Task.key == key, col(Task.done_at).is_(None))).first()
    if task is not None:
        task.done_at = now
        session.add(task)


def finish_about(session: Session, kinds: Collection[str], about: str, now: datetime) -> None:
    """Crosses off what is open of these kinds about one thing: there is nothing left to see to."""
    chosen = select(Task).where(col(Task.kind).in_(kinds), Task.about == about, col(Task.done_at).is_(None))
    for task in session.exec(chosen):
        task.done_at = now
        session.add(task)
