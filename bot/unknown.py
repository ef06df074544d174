"""Messages of which nobody knows whether they left: asked about where that can be, never blindly repeated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from sqlalchemy import update
from sqlmodel import Session, col, select

from bot.channels import Channel, SendError
from bot.database import Writer
from bot.messages import Outgoing, Past
from bot.outbox import TABLE, OutboxMessage, Priority, State
from nursery import tasks
from nursery.contacts import Contact

log = structlog.get_logger()

ONCE_MORE = "sent once more"
BATCH = 20


async def settle_unknown(writer: Writer, channel: Channel, now: datetime) -> int:
    """Deals with a sender's unknown messages; returns how many it settled.

    Where the provider keeps a list (SMS) it is asked: found means sent, not found means due again. Where it can't be
    asked (Telegram) what is urgent or an answer is sent once more, and anything else becomes a line for staff.
    """
    settled = 0
    for message, outgoing in await writer.do(partial(_open, sender=channel.name, now=now)):
        try:
            past = await channel.sent_to(outgoing.address)
        except SendError as error:
            log.warning("unknown not settled", outbox=message["id"], kind=type(error).__name__)
            return settled
        verdict = _verdict(message, past, channel.wording(outgoing))
        await writer.do(partial(_settle, message=message, verdict=verdict, now=now))
        settled += 1
    return settled


def _open(session: Session, sender: str, now: datetime) -> list[tuple[dict[str, Any], Outgoing]]:
    """What is unknown, and has been for long enough for a callback to have told us."""
    chosen = (
        select(OutboxMessage, Contact)
        .join(Contact, col(Contact.id) == col(OutboxMessage.contact_id))
        .where(
            OutboxMessage.sender == sender,
            OutboxMessage.state == State.UNKNOWN,
            col(OutboxMessage.done_at).is_(None),
            OutboxMessage.due_at <= now,
        )
        .order_by(col(OutboxMessage.id))
        .limit(BATCH)
    )
    return [(message.model_dump(), _as_sent(message, contact)) for message, contact in session.exec(chosen)]


def _as_sent(message: OutboxMessage, contact: Contact) -> Outgoing:
    labels = tuple(label for _, label in message.choices)
    return Outgoing(message.id or 0, contact.address, message.text, message.language, labels)


def _verdict(message: dict[str, Any], past: Sequence[Past] | None, wording: str) -> dict[str, Any]:
    if past is not None:
        return _traced(message, past, wording)
    if message["priority"] <= Priority.REPLY and message["reason"] != ONCE_MORE and message["tries"] <= 1:
        return {"state": State.DUE.value, "reason": ONCE_MORE}
    return {}


def _traced(message: dict[str, Any], past: Sequence[Past], wording: str) -> dict[str, Any]:
    """What the provider's own list says: the same words, sent no earlier than we had them to send."""
    for one in past:
        recent = one.at is None or one.at >= message["created_at"] - timedelta(minutes=1)
        if one.text == wording and recent:
            state = State.SENT if one.state == State.SENDING else one.state  # it is in the provider's hands
            return {"state": str(state), "provider_id": one.provider_id, "reason": "found at the provider"}
    return {"state": State.DUE.value, "reason": "not found at the provider"}


def _settle(session: Session, message: dict[str, Any], verdict: dict[str, Any], now: datetime) -> None:
    still = (TABLE.c.id == message["id"]) & (TABLE.c.state == State.UNKNOWN.value)
    if verdict:
        values = {"sent_at": now} | verdict if verdict["state"] != State.DUE.value else verdict
        session.connection().execute(update(TABLE).where(still).values(**values))
        return
    session.connection().execute(update(TABLE).where(still).values(done_at=now))
    key = f"unknown:{message['id']}"
    tasks.raise_task(
        session, key, "perhaps not sent", now=now, guardian_id=message["guardian_id"], about=message["key"]
    )
