"""Receipts: what a provider says became of a message of ours."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from bot.messages import Receipt
from bot.outbox import FINAL, OutboxMessage, State

RANK = {State.SENDING: 0, State.UNKNOWN: 0, State.SENT: 1}
"""How far a message is; whatever is not here is further."""


def note_receipt(session: Session, receipt: Receipt, now: datetime) -> OutboxMessage | None:
    """Takes what a provider says of a message of ours: unordered, repeated, or earlier than our own mark of it.

    Returns the message if its state changed. A receipt for a message we don't know changes nothing.
    """
    message = _receipted(session, receipt)
    if message is None:
        return None
    if receipt.provider_id and not message.provider_id:
        message.provider_id = receipt.provider_id
        session.add(message)
    state = State(message.state)
    told = State(receipt.state)
    if state in FINAL or RANK.get(told, 2) <= RANK.get(state, 0):
        return None
    message.state, message.error_code, message.sent_at = told, receipt.error_code, message.sent_at or now
    message.done_at = now if told in FINAL else None
    session.add(message)
    session.flush()
    return message


def _receipted(session: Session, receipt: Receipt) -> OutboxMessage | None:
    if receipt.outbox_id is not None:
        message = session.get(OutboxMessage, receipt.outbox_id)
        if message is None or (message.provider_id and receipt.provider_id not in ("", message.provider_id)):
            return None
        return message if message.sender == receipt.channel else None
    found = select(OutboxMessage).where(
        col(OutboxMessage.provider_id) == receipt.provider_id, OutboxMessage.sender == receipt.channel
    )
    return session.exec(found).first()
