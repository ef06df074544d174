"""Small lessons on the EYFS, each guardian's next one, and the glossary of the words that parents meet."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlmodel import Field, Session, SQLModel, UniqueConstraint, select

from nursery.library import CONTENT


class LessonHad(SQLModel, table=True):
    """A lesson that a guardian has had."""

    __tablename__ = "lesson_had"
    __table_args__ = (UniqueConstraint("guardian_id", "lesson"),)

    id: int | None = Field(default=None, primary_key=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    lesson: str
    had_at: datetime


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson, in English: its name, what it says, and one thing to try."""

    id: str
    name: str
    text: str
    to_try: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary as it is met, what else may be typed for it (a list with commas), and its meaning."""

    id: str
    term: str
    other: str
    meaning: str


@cache
def lessons() -> Mapping[str, Lesson]:
    """Every lesson by its id, in order."""
    rows = _read("lessons.toml")["lesson"]
    return {row["id"]: Lesson(row["id"], row["name"], row["text"], row["try"]) for row in rows}


@cache
def terms() -> Mapping[str, Term]:
    """Every word of the glossary by its id."""
    return {row["id"]: Term(**row) for row in _read("glossary.toml")["term"]}


def next_lesson(session: Session, guardian_id: int) -> Lesson | None:
    """The first lesson this guardian has not had; none when they have had them all."""
    had = set(session.exec(select(LessonHad.lesson).where(LessonHad.guardian_id == guardian_id)))
    return next((lesson for lesson in lessons().values() if lesson.id not in had), None)


def note_had(session: Session, guardian_id: int, lesson: Lesson, now: datetime) -> None:
    """Keeps that a guardian has had a lesson they had not had."""
    session.add(LessonHad(guardian_id=guardian_id, lesson=lesson.id, had_at=now))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text("utf-8"))
