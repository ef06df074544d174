"""Sends the answers that staff have given to parents' questions."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlalchemy import literal
from sqlalchemy import select as core_select
from sqlmodel import Session

from bot.database import Writer, reading
from bot.outbox import TABLE, Priority, Push, push_one
from nursery import queries
from nursery.contacts import best_contact
from nursery.queries import Query, QueryWords
from nursery.settings import Setting
from nursery.tasks import raise_task


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
    query, contact = session.get_one(Query, answer.query_id), best_contact(session, answer.guardian_id)
    if contact is None:
        return _ring(session, query, answer, now)
    push = Push(
        key=_key(answer),
        conversation="query_answer",
        params={"query": query.id, "answer": answer.id},
        topic=0,  # their own question: answered even if they have stopped topics since
        setting_id=query.setting_id,
        due_at=session.get_one(Setting, query.setting_id).polite(now),
        priority=Priority.NOTICE,
    )
    return push_one(session, push, contact, now)


def _ring(session: Session, query: Query, answer: QueryWords, now: datetime) -> bool:
    """An answer that can't be sent is told by a person."""
    return raise_task(
        session,
        f"answer not sent:{answer.id}",
        "answer not sent",
        now=now,
        setting_id=query.setting_id,
        staff_id=query.owner_id,
        guardian_id=query.guardian_id,
        child_id=query.child_id,
        about=query.reference,
    )


def _key(answer: QueryWords) -> str:
    return f"query_answer:{answer.query_id}:{answer.id}"
