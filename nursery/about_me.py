"""All About Me: what each guardian tells of a child, question by question, kept apart from what others tell."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlmodel import Field, Session, SQLModel, UniqueConstraint, select

from nursery.guardians import Guardian
from nursery.library import CONTENT
from nursery.people import Child
from nursery.tasks import raise_task

CHECKED = frozenset({"food"})
"""Questions whose answers a person checks with the parent: diet and allergies are never settled by text."""


class AboutMe(SQLModel, table=True):
    """What one guardian answered to one question about a child; a later answer takes the earlier one's place."""

    __tablename__ = "about_me"
    __table_args__ = (UniqueConstraint("child_id", "guardian_id", "question"),)

    id: int | None = Field(default=None, primary_key=True)
    child_id: int = Field(foreign_key="child.id", index=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    question: str
    words: str
    inbound_id: int | None = Field(default=None, foreign_key="inbound_message.id")
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: the question's id, the words, and the message they came in."""

    question: str
    words: str
    inbound_id: int | None = None


@cache
def questions() -> Mapping[str, str]:
    """The English text of each question by its id, in the order of the file; `%(child)s` inside."""
    rows = tomllib.loads((CONTENT / "about_me.toml").read_text("utf-8"))["question"]
    return {row["id"]: row["text"] for row in rows}


def answers_of(session: Session, child_id: int, guardian_id: int) -> Mapping[str, AboutMe]:
    """This guardian's own answers about a child, by question."""
    chosen = select(AboutMe).where(AboutMe.child_id == child_id, AboutMe.guardian_id == guardian_id)
    return {one.question: one for one in session.exec(chosen)}


def answer(session: Session, child: Child, guardian: Guardian, reply: Reply, now: datetime) -> AboutMe:
    """Keeps an answer. One about food is a task for a person, to check it with the parent."""
    child_id, guardian_id = child.id or 0, guardian.id or 0
    kept = answers_of(session, child_id, guardian_id).get(reply.question) or AboutMe(
        child_id=child_id, guardian_id=guardian_id, question=reply.question, words="", answered_at=now
    )
    kept.words, kept.inbound_id, kept.answered_at = reply.words, reply.inbound_id, now
    session.add(kept)
    session.flush()
    if reply.question in CHECKED:
        raise_task(
            session,
            f"about_me:{kept.id}:{now.isoformat()}",
            "check diet and allergies",
            now=now,
            setting_id=child.setting_id,
            staff_id=child.key_person_id,
            guardian_id=guardian_id,
            child_id=child_id,
            about=f"all about me {kept.id}",
            urgent=True,
        )
    return kept
