"""One inbound message, one transaction: kept, understood, answered into the outbox."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Table, bindparam, update
from sqlmodel import Session, SQLModel

from bot.alarms import watch
from bot.attached import attach, refusals
from bot.conversation import Answer
from bot.corrected import Edit, correct, edit_of, note_edit
from bot.database import write
from bot.house import House
from bot.messages import Incoming, Kind
from bot.opened import Opened
from bot.outbox import ignoring
from bot.points import point
from bot.replies import Spoken, reply
from bot.speakers import note_block, reopen, speaker_of
from bot.statements import Prepared
from bot.stopped import tell_elsewhere
from bot.talk import Talk
from bot.tapped import tap
from bot.turn import Speaker
from bot.wanted import want
from locales import catalogue
from nursery import inbox, tasks
from nursery.contacts import Contact, ContactState, is_kept_shut

INBOUND: Table = SQLModel.metadata.tables["inbound_message"]
CONTACT: Table = SQLModel.metadata.tables["contact"]
GUARDIAN: Table = SQLModel.metadata.tables["guardian"]
MEDIA: Table = SQLModel.metadata.tables["media"]


@dataclass(frozen=True, slots=True)
class Received:
    """What is to be done once it is committed: senders to wake, and whether there are files to fetch."""

    sender: str
    replies: int
    media: bool = False
    others: tuple[str, ...] = ()
    """Further senders that have something now."""


def receive(session: Session, incoming: Incoming, house: House, now: datetime) -> Received | None:
    """Takes one message. Returns None when the provider has sent it before, or an edit changes no word: nothing is
    added, nothing answered.

    Of a group nothing is kept: other families write there too.
    """
    if incoming.kind is Kind.GROUP:
        return None
    if incoming.text != (clean := inbox.storable(incoming.text)):
        incoming = replace(incoming, text=clean)
    speaker, opened = speaker_of(session, incoming)
    edit = edit_of(session, incoming, speaker) if incoming.kind is Kind.EDIT else None
    if edit is not None and edit.adds_nothing(incoming.text):
        return None
    point("receive: before insert")
    inbound_id = _keep(session, incoming, speaker, now)
    if inbound_id is None:
        return None
    point("receive: after insert")
    received = Received(incoming.channel, 0)
    match incoming.kind:
        case Kind.BLOCKED | Kind.UNBLOCKED:
            note_block(session, incoming.kind, speaker)
        case _ if not incoming.answerable:
            inbox.pass_to_staff(session, inbound_id)
        case _:
            received = _converse(session, incoming, inbound_id, speaker, opened, house, now, edit)
    point("receive: after conversation")
    return received


def keep_broken(session: Session, incoming: Incoming, now: datetime) -> Received | None:
    """Keeps a message whose conversation failed: staff get it and a task, the parent an apology. None for a repeat."""
    speaker, _ = speaker_of(session, incoming)
    edit = edit_of(session, incoming, speaker) if incoming.kind is Kind.EDIT else None
    inbound_id = _keep(session, incoming, speaker, now)
    if inbound_id is None:
        return None
    if edit is not None:
        note_edit(session, inbound_id, edit)
    inbox.pass_to_staff(session, inbound_id)
    tasks.raise_task(session, f"broken:{inbound_id}", "broken message", now=now, guardian_id=speaker.guardian_id)
    _note_outcome(session, inbound_id, "broken")
    sorry = catalogue(speaker.language).gettext(
        "I am sorry, something went wrong here. Your message is kept and a person will read it."
    )
    reply(session, inbound_id, speaker, [Spoken(sorry, speaker.language)], now)
    return Received(incoming.channel, 1)


def _keep(session: Session, incoming: Incoming, speaker: Speaker, now: datetime) -> int | None:
    kept = {
        "channel": incoming.channel,
        "provider_id": incoming.provider_id,
        "message_ref": incoming.message_ref,
        "contact_id": speaker.contact_id,
        "guardian_id": None if speaker.several else speaker.guardian_id,
        "of_several": speaker.several,
        "kind": incoming.kind.value,
        "text": inbox.storable(incoming.text),
        "received_at": now,
        "outcome": "",
        "for_staff": False,
    }
    found = _KEEP.rows(session, **kept)
    return int(found[0][0]) if found else None


_KEPT = (
    *("channel", "provider_id", "message_ref", "contact_id", "guardian_id", "of_several"),
    *("kind", "text", "received_at", "outcome", "for_staff"),
)
_KEEP = Prepared(lambda dialect: ignoring(dialect, INBOUND).returning(INBOUND.c.id), _KEPT)
_OUTCOME = Prepared(lambda _: update(INBOUND).where(INBOUND.c.id == bindparam("b_id")), ("outcome",))


def _converse(
    session: Session,
    incoming: Incoming,
    inbound_id: int,
    speaker: Speaker,
    opened: list[Opened],
    house: House,
    now: datetime,
    edit: Edit | None,
) -> Received:
    taken, refused = attach(session, incoming, inbound_id)
    said = Answer(incoming.text.strip(), media=tuple(taken), inbound_id=inbound_id)
    plain = incoming.kind is Kind.TAP or (edit is not None and edit.late)
    opting = None if plain else house.understanding.opted(said.text)
    opts = opting is not None or (incoming.handled != "" and not _plain_yes(incoming, opting, speaker))
    if speaker.state in (ContactState.BLOCKED, ContactState.CLOSED) and not opts:
        speaker, opened = reopen(session, speaker, opened)
    others: tuple[str, ...] = ()
    talk = Talk(session, speaker, opened, house, now, said)
    talk.thread.spoken += [Spoken(sentence, speaker.language) for sentence in refusals(refused, speaker.language)]
    if edit is not None:
        note_edit(session, inbound_id, edit)
    if opts:
        others = _opt(talk, opting, incoming)
    elif incoming.kind is Kind.TAP:
        tap(talk, incoming)
    elif edit is not None:
        correct(talk, edit, alarmed=edit.is_raised(session, said.text) or watch(talk))
    elif said.text or said.media or not refused:
        talk.hear(alarmed=watch(talk))
    want(session, talk.thread.wanted, now)
    _note_outcome(session, inbound_id, talk.outcome)
    if talk.thread.writer is not None:
        inbox.note_writer(session, inbound_id, talk.thread.writer)
    replies = reply(session, inbound_id, talk.speaker, talk.spoken, now)
    return Received(talk.speaker.channel, replies, bool(taken), others)


def _plain_yes(incoming: Incoming, opting: str | None, speaker: Speaker) -> bool:
    """Twilio takes YES for START; from one who never stopped it is only an answer."""
    stopped = speaker.state == ContactState.STOPPED or is_kept_shut(speaker.channel, speaker.state)
    return incoming.handled == "START" and opting is None and not stopped


def _opt(talk: Talk, opting: str | None, incoming: Incoming) -> tuple[str, ...]:
    """A word that stops or starts everything, in the middle of any conversation.

    Where Twilio has answered the parent itself we do as the word says and add nothing of our own there. What a stop
    means at their other address they are told at that one; returns the senders that have this to say.
    """
    if talk.thread.said.media and talk.speaker.guardian_id is not None:
        inbox.pass_to_staff(talk.session, talk.thread.said.inbound_id or 0)
    word = {"STOP": "stop", "START": "start"}.get(incoming.handled) or opting
    if word is None:
        talk.outcome = "help"
        return ()
    was = talk.speaker
    talk.opt(word)
    if incoming.handled:
        talk.spoken.clear()
    again = was.state != ContactState.ACTIVE if was.several else was.state == ContactState.STOPPED
    if word != "stop" or again or (talk.spoken and not was.several):
        return ()
    contact = talk.session.get_one(Contact, was.contact_id)
    key = f"stopped:in:{talk.thread.said.inbound_id}"
    return tuple(tell_elsewhere(talk.session, contact, key, talk.thread.now))


def _note_outcome(session: Session, inbound_id: int, outcome: str) -> None:
    write(session, _OUTCOME, [{"b_id": inbound_id, "outcome": outcome}])
