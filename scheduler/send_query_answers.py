"""Sends the answers that staff have given to parents' questions."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlalchemy import literal
from sqlalchemy import select as core_select
from sqlmodel import Session

from bot.database import reading
from bot.outbox import TABLE
from bot.writer import Writer
from nursery import queries
from nursery.queries import Query, QueryWords
from scheduler.answering import Answered, tell


async def run(writer: Writer, now: datetime) -> int:
    """Puts new answers in the outbox; returns how many rows that is, tasks for those out of reach included."""
    with reading(writer.engine) as session:
        waiting = [answer.id or 0 for answer in queries.answers_since(session, now) if not _is_queued(session, answer)]
    return sum([await writer.do(partial(_send, answer_id=number, now=now)) for number in waiting])


def _is_queued(session: Session, answer: QueryWords) -> bool:
    key = TABLE.c.key == literal(f"{_key(answer)}:guardian:{answer.guardian_id}")
    return session.connection().execute(core_select(TABLE.c.id).where(key)).first() is not None


def _send(session: Session, *, answer_id: int, now: datetime) -> bool:
    answer = session.get_one(QueryWords, answer_id)
    return tell(session, _answered(session.get_one(Query, answer.query_id), answer), now)


def _answered(query: Query, answer: QueryWords) -> Answered:
    return Answered(
        key=_key(answer),
        guardian_id=answer.guardian_id,
        setting_id=query.setting_id,
        conversation="query_answer",
        params={"query": query.id, "answer": answer.id},
        unsent="answer not sent",
        staff_id=query.owner_id,
        child_id=query.child_id,
        about=query.reference,
        task_key=f"answer not sent:{answer.id}",
    )


def _key(answer: QueryWords) -> str:
    return f"query_answer:{answer.query_id}:{answer.id}"
