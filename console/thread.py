"""One person's thread as their phone shows it, read from the database: what they said, what they were sent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from babel.dates import format_skeleton
from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from bot.channels import Channel
from bot.messages import Outgoing
from bot.opened import OpenConversation
from bot.outbox import OutboxMessage, State
from bot.segments import pence
from console.cast import Person
from console.pages import words
from locales import N_
from nursery.contacts import Contact, contact_at
from nursery.guardians import Guardian
from nursery.inbox import InboundMessage, Media
from nursery.settings import local

MOST = 200
"""Messages of a thread that are shown, the latest."""

ON_PHONE = (State.DUE, State.SENDING, State.SENT, State.DELIVERED, State.FAILED, State.UNKNOWN)

STATE_WORDS = {
    State.DUE: N_("Waiting to go"),
    State.SENDING: N_("Waiting to go"),
    State.SENT: N_("Sent, not delivered yet"),
    State.DELIVERED: N_("Delivered"),
    State.FAILED: N_("Not delivered"),
    State.UNKNOWN: N_("Perhaps sent"),
}


@dataclass(frozen=True, slots=True)
class _Item:
    """A message with what puts it in order: the moment, then what was said before what was answered."""

    at: datetime
    place: tuple[int, int]
    shown: dict[str, Any]


def language_of(session: Session, contact: Contact | None, person: Person) -> str:
    """The language this person is written to in now."""
    guardian = session.get(Guardian, contact.guardian_id) if contact and contact.guardian_id else None
    return (guardian.language if guardian else None) or (contact.language if contact else None) or person.language


def thread(session: Session, contact: Contact | None, channel: Channel, language: str) -> list[dict[str, Any]]:
    """The messages in order, each with its time, its state in words, and what may be answered."""
    if contact is None:
        return []
    items = [*_said(session, contact), *_sent(session, contact, channel)]
    items.sort(key=lambda item: (item.at, item.place))
    return [item.shown | _when(item.at, language) for item in items[-MOST:]]


def version(items: Sequence[dict[str, Any]], *more: object) -> str:
    """Changes whenever anything that is shown does."""
    return hashlib.blake2b(orjson.dumps([items, *more]), digest_size=8).hexdigest()


def pulse(session: Session, people: Iterable[Person]) -> dict[str, list[Any]]:
    """For each person: a word that changes with their thread, and how many messages they were sent."""
    found: dict[str, list[Any]] = {}
    for person in people:
        contact = contact_at(session, person.channel, person.address)
        if contact is None:
            found[person.key] = ["", 0]
            continue
        said = select(func.count(), func.max(InboundMessage.id)).where(InboundMessage.contact_id == contact.id)
        sent = (
            select(OutboxMessage.state, func.count(), func.max(OutboxMessage.id), func.max(OutboxMessage.sent_at))
            .where(OutboxMessage.contact_id == contact.id)
            .group_by(OutboxMessage.state)
            .order_by(OutboxMessage.state)
        )
        rows = [tuple(row) for row in session.exec(sent)]
        mark = version([], [str(part) for part in session.exec(said).one()], [str(row) for row in rows], contact.state)
        found[person.key] = [mark, sum(row[1] for row in rows if row[0] in ON_PHONE)]
    return found


def _said(session: Session, contact: Contact) -> list[_Item]:
    chosen = (
        select(InboundMessage)
        .where(InboundMessage.contact_id == contact.id, col(InboundMessage.kind).in_(("text", "edit")))
        .order_by(col(InboundMessage.id).desc())
        .limit(MOST)
    )
    messages = list(session.exec(chosen))
    pictures = _pictures(session, [message.id for message in messages])
    return [
        _Item(
            message.received_at,
            (0, message.id or 0),
            {
                "id": message.provider_id,
                "mine": True,
                "text": message.text,
                "pictures": pictures.get(message.id or 0, []),
                "state": "delivered",
                "stateWords": words().gettext(STATE_WORDS[State.DELIVERED]),
            },
        )
        for message in messages
    ]


def _pictures(session: Session, inbound_ids: list[int | None]) -> dict[int, list[dict[str, str]]]:
    chosen = select(Media.id, Media.inbound_id, Media.name).where(
        col(Media.inbound_id).in_(inbound_ids), col(Media.fetched_at).is_not(None), Media.kind == "photo"
    )
    found: dict[int, list[dict[str, str]]] = {}
    for number, inbound_id, name in session.exec(chosen):
        found.setdefault(inbound_id, []).append({"src": f"/phone/media/{number}", "alt": name})
    return found


def _sent(session: Session, contact: Contact, channel: Channel) -> list[_Item]:
    chosen = (
        select(OutboxMessage)
        .where(OutboxMessage.contact_id == contact.id, col(OutboxMessage.state).in_(ON_PHONE))
        .where(or_(col(OutboxMessage.text) != ""))
        .order_by(col(OutboxMessage.id).desc())
        .limit(MOST)
    )
    messages = list(session.exec(chosen))
    waiting = _open_questions(session, contact, messages)
    return [_outgoing(message, contact, channel, message.id in waiting) for message in messages]


def _outgoing(message: OutboxMessage, contact: Contact, channel: Channel, waiting: bool) -> _Item:
    at = message.created_at if not message.topic else message.sent_at or message.due_at
    labels = tuple(label for _, label in message.choices)
    as_sent = Outgoing(message.id or 0, contact.address, message.text, message.language, labels)
    shown: dict[str, Any] = {
        "id": f"out-{message.id}",
        "mine": False,
        "text": channel.wording(as_sent),
        "language": message.language,
        "state": message.state,
        "stateWords": words().gettext(STATE_WORDS[State(message.state)]),
        "reason": message.reason,
        "cost": "" if channel.has_buttons else _cost(message.parts or channel.parts(as_sent)),
    }
    if channel.has_buttons and message.photo_id is not None:
        shown["pictures"] = [{"src": f"/phone/photo/{message.id}", "alt": ""}]
    if channel.has_buttons and message.recording_id is not None:
        shown["voice"] = f"/phone/voice/{message.id}"
    if channel.has_buttons and message.choices:
        shown["open"] = waiting
        shown["choices"] = [
            {"label": label, "tapped": f"{message.id}:{place}", "chosen": key == message.answered}
            for place, (key, label) in enumerate(message.choices)
        ]
    return _Item(at, (1, message.id or 0), shown)


def _open_questions(session: Session, contact: Contact, newest_first: list[OutboxMessage]) -> set[int | None]:
    """The messages whose question may still be answered: what was pushed, and of each open conversation the last."""
    opened = list(session.exec(select(OpenConversation).where(OpenConversation.contact_id == contact.id)))
    found: set[int | None] = set()
    for message in newest_first:
        if not message.choices or message.answered:
            continue
        mine = [one for one in opened if (one.conversation, one.params) == (message.conversation, message.params)]
        opened = [one for one in opened if one not in mine]
        if mine or not message.key.startswith("in:"):
            found.add(message.id)
    return found


def _cost(count: int) -> str:
    said = words().ngettext("%(count)s part · %(pence)sp", "%(count)s parts · %(pence)sp", count)
    return said % {"count": count, "pence": f"{pence(count):.1f}".removesuffix(".0")}


def _when(at: datetime, language: str) -> dict[str, str]:
    here = local(at)
    return {
        "time": f"{here:%H:%M}",
        "at": here.isoformat(timespec="minutes"),
        "day": format_skeleton("MMMMEEEEd", here, locale=language),
    }
