"""Messages that no person has read, as the inbox shows them, and who wrote them."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, select

from bot.commands.said import corrected, files_of
from bot.commands.translating import gist_of
from bot.commands.voice import local_moment
from locales.sentences import D_, Joined, Sentence
from nursery import home_observations, queries, suggestions
from nursery.complaints import Complaint, open_complaints
from nursery.contacts import Contact
from nursery.corrections import CORRECTION, superseded
from nursery.guardians import Guardian
from nursery.home_observations import HomeObservation
from nursery.inbox import InboundMessage, waiting_for_staff
from nursery.queries import QueryWords, open_queries
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
    newest, shown = superseded(session), _shown_with_words(session)
    return [
        one
        for one in waiting_for_staff(session)
        if (one.id in thanks or one.id not in kept)
        and (one.id or 0) >= newest.get(one.corrects_id or one.id or 0, 0)
        and not (one.outcome == CORRECTION and one.corrects_id in shown)
    ]


def _shown_with_words(session: Session) -> set[int | None]:
    """The messages whose corrections stand beside them: those of what is open under a heading of its own, and of
    complaints that not all who read the inbox may see."""
    asked = [[one for one in queries.words_of(session, case) if one.staff_id is None] for case in open_queries(session)]
    home = home_observations.to_approve(session)
    return {
        *(said[-1].inbound_id for said in asked if said),
        *(case.inbound_id for case in open_complaints(session)),
        *session.exec(select(Complaint.inbound_id).where(Complaint.about_manager)),
        *(one.inbound_id for one in suggestions.undecided(session)),
        *(number for one in home for number in (one.inbound_id, one.next_step_inbound_id)),
    }


def message_cells(session: Session, message: InboundMessage) -> dict[str, object]:
    """One of them, as the inbox shows it."""
    edits = corrected(session, message.text, message.id)
    return {
        "id": message.id,
        "at": local_moment(message.received_at),
        "from": _writer(session, message),
        "text": message.text,
        "gist": gist_of(session, message.id),
        "corrected": Joined(edits, " ") if edits else "",
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
