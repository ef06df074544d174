"""Corrections: a message that its writer has edited, kept beside the one it edits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, or_, select

from nursery.complaints import Complaint
from nursery.concerns import Concern
from nursery.inbox import PRIVATE, InboundMessage
from nursery.tasks import raise_task

CORRECTION = "correction"
"""The outcome of an edit that was kept beside the first and led to nothing of its own."""

CLOSED = (*PRIVATE, "questionnaire")
"""What a message was taken for that staff never see: the family's own, or it would say who said what."""


def versions(session: Session, contact_id: int, message_ref: str) -> list[InboundMessage]:
    """All that is known of one message of a chat, as it came and as it was edited, in the order they were written."""
    chosen = select(InboundMessage).where(
        InboundMessage.contact_id == contact_id, InboundMessage.message_ref == message_ref
    )
    return _in_order(session.exec(chosen.execution_options(populate_existing=True)).all() if message_ref else [])


def versions_of(session: Session, inbound_id: int | None) -> list[InboundMessage]:
    """The same, of any one of them by its number."""
    message = session.get(InboundMessage, inbound_id) if inbound_id is not None else None
    if message is None:
        return []
    first = message.corrects_id or message.id
    chosen = select(InboundMessage).where(or_(InboundMessage.id == first, InboundMessage.corrects_id == first))
    return _in_order(session.exec(chosen).all())


def written(provider_id: str) -> int:
    """The place of a message among those of its provider, which numbers them as they were written; 0 where it does
    not."""
    return int(provider_id) if provider_id.isdecimal() else 0


def added(known: Sequence[InboundMessage], words: str, inbound_id: int | None) -> InboundMessage | None:
    """The newest wording that was kept beside a message whose words a record has; none where the record has it."""
    kept = [one for one in known if one.outcome == CORRECTION and one.for_staff and not one.restricted]
    newest = kept[-1] if kept else None
    return None if newest is None or newest.id == inbound_id or newest.text.strip() in words else newest


def earlier(known: Sequence[InboundMessage], words: str, inbound_id: int | None) -> str:
    """What a message said before it was edited into these words, where staff may read that; else empty."""
    edited = any(one.id == inbound_id or one.text.strip() == words.strip() for one in known[1:])
    first = known[0]
    if not edited or first.restricted or first.outcome in CLOSED or first.text.strip() == words.strip():
        return ""
    return first.text


def is_raised(session: Session, inbound_id: int | None) -> bool:
    """Whether these words raised a concern."""
    return session.exec(select(Concern.id).where(Concern.inbound_id == inbound_id)).first() is not None


def for_the_lead(session: Session, concern: Concern) -> list[str]:
    """How the words of a concern were edited since, for whoever may read it; but what raised another."""
    known = versions_of(session, concern.inbound_id)
    return [one.text for one in known if one.corrects_id is not None and not is_raised(session, one.id)]


def tell_lead(session: Session, correction: InboundMessage, now: datetime) -> None:
    """The words of a concern were edited: whoever has read it already is told."""
    for concern in session.exec(select(Concern).where(Concern.inbound_id == correction.corrects_id)).all():
        if concern.read_at is not None:
            raise_task(
                session,
                f"safeguarding:{concern.id}:{correction.id}",
                "safeguarding",
                now=now,
                setting_id=concern.setting_id,
                staff_id=concern.owner_id,
                about=str(concern.id),
                urgent=True,
            )


def tell_handler(session: Session, correction: InboundMessage, now: datetime) -> bool:
    """Whether it edits the words of a complaint that not all staff may see; where that was decided already, whoever
    looked into it is told."""
    chosen = select(Complaint).where(Complaint.inbound_id == correction.corrects_id, col(Complaint.about_manager))
    found = session.exec(chosen).all()
    for case in found:
        if case.outcome_at is not None:
            raise_task(
                session,
                f"complaint corrected:{correction.id}",
                "complaint about the manager",
                now=now,
                setting_id=case.setting_id,
                staff_id=case.handler_id,
                guardian_id=case.guardian_id,
                about=case.reference,
                urgent=True,
            )
    return bool(found)


def superseded(session: Session) -> dict[int, int]:
    """Of each message that was edited, the number of the newest wording that staff may read."""
    chosen = select(InboundMessage.corrects_id, InboundMessage.id).where(
        col(InboundMessage.corrects_id).is_not(None),
        col(InboundMessage.for_staff).is_(True),
        col(InboundMessage.restricted).is_(False),
    )
    rows = session.exec(chosen.order_by(col(InboundMessage.id))).all()
    return {first: number for first, number in rows if first is not None and number is not None}


def _in_order(found: Sequence[InboundMessage]) -> list[InboundMessage]:
    return sorted(found, key=lambda one: (written(one.provider_id), one.id or 0))
