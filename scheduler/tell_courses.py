"""Tells guardians of a new course that is of their interests; one without tags is told to all."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from bot.database import reading
from bot.outbox import Priority
from bot.pushes import Push
from bot.writer import Writer
from nursery import courses
from nursery.courses import Course
from nursery.guardians import Topic
from nursery.interests import has_any
from nursery.recipients import Audience, recipients
from nursery.settings import today
from scheduler.fanning import fan


async def run(writer: Writer, now: datetime) -> int:
    """Puts the messages of new courses in the outbox; returns how many that is."""
    with reading(writer.engine) as session:
        new = courses.untold(session, now)
    added = 0
    for course in new:
        added += await fan(writer, _push(course, now), partial(_interested, course, now), now)
        await writer.do(partial(_told, number=course.id or 0, now=now))
    return added


def _interested(course: Course, now: datetime, after: int, upto: int | None) -> Select[Any]:
    every = recipients(Audience(course.setting_id), Topic.EVENTS, today(now), after, upto)
    return every.where(has_any(course.tag_list)) if course.tag_list else every


def _push(course: Course, now: datetime) -> Push:
    return Push(
        key=f"course:{course.id}",
        conversation="course_told",
        params={"course": course.id},
        topic=Topic.EVENTS,
        setting_id=course.setting_id,
        due_at=now,
        priority=Priority.BULK,
        expires_at=course.starts_at,
    )


def _told(session: Session, number: int, now: datetime) -> None:
    course = session.get_one(Course, number)
    course.told_at = course.told_at or now
    session.add(course)
