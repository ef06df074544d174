"""What follows from a send: one table from the kind of failure to state, retry, contact and staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from sqlmodel import Session

from bot.again import reroute, send_again
from bot.brought import is_on_record
from bot.channels import Misconfigured, Rejected, SendError, Stopped, Throttled, Unknown, Unreachable
from bot.claiming import Mark
from bot.messages import Sent
from bot.outbox import OutboxMessage, Priority, State
from bot.stopped import has_started_elsewhere, tell_elsewhere
from nursery import tasks
from nursery.contacts import Contact, ContactState, stop, stop_here_alone
from nursery.corrections import CLOSED
from nursery.inbox import InboundMessage, pass_to_staff

MOST_TRIES = 8
"""With doubling waits from five seconds this is about twenty minutes; then it has failed and staff are told."""

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=15)
MISCONFIGURED_WAIT = timedelta(minutes=5)
SETTLE = timedelta(seconds=20)
"""How long a status callback, which carries our id, is given before an unknown message is looked into."""

STOPPED, COURTESY = "stop", "courtesy"
"""What a message was taken for that asks for no answer: nobody has to ring because one did not arrive."""

OFF_WAIT = timedelta(hours=1)
"""A handset that was off or away (Twilio 30003) is tried once more after this."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one send, and what it says of the address."""

    state: State
    reason: str = ""
    code: str = ""
    provider_id: str = ""
    parts: int | None = None
    due_at: datetime | None = None
    undo_try: bool = False
    later: bool = False
    """The handset did not answer: worth one more try, later."""
    contact: ContactState | None = None
    """What the contact becomes; an address that is shut hands the message to the guardian's next."""

    @classmethod
    def sent(cls, sent: Sent) -> Self:
        return cls(State.SENT, provider_id=sent.provider_id, parts=sent.parts)

    @classmethod
    def unknown(cls, reason: str) -> Self:
        return cls(State.UNKNOWN, reason)

    @classmethod
    def again(cls, due_at: datetime, *, reason: str = "", code: str = "", undo: bool = False) -> Self:
        return cls(State.DUE, reason, code, due_at=due_at, undo_try=undo)

    def mark(self, row: dict[str, Any]) -> Mark:
        return Mark(
            row["id"],
            row["lease"],
            self.state,
            self.reason,
            self.code,
            self.provider_id,
            self.parts,
            self.due_at,
            self.undo_try,
        )


def fate_of(error: SendError, row: dict[str, Any], now: datetime) -> Fate:
    """The table: what a failure means for the row and the address.

    stopped -> suppressed, contact shut · throttled -> due again when told · unreachable -> due again, later each time ·
    unknown -> unknown · rejected -> failed (address closed if it is dead) · misconfigured -> due again, sender stopped.
    """
    match error:
        case Stopped():
            shut = ContactState.BLOCKED if error.reason == "blocked" else ContactState.STOPPED
            return Fate(State.FAILED, error.reason, error.code, contact=shut)
        case Throttled():
            wait = timedelta(seconds=max(error.retry_after, 0.0))
            return Fate.again(now + wait, reason="throttled", code=error.code, undo=True)
        case Unreachable() if row["tries"] < MOST_TRIES:
            wait = min(FIRST_WAIT * 2 ** (row["tries"] - 1), LONGEST_WAIT)
            return Fate.again(now + wait, reason="unreachable", code=error.code)
        case Unknown():
            return Fate(State.UNKNOWN, error.reason, error.code, due_at=now + SETTLE)
        case Misconfigured():
            return Fate.again(now + MISCONFIGURED_WAIT, reason="misconfigured", code=error.code, undo=True)
        case Rejected() if error.closes:
            return Fate(State.FAILED, error.reason, error.code, contact=ContactState.CLOSED)
    return Fate(State.FAILED, error.reason, error.code)


def follow(session: Session, outbox_id: int, fate: Fate, sender: str, now: datetime) -> None:
    """Carries out what a fate means beyond its row: the contact, the guardian's next address, a task for staff."""
    if fate.reason == "misconfigured":
        tasks.raise_task(
            session, f"sender:{sender}:{now:%Y-%m-%d}", "sender stopped", now=now, about=sender, urgent=True
        )
    if fate.state is not State.FAILED:
        return
    message = session.get_one(OutboxMessage, outbox_id)
    moved = False
    if fate.contact is not None:
        _shut(session, message, fate.contact, now)
        moved = message.guardian_id is not None and reroute(session, message.model_dump(), now)
    elif fate.later and ":again" not in message.key and message.guardian_id is not None:
        moved = reroute(session, message.model_dump(), now)
        if not moved:
            send_again(session, message.model_dump(), f"{message.key}:again", now, due_at=now + OFF_WAIT)
            return
    if not moved and message.guardian_id is not None:
        _give_to_a_person(session, message, fate, now)


def _shut(session: Session, message: OutboxMessage, becomes: ContactState, now: datetime) -> None:
    """The address is shut. A stop is a stop of everything, unless START has been said elsewhere since: then what the
    provider still keeps shut is this address alone."""
    contact = session.get_one(Contact, message.contact_id)
    if becomes is not ContactState.STOPPED:
        contact.state = becomes
        session.add(contact)
        session.flush()
    elif has_started_elsewhere(session, contact):
        stop_here_alone(session, contact)
    else:
        was = contact.state
        stop(session, contact)
        if was == ContactState.ACTIVE:
            tell_elsewhere(session, contact, f"stopped:out:{message.id}", now)


def _give_to_a_person(session: Session, message: OutboxMessage, fate: Fate, now: datetime) -> None:
    """What nobody got, once a day and guardian; and, where it was an answer, what they had written and no record has:
    that would lie between the question and the answer, with nobody."""
    said = _answered(session, message.key)
    shut = said is not None and fate.contact is ContactState.STOPPED
    if said is not None and said.outcome in (STOPPED, COURTESY):
        return
    if said is not None and said.outcome not in CLOSED and not is_on_record(session, said.id or 0):
        pass_to_staff(session, said.id or 0)
    if message.priority <= Priority.NOTICE:
        tasks.raise_task(
            session,
            f"{'shut' if shut else 'unreached'}:{message.guardian_id}:{now:%Y-%m-%d}",
            "written after a stop" if shut else "unreached",
            now=now,
            guardian_id=message.guardian_id,
            about=message.key if said is None else f"message {said.id}",
        )


def _answered(session: Session, key: str) -> InboundMessage | None:
    """The message that this is an answer to, if it is one and that is kept still."""
    number = key.split(":")[1] if key.startswith("in:") else ""
    return session.get(InboundMessage, int(number)) if number.isdecimal() else None
