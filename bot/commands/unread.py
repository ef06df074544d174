"""Messages that no person has read, as the inbox shows them, and who wrote them."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, select

from bot.commands.said import files_of
from bot.commands.translating import gist_of
from bot.commands.voice import local_moment
from locales.sentences import D_, Sentence
from nursery.complaints import Complaint
from nursery.contacts import Contact
from nursery.guardians import Guardian
from nursery.home_observations import HomeObservation
from nursery.inbox import InboundMessage, waiting_for_staff
from nursery.queries import QueryWords
from nursery.suggestions import Suggestion

KEPT_AS: tuple[Any, ...] = (
    QueryWords.inbound_id,
    Complaint.inbound_id,
    Suggestion.inbound_id,
    HomeObservation.inbound_id,
    HomeObservation.next_step_inbound_id,
)
"""Where a message's words stand once they are a question, a complaint, a suggestion or an observation from home."""


def unread_messages(session: Session) -> list[InboundMessage]:
    """What no person has read, but for what is dealt with under a heading of its own; thanks have none."""
    thanks = set(session.exec(select(Suggestion.inbound_id).where(Suggestion.is_thanks)))
    kept = {number for column in KEPT_AS for number in session.exec(select(column).where(column.is_not(None)))}
    return [one for one in waiting_for_staff(session) if one.id in thanks or one.id not in kept]


def message_cells(session: Session, message: InboundMessage) -> dict[str, object]:
    """One of them, as the inbox shows it."""
    return {
        "id": message.id,
        "at": local_moment(message.received_at),
        "from": _writer(session, message),
        "text": message.text,
        "gist": gist_of(session, message.id),
        "files": files_of(session, message.id),
    }


def who_is(session: Session, guardian_id: int | None) -> str:
    """A guardian's name, or nothing."""
    guardian = session.get(Guardian, guardian_id) if guardian_id else None
    return guardian.name if guardian else ""


def _writer(session: Session, message: InboundMessage) -> object:
    """Whose a message is; of a phone that several use that may be known to nobody."""
    if message.guardian_id is None and message.of_several:
        return Sentence(D_("one of those who share a phone"))
    contact = session.get(Contact, message.contact_id) if message.contact_id else None
    known = message.guardian_id or (contact.guardian_id if contact else None)
    return who_is(session, known) or Sentence(D_("a stranger"))
