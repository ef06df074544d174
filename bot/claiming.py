"""Claiming outbox rows and marking what became of them: the two statements every send is between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import TextualSelect, bindparam, func, text, update
from sqlalchemy import select as core_select
from sqlmodel import Session

from bot.outbox import TABLE, Priority, State
from bot.statements import Prepared

LEASE = timedelta(seconds=60)
"""How long a claimed row is its claimer's: longer than any request may take, so that a live one is never taken."""

LANES = """
WITH RECURSIVE lane(priority, setting_id) AS (
    SELECT p.priority, (SELECT min(setting_id) FROM outbox_message
                        WHERE sender = :sender AND state = 'due' AND priority = p.priority)
    FROM (SELECT 0 AS priority UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) AS p
    UNION ALL
    SELECT lane.priority, (SELECT min(setting_id) FROM outbox_message
                           WHERE sender = :sender AND state = 'due' AND priority = lane.priority
                             AND setting_id > lane.setting_id)
    FROM lane WHERE lane.setting_id IS NOT NULL
), ready AS (
    SELECT priority, setting_id FROM lane
    WHERE setting_id IS NOT NULL AND EXISTS (
        SELECT 1 FROM outbox_message AS due
        WHERE due.sender = :sender AND due.state = 'due' AND due.priority = lane.priority
          AND due.setting_id = lane.setting_id AND due.due_at <= :now)
      AND priority <= :down_to
), turn AS (
    SELECT priority, setting_id FROM ready WHERE priority = (SELECT min(priority) FROM ready)
    ORDER BY random() LIMIT :count
)
"""
"""The settings whose turn it is: those with something due at the most urgent priority that has anything due. Each step
of the recursion is one look into the index, however many rows wait. By lot, since a slow sender claims fewer rows at a
time than there may be settings."""

SHARE = "(SELECT :count / count(*) FROM turn)"

MINE = """
    SELECT id FROM outbox_message
    WHERE sender = :sender AND state = 'due' AND priority = turn.priority AND setting_id = turn.setting_id
      AND due_at <= :now
    ORDER BY due_at, id
"""

TAKE = """
UPDATE outbox_message SET state = 'sending', lease = :lease, leased_until = :until, tries = tries + 1
WHERE id IN ({chosen}) AND state = 'due'
RETURNING {columns}
"""

COLUMNS = tuple(column.name for column in TABLE.c)
"""What a claimed row is a dictionary of."""

SQLITE = LANES + TAKE.format(
    chosen=f"SELECT o.id FROM turn CROSS JOIN outbox_message AS o ON o.id IN ({MINE} LIMIT {SHARE}) LIMIT :count",
    columns=", ".join(COLUMNS),
)
CHOSEN = f"""
, chosen AS MATERIALIZED (
    SELECT o.id FROM turn CROSS JOIN LATERAL ({MINE} LIMIT {SHARE} FOR UPDATE SKIP LOCKED) AS o LIMIT :count
)
"""
"""Once for all: PostgreSQL may run a plain subselect again for every row it looks at, and so take more than `count`."""

POSTGRESQL = LANES + CHOSEN + TAKE.format(chosen="SELECT id FROM chosen", columns=", ".join(COLUMNS))


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of a claimed row. With `due_at` it is to be tried again then."""

    id: int
    lease: str
    state: State
    reason: str = ""
    error_code: str = ""
    provider_id: str = ""
    parts: int | None = None
    due_at: datetime | None = None
    undo_try: bool = False
    """The try did not count: nothing was asked of the provider."""


@Prepared
def _claim(dialect: str) -> TextualSelect:
    times = [bindparam("now", type_=TABLE.c.due_at.type), bindparam("until", type_=TABLE.c.due_at.type)]
    statement = text(SQLITE if dialect == "sqlite" else POSTGRESQL).bindparams(*times)
    return statement.columns(**{column.name: column.type for column in TABLE.c})


def claim(
    session: Session, sender: str, count: int, lease: str, now: datetime, *, down_to: Priority = Priority.BULK
) -> list[dict[str, Any]]:
    """Takes up to `count` due rows of a sender, none less urgent than `down_to`, in one statement, until `now + LEASE`.

    Urgent goes first; within a priority, settings share alike, so that a large one cannot starve a small one.
    """
    values = {"sender": sender, "count": count, "lease": lease, "now": now, "until": now + LEASE}
    values["down_to"] = int(down_to)
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in _claim.rows(session, **values)]
    return sorted(rows, key=lambda row: (row["priority"], row["due_at"], row["id"]))


def mark(session: Session, marks: Sequence[Mark], now: datetime) -> None:
    """Writes what became of claimed rows. A row whose lease has passed to another, or that a receipt has already
    carried further, is left as it is."""
    if marks:
        _MARK.run_many(session, [_values(one, now) for one in marks])


_MARK = Prepared(
    lambda _: (
        update(TABLE)
        .where(
            TABLE.c.id == bindparam("b_id"), TABLE.c.lease == bindparam("b_lease"), TABLE.c.state == State.SENDING.value
        )
        .values(
            state=bindparam("b_state"),
            reason=bindparam("b_reason"),
            error_code=bindparam("b_error_code"),
            provider_id=func.coalesce(func.nullif(bindparam("b_provider_id"), ""), TABLE.c.provider_id),
            parts=func.coalesce(bindparam("b_parts", type_=TABLE.c.parts.type), TABLE.c.parts),
            due_at=func.coalesce(bindparam("b_due_at", type_=TABLE.c.due_at.type), TABLE.c.due_at),
            sent_at=func.coalesce(bindparam("b_sent_at", type_=TABLE.c.sent_at.type), TABLE.c.sent_at),
            done_at=bindparam("b_done_at", type_=TABLE.c.done_at.type),
            tries=TABLE.c.tries - bindparam("b_undo"),
            lease="",
            leased_until=None,
        )
    )
)


def _values(one: Mark, now: datetime) -> dict[str, Any]:
    ended = one.state in (State.FAILED, State.SUPPRESSED, State.CANCELLED)
    return {
        "b_id": one.id,
        "b_lease": one.lease,
        "b_state": one.state.value,
        "b_reason": one.reason,
        "b_error_code": one.error_code,
        "b_provider_id": one.provider_id,
        "b_parts": one.parts,
        "b_due_at": one.due_at,
        "b_sent_at": now if one.state is State.SENT else None,
        "b_done_at": now if ended else None,
        "b_undo": int(one.undo_try),
    }


RENDERED = ("text", "language", "question", "choices", "photo_id", "recording_id")


def keep_rendering(session: Session, rendered: Sequence[dict[str, Any]]) -> None:
    """Keeps what was rendered, before it leaves: rows of b_id and what is in RENDERED."""
    if rendered:
        _KEEP.run_many(session, rendered)


_KEEP = Prepared(lambda _: update(TABLE).where(TABLE.c.id == bindparam("b_id")), RENDERED)


def abandon(session: Session, sender: str, now: datetime, *, everything: bool = False) -> int:
    """Rows whose claimer died: nobody knows whether they left, so they become `unknown`. Returns how many.

    `everything` takes all claimed rows, when it is certain that no other process is at work on this database.
    """
    condition = (TABLE.c.sender == sender) & (TABLE.c.state == State.SENDING.value)
    if not everything:
        condition &= TABLE.c.leased_until < now
    gone = (
        update(TABLE)
        .where(condition)
        .values(state=State.UNKNOWN.value, reason="interrupted", lease="", leased_until=None)
    )
    return int(session.connection().execute(gone).rowcount)


def release_held(session: Session, sender: str, now: datetime, *, at_most: int = 5000) -> int:
    """Held rows whose hour has come are due again. Returns how many; call again while it is `at_most`."""
    held = (TABLE.c.sender == sender) & (TABLE.c.state == State.HELD.value) & (TABLE.c.due_at <= now)
    ripe = core_select(TABLE.c.id).where(held).limit(at_most)
    freed = update(TABLE).where(TABLE.c.id.in_(ripe)).values(state=State.DUE.value, reason="")
    return int(session.connection().execute(freed).rowcount)


def has_work(session: Session, sender: str, now: datetime) -> bool:
    """Whether a sender has a row due now."""
    due = (TABLE.c.sender == sender) & (TABLE.c.state == State.DUE.value) & (TABLE.c.due_at <= now)
    return session.connection().execute(core_select(TABLE.c.id).where(due).limit(1)).first() is not None
