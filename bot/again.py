"""Sending again: the same message once more, to the same address or to the guardian's next one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session

from bot import opened
from bot.asked import asked_by
from bot.outbox import TABLE, State, insert_ignoring
from locales import SOURCE
from nursery.contacts import Contact, best_contact

Row = dict[str, Any]


def reroute(session: Session, row: Row, now: datetime) -> bool:
    """Sends the same to the guardian's next working address, and it is asked there alone: its answer is taken once.
    False when there is none; and for an answer on a phone that several use, which may be the other's."""
    if row["key"].startswith("in:") and session.get_one(Contact, row["contact_id"]).shared:
        return False
    other = best_contact(session, row["guardian_id"], but=row["contact_id"])
    if other is None:
        return False
    if row["topic"]:
        opened.close_asked(session, row["contact_id"], row["conversation"], asked_by(row))
    send_again(session, row, f"{row['key']}:via:{other.id}", now, to=other, due_at=now)
    return True


def unsay(session: Session, row: Row) -> None:
    """What was put into words, asked and did not leave is put into words anew, as things stand when it does."""
    blank: Row = {"text": "", "question": "", "choices": []}
    session.connection().execute(update(TABLE).where(TABLE.c.id == row["id"]).values(blank))
    opened.close_asked(session, row["contact_id"], row["conversation"], asked_by(row))
    row.update(blank)


def send_again(
    session: Session, row: Row, key: str, now: datetime, *, due_at: datetime, to: Contact | None = None
) -> None:
    """Puts the same message in the outbox once more, under a key that makes a second time harmless."""
    fresh = {name: row[name] for name in ("setting_id", "guardian_id", "child_id", "topic", "priority", "expires_at")}
    fresh |= {name: row[name] for name in ("conversation", "params")}
    if not row["topic"]:
        fresh |= {name: row[name] for name in ("text", "language", "question", "choices", "photo_id")}
    values = (
        _BLANK
        | fresh
        | {
            "key": key,
            "sender": to.channel if to else row["sender"],
            "contact_id": to.id if to else row["contact_id"],
            "due_at": due_at,
            "created_at": now,
        }
    )
    session.connection().execute(insert_ignoring(session, TABLE), values)


_BLANK: Row = {
    "state": State.DUE.value,
    "reason": "",
    "question": "",
    "choices": [],
    "answered": "",
    "text": "",
    "language": SOURCE,
    "lease": "",
    "tries": 0,
    "provider_id": "",
    "error_code": "",
}
