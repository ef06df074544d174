"""Queries: what a parent asks, who owns it, by when it is answered, and what was answered."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel import Field, Session, SQLModel, col, select

from nursery.guardians import Guardian
from nursery.opening import working_days_after
from nursery.people import Child, Staff, key_person, manager
from nursery.references import next_reference
from nursery.settings import Setting, today


class Query(SQLModel, table=True):
    """A parent's question, under a reference such as Q-1042. Open while `answered_at` is none."""

    __tablename__ = "query"

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    child_id: int | None = Field(default=None, foreign_key="child.id")
    owner_id: int | None = Field(default=None, foreign_key="staff.id")
    """Who answers: the key person first; none when the setting has named nobody yet."""
    asked_at: datetime
    due_on: date
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    """When the parent said that the answer was clear."""
    became: str = ""
    """The reference of the complaint that staff have made of it."""


class QueryWords(SQLModel, table=True):
    """One thing said in a query: the parent's words as they came, or an answer by a member of staff."""

    __tablename__ = "query_words"

    id: int | None = Field(default=None, primary_key=True)
    query_id: int = Field(foreign_key="query.id", index=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    """Who answered; none when it is the parent who speaks."""
    words: str
    inbound_id: int | None = Field(default=None, foreign_key="inbound_message.id")
    """The message it came in, with its photo or voice note."""
    said_at: datetime


def open_query(
    session: Session,
    setting: Setting,
    guardian: Guardian,
    child: Child | None,
    words: str,
    inbound_id: int | None,
    now: datetime,
) -> Query:
    """Opens a query: its owner is the child's key person, or the manager when there is none or they are away; it is
    to be answered within the setting's working days."""
    owner = owner_for(session, setting, child, today(now))
    query = Query(
        reference=next_reference(session, "Q", now),
        setting_id=setting.id or 0,
        guardian_id=guardian.id or 0,
        child_id=child.id if child else None,
        owner_id=owner.id if owner else None,
        asked_at=now,
        due_on=working_days_after(today(now), setting.query_days),
    )
    session.add(query)
    session.flush()
    _say(session, query, words, now, inbound_id=inbound_id)
    return query


def owner_for(session: Session, setting: Setting, child: Child | None, day: date) -> Staff | None:
    """Whom a parent's words go to: the key person, or the manager when there is none or they are away."""
    found = key_person(session, child) if child else None
    if found is None or (found.away_until is not None and found.away_until >= day):
        return manager(session, setting.id or 0)
    return found


def hand_over(session: Session, query: Query, now: datetime) -> None:
    """Gives a query to whoever would have it if it came now."""
    child = session.get(Child, query.child_id) if query.child_id else None
    owner = owner_for(session, session.get_one(Setting, query.setting_id), child, today(now))
    query.owner_id = owner.id if owner else None
    session.add(query)


def cover(session: Session, staff: Staff, now: datetime) -> int:
    """Gives the open queries of somebody who is away to whoever covers; returns how many that was."""
    session.flush()
    theirs = [query for query in open_queries(session) if query.owner_id == staff.id]
    for query in theirs:
        hand_over(session, query, now)
    return len(theirs)


def answer(session: Session, query: Query, words: str, staff: Staff, now: datetime) -> QueryWords:
    """Keeps an answer; the query is no longer open. Sending it is the caller's: the push `query_answer` with
    `{"query": query.id, "answer": answer.id}`."""
    query.answered_at, query.owner_id = now, query.owner_id or staff.id
    session.add(query)
    return _say(session, query, words, now, staff_id=staff.id)


def close(session: Session, query: Query, now: datetime) -> None:
    """The parent says that the answer was clear."""
    query.closed_at = now
    session.add(query)


def reopen(session: Session, query: Query, words: str, inbound_id: int | None, now: datetime) -> None:
    """The parent asks on: the same reference, and a day to answer by counted anew."""
    setting = session.get_one(Setting, query.setting_id)
    owner = session.get(Staff, query.owner_id) if query.owner_id else None
    if owner is not None and owner.has_left:
        hand_over(session, query, now)
    query.answered_at = query.closed_at = None
    query.due_on = working_days_after(today(now), setting.query_days)
    session.add(query)
    _say(session, query, words, now, inbound_id=inbound_id)


def open_queries(session: Session) -> list[Query]:
    """What is to be answered, the one due first at the head."""
    chosen = select(Query).where(col(Query.answered_at).is_(None)).order_by(col(Query.due_on), col(Query.id))
    return list(session.exec(chosen))


def overdue(session: Session, now: datetime) -> list[Query]:
    """Open queries whose day to answer by has passed."""
    return [query for query in open_queries(session) if query.due_on < today(now)]


def answers_since(session: Session, now: datetime) -> list[QueryWords]:
    """What staff have answered in the last fortnight, in order: whatever of it was not sent is sent now."""
    recent = (col(QueryWords.staff_id).is_not(None), col(QueryWords.said_at) > now - timedelta(days=14))
    return list(session.exec(select(QueryWords).where(*recent).order_by(col(QueryWords.id))))


def words_of(session: Session, query: Query) -> list[QueryWords]:
    """All that was said in a query, in order."""
    return list(session.exec(select(QueryWords).where(QueryWords.query_id == query.id).order_by(col(QueryWords.id))))


def by_reference(session: Session, reference: str) -> Query | None:
    return session.exec(select(Query).where(Query.reference == reference.strip().upper())).first()


def _say(
    session: Session,
    query: Query,
    words: str,
    now: datetime,
    *,
    staff_id: int | None = None,
    inbound_id: int | None = None,
) -> QueryWords:
    said = QueryWords(query_id=query.id or 0, guardian_id=query.guardian_id, words=words, said_at=now)
    said.staff_id, said.inbound_id = staff_id, inbound_id
    session.add(said)
    session.flush()
    return said
