"""Observations: progress snippets that a child's key person signs off. A concern is never one of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, Session, SQLModel, col, select

from locales.sentences import D_, Refusal
from nursery import tone
from nursery.people import Child, Staff

MOST = 400
"""Characters of a snippet and of its next step: three SMS parts are a snippet, more is a report."""

STALE = timedelta(days=14)
"""A snippet not sent by then is history: it is shown when asked for, and no longer pushed."""


class SnippetRefused(Refusal):
    """A snippet that can't be kept or published; the message is the sentence for staff."""


class Snippet(SQLModel, table=True):
    """What a child has done or learned, in staff's words, with something to do next at home."""

    id: int | None = Field(default=None, primary_key=True)
    child_id: int = Field(foreign_key="child.id", index=True)
    staff_id: int = Field(foreign_key="staff.id")
    words: str
    next_step: str = ""
    area: str = ""
    language: str = "en_GB"
    made_at: datetime
    approved_at: datetime | None = Field(default=None, index=True)
    sent_at: datetime | None = None
    """When every guardian's message was in the outbox."""
    photo_id: int | None = Field(default=None, foreign_key="photo.id")


def add_snippet(
    session: Session,
    child: Child,
    words: str,
    *,
    staff: Staff,
    now: datetime,
    next_step: str = "",
    area: str = "",
    concern: bool = False,
    sure: bool = False,
    photo_id: int | None = None,
) -> Snippet:
    """Keeps a snippet. Written by the key person or the manager it is approved; by others it waits for them.

    Raises SnippetRefused, for a concern always (product rule 7: concerns never go by text), and ConcernRefused for
    what reads like one unless the writer is `sure` that it is none.
    """
    words, next_step = words.strip(), next_step.strip()
    if concern:
        raise SnippetRefused(D_("A concern never goes by text. Book a talk with the family instead."))
    if not words:
        raise SnippetRefused(D_("A snippet needs words: what did the child do?"))
    if max(len(words), len(next_step)) > MOST:
        raise SnippetRefused(D_("Please keep the words and the next step to %(most)s characters each."), most=MOST)
    tone.check(words, next_step, sure=sure)
    snippet = Snippet(
        child_id=child.id or 0, staff_id=staff.id or 0, words=words, next_step=next_step, area=area, made_at=now
    )
    snippet.photo_id = photo_id
    snippet.approved_at = now if may_approve(staff, child) else None
    session.add(snippet)
    session.flush()
    return snippet


def may_approve(staff: Staff, child: Child) -> bool:
    return staff.id == child.key_person_id or (staff.role == "manager" and staff.setting_id == child.setting_id)


def approve(session: Session, snippet: Snippet, staff: Staff, now: datetime) -> None:
    """Signs a snippet off. Raises SnippetRefused for anyone but the key person or the manager, and ConcernRefused for
    words of harm."""
    if not may_approve(staff, session.get_one(Child, snippet.child_id)):
        raise SnippetRefused(D_("Only the child's key person or the manager can approve a snippet."))
    tone.check_harm(snippet.words, snippet.next_step)
    snippet.approved_at = snippet.approved_at or now
    session.add(snippet)


def to_approve(session: Session) -> list[Snippet]:
    """What waits for the key person to sign it off, oldest first."""
    chosen = select(Snippet).where(col(Snippet.approved_at).is_(None))
    return list(session.exec(chosen.order_by(col(Snippet.id))))


def latest(session: Session, child_id: int, most: int = 2) -> list[Snippet]:
    """A child's last approved snippets, newest first."""
    chosen = (
        select(Snippet)
        .where(Snippet.child_id == child_id, col(Snippet.approved_at).is_not(None))
        .order_by(col(Snippet.approved_at).desc(), col(Snippet.id).desc())
        .limit(most)
    )
    return list(session.exec(chosen))


def unsent(session: Session, now: datetime) -> list[Snippet]:
    """Approved snippets that guardians have not been sent, oldest first."""
    chosen = (
        select(Snippet)
        .where(col(Snippet.sent_at).is_(None), col(Snippet.approved_at) <= now, col(Snippet.approved_at) > now - STALE)
        .order_by(col(Snippet.approved_at), col(Snippet.id))
    )
    return list(session.exec(chosen))
