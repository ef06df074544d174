"""Sends each guardian the copy of the agreement once both sides have signed."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlmodel import Session

from bot.outbox import Priority
from bot.pushes import Push, push_one
from bot.writer import Writer
from nursery import agreements, copies
from nursery.agreements import Signature
from nursery.contacts import best_contact
from nursery.copies import CopyKind
from nursery.settings import Setting
from nursery.tasks import raise_task


async def run(writer: Writer, now: datetime) -> int:
    """Puts the copies in the outbox; returns how many rows that is, tasks for those out of reach included."""
    return await writer.do(partial(_send_all, now=now))


def _send_all(session: Session, now: datetime) -> int:
    return sum(_send(session, signature, now) for signature in agreements.uncopied(session))


def _send(session: Session, signature: Signature, now: datetime) -> bool:
    signature.copied_at = now
    session.add(signature)
    contact = best_contact(session, signature.guardian_id)
    if contact is None:
        return _by_hand(session, signature, now)
    token, _ = copies.make_link(
        session, signature.guardian_id, signature.setting_id, CopyKind.AGREEMENT, str(signature.id), now
    )
    push = Push(
        key=f"agreement:{signature.id}",
        conversation="agreement_copy",
        params={"signature": signature.id, "token": token},
        topic=0,  # their own signature: the copy is theirs even if they have stopped topics since
        setting_id=signature.setting_id,
        due_at=session.get_one(Setting, signature.setting_id).polite(now),
        priority=Priority.NOTICE,
    )
    return push_one(session, push, contact, now)


def _by_hand(session: Session, signature: Signature, now: datetime) -> bool:
    """A copy that can't be sent is given by a person."""
    return raise_task(
        session,
        f"agreement copy:{signature.id}",
        "copy of the agreement to give",
        now=now,
        setting_id=signature.setting_id,
        staff_id=signature.countersigned_by_id,
        guardian_id=signature.guardian_id,
        about=f"signature {signature.id}",
    )
