"""What still waits for a guardian who may be told no more: it is taken back, and what they were asked is closed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_, update
from sqlmodel import Session

from bot.opened import TABLE as OPEN
from bot.outbox import TABLE, State
from nursery.contacts import contacts_of

WAITING = (State.DUE.value, State.HELD.value)


def take_back(session: Session, guardian_id: int, child_id: int, now: datetime) -> int:
    """Cancels what has not left: what is about the child, and answers of which nobody can say whom they name. What else
    was put into words already is put into words again, with the permissions of that moment.

    Returns how many messages do not go.
    """
    answers, waiting = TABLE.c.key.startswith("in:"), TABLE.c.state.in_(WAITING)
    theirs = update(TABLE).where(TABLE.c.guardian_id == guardian_id, waiting)
    gone = theirs.where(or_(TABLE.c.child_id == child_id, answers))
    count = (
        session.connection()
        .execute(gone.values(state=State.CANCELLED.value, reason="not allowed", done_at=now))
        .rowcount
    )
    session.connection().execute(theirs.where(~answers).values(text="", question="", choices=[]))
    _close_questions(session, guardian_id)
    return int(count)


def _close_questions(session: Session, guardian_id: int) -> None:
    """A question may name the child, and would be asked again at the next message."""
    mine = [contact.id for contact in contacts_of(session, guardian_id)]
    session.connection().execute(delete(OPEN).where(OPEN.c.contact_id.in_(mine)))
