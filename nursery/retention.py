"""Retention: how long each table's rows are kept, why so long, and the removal of what is past it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Date, Table, exists
from sqlmodel import Session, SQLModel

from nursery import erasing
from nursery.contacts import ContactState
from nursery.forgetting import not_pointed_at, numbers_of, remove
from nursery.settings import today

MONTH, YEAR = timedelta(days=30), timedelta(days=365)
THREE_YEARS, SIX_YEARS = timedelta(days=3 * 365 + 1), timedelta(days=6 * 365 + 2)

LEAVING = (
    "EYFS: a child's records are kept for a reasonable time after leaving; three years, as NDNA and the PLA advise"
)
CLAIMS = "Limitation Act 1980: six years in which a claim on an agreement may be made"
SHORT = "UK GDPR article 5: no longer than is needed; a year shows what was said, and then it is in the cases"
PLACE = "tells of the setting, of no guardian and no child"


@dataclass(frozen=True, slots=True)
class Aged:
    """Goes so long after the moment in a column; a row in which it is empty stays. `free`: only once no other table
    points at it (but for `but`, which go with it)."""

    column: str
    after: timedelta
    source: str
    free: bool = False
    but: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Left:
    """Goes so long after its child has left."""

    after: timedelta
    source: str


@dataclass(frozen=True, slots=True)
class With:
    """Goes when the row it belongs to goes."""

    table: str


@dataclass(frozen=True, slots=True)
class Stays:
    """Is not removed by age; the reason."""

    source: str


@dataclass(frozen=True, slots=True)
class Idle:
    """Goes when it names no guardian and nothing points at it any more; one that said stop stays, so that it holds."""

    source: str


Rule: TypeAlias = Aged | Left | With | Stays | Idle

CHILDS_RECORD = Left(THREE_YEARS, LEAVING)

RETENTION: Mapping[str, Rule] = {
    "about_me": CHILDS_RECORD,
    "absence": CHILDS_RECORD,
    "consent": CHILDS_RECORD,
    "day_change": CHILDS_RECORD,
    "home_observation": CHILDS_RECORD,
    "idea_sent": CHILDS_RECORD,
    "record_access": CHILDS_RECORD,
    "sharing": CHILDS_RECORD,
    "sharing_basis": With("sharing"),
    "snippet": CHILDS_RECORD,
    "settling": With("child"),
    "settling_note": CHILDS_RECORD,
    "settling_reply": With("settling_note"),
    "target": CHILDS_RECORD,
    "target_reply": With("target"),
    "two_year_check": CHILDS_RECORD,
    "two_year_view": With("two_year_check"),
    "calendar_link": Aged("cut_at", MONTH, "of no use once it is cut off; else it goes with the guardian"),
    "record_link": Aged("expires_at", MONTH, "of no use once it has run out; the log has its making and openings"),
    "complaint": Aged("told_at", THREE_YEARS, "EYFS: a record of each complaint; three years, as Ofsted long asked"),
    "concern": Stays("the local safeguarding partners' policy, often till the child is 25: the lead decides"),
    "sends_hold": Stays("with the concern it is for"),
    "data_request": Aged("done_at", THREE_YEARS, "UK GDPR article 5: to show what was done"),
    "rights_log": Aged("at", THREE_YEARS, "UK GDPR article 5: to show what was done"),
    "signature": Aged("signed_at", SIX_YEARS, CLAIMS),
    "policy_reading": Aged("at", SIX_YEARS, CLAIMS),
    "query": Aged("answered_at", YEAR, SHORT),
    "query_words": With("query"),
    "suggestion": Aged("received_at", YEAR, SHORT),
    "notice_reply": Aged("at", YEAR, SHORT),
    "rsvp": Aged("at", YEAR, SHORT),
    "lesson_had": Aged("had_at", YEAR, SHORT),
    "course_reply": Aged("at", YEAR, SHORT),
    "poll_answer": Aged("at", YEAR, SHORT),
    "term_answer": Aged("at", THREE_YEARS, "UK GDPR article 5: to show how they asked to be written to"),
    "appointment": Aged("ends_at", THREE_YEARS, LEAVING),
    "service_asked": Aged(
        "asked_at", 2 * MONTH, "asked once, after a fortnight, whether it helped; then nobody needs it"
    ),
    "photo": Aged("made_at", YEAR, SHORT),
    "photo_child": With("photo"),
    "recording": Aged("made_at", YEAR, SHORT),
    "copy_link": Aged("expires_at", MONTH, "of no use once it has run out"),
    "print_job": Aged("made_at", MONTH, "of no use once it is printed"),
    "offer": Aged("withdrawn_at", YEAR, SHORT),
    "offer_ask": With("offer"),
    "beginning": Aged("ended_on", YEAR, SHORT),
    "interest": Stays("goes with the guardian, or when they take it back"),
    "preference": Stays("goes with the guardian"),
    "profile_answer": Stays("goes with the guardian"),
    "shared_phone": Stays("goes with the guardian"),
    "task": Aged("done_at", YEAR, SHORT),
    "outbox_message": Aged("created_at", YEAR, SHORT),
    "invitation": Aged("expires_at", MONTH, "of no use once it has run out"),
    "open_conversation": Stays("the job forget_conversations forgets it when it expires"),
    "translation": Aged("wanted_at", YEAR, SHORT),
    "inbound_message": Aged("received_at", YEAR, SHORT, free=True, but=("media", "inbound_message")),
    "media": With("inbound_message"),
    "contact": Idle("a stranger's goes with the last message from there; a guardian's with the guardian"),
    "questionnaire_done": Stays("only that somebody answered; goes with the guardian"),
    "guardianship": CHILDS_RECORD,
    "guardian": Stays("goes when the last child of theirs has gone: erase_the_gone"),
    "child": Aged("left_on", THREE_YEARS, LEAVING, free=True, but=("settling",)),
    "closure": Stays(PLACE),
    "course": Stays(PLACE),
    "event": Stays(PLACE),
    "local_service": Stays(PLACE),
    "notice": Stays(PLACE),
    "policy_edition": Stays(PLACE),
    "poll": Stays(PLACE),
    "poll_time": Stays(PLACE),
    "questionnaire": Stays(PLACE),
    "questionnaire_answer": Stays("nobody's: it can't be traced"),
    "reference": Stays(PLACE),
    "room": Stays(PLACE),
    "round": Stays(PLACE),
    "service_count": Stays("counts of nobody"),
    "setting": Stays(PLACE),
    "staff": Stays("the setting's own staff records"),
}
"""One line a table; a test looks that none is missing. In this order they are gone through. A setting whose own policy
says otherwise tells us so."""


def past(table: Table, rule: Rule, now: datetime) -> ColumnElement[bool] | None:
    """The condition on the rows that are past their time; None where age alone removes none."""
    columns: Any = table.c
    if isinstance(rule, Left):
        children = SQLModel.metadata.tables["child"]
        return exists().where(children.c.id == columns.child_id, children.c.left_on < today(now) - rule.after)
    if isinstance(rule, Idle):
        nobodys: ColumnElement[bool] = columns.guardian_id.is_(None) & (columns.state != ContactState.STOPPED.value)
        return nobodys & not_pointed_at(table)
    if not isinstance(rule, Aged):
        return None
    column = columns[rule.column]
    before = today(now) - rule.after if isinstance(column.type, Date) else now - rule.after
    old: ColumnElement[bool] = column < before
    return old & not_pointed_at(table, rule.but) if rule.free else old


def due(session: Session, name: str, now: datetime) -> list[Any]:
    """The keys of the rows of a table that are past their time, some hundreds at most."""
    table = SQLModel.metadata.tables[name]
    where = past(table, RETENTION[name], now)
    return [] if where is None else numbers_of(session, table, where)


def drop(session: Session, name: str, numbers: Sequence[Any]) -> int:
    """Removes them, with what belongs to them; returns how many went."""
    return remove(session, SQLModel.metadata.tables[name], numbers)


def erase_the_gone(session: Session, now: datetime) -> int:
    """Erases guardians who had left and have no tie to any child any more; returns how many."""
    gone = erasing.without_a_tie(session, now)
    for guardian_id in gone:
        erasing.erase(session, guardian_id, now, by="retention")
    return len(gone)
