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
from bot.consequences import Fate, follow
from bot.messages import Outgoing, Past
from bot.outbox import FINAL, TABLE, OutboxMessage, Priority, State
from bot.writer import Writer
from nursery import tasks
from nursery.contacts import Contact

log = structlog.get_logger()

ONCE_MORE = "sent once more"
PART = "only a part was sent"
"""A channel's word for a message of several parts that broke off: begun again, the parent would get the first twice."""

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
        await writer.do(partial(_settle, message=message, past=past, wording=channel.wording(outgoing), now=now))
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


def _verdict(session: Session, message: dict[str, Any], past: Sequence[Past] | None, wording: str) -> dict[str, Any]:
    if past is not None:
        return _traced(message, _not_others(session, message, past), wording)
    if message["priority"] <= Priority.REPLY and message["reason"] != ONCE_MORE and message["tries"] <= 1:
        return {"state": State.DUE, "reason": ONCE_MORE}
    return {}


def _not_others(session: Session, message: dict[str, Any], past: Sequence[Past]) -> list[Past]:
    """Without those known to be other messages of ours: the same words may have been sent before."""
    ids = [one.provider_id for one in past]
    taken = select(OutboxMessage.provider_id).where(
        OutboxMessage.sender == message["sender"],
        OutboxMessage.id != message["id"],
        col(OutboxMessage.provider_id).in_(ids),
    )
    others = set(session.exec(taken))
    return [one for one in past if one.provider_id not in others]


def _traced(message: dict[str, Any], past: Sequence[Past], wording: str) -> dict[str, Any]:
    """What the provider's own list says: the same words, sent no earlier than we had them to send."""
    for one in past:
        recent = one.at is None or one.at >= message["created_at"] - timedelta(minutes=1)
        if one.provider_id == message["provider_id"] or (one.text == wording and recent):
            state = State.SENT if one.state == State.SENDING else State(one.state)
            return {"state": state, "provider_id": one.provider_id, "reason": "found at the provider"}
    if message["reason"] == PART:
        return {}
    return {"state": State.DUE, "reason": "not found at the provider"}


def _settle(
    session: Session, message: dict[str, Any], past: Sequence[Past] | None, wording: str, now: datetime
) -> None:
    verdict = _verdict(session, message, past, wording)
    state = verdict.get("state", State.UNKNOWN)
    if state is not State.DUE:
        verdict["done_at"] = now if state in (*FINAL, State.UNKNOWN) else None
    if state not in (State.DUE, State.UNKNOWN):
        verdict["sent_at"] = now
    still = (TABLE.c.id == message["id"]) & (TABLE.c.state == State.UNKNOWN.value)
    if not session.connection().execute(update(TABLE).where(still).values(**verdict)).rowcount:
        return  # a receipt has told us meanwhile
    if state is State.FAILED:
        follow(session, message["id"], Fate(State.FAILED), message["sender"], now)
    if state is State.UNKNOWN:
        key = f"unknown:{message['id']}"
        tasks.raise_task(
            session, key, "perhaps not sent", now=now, guardian_id=message["guardian_id"], about=message["key"]
        )
