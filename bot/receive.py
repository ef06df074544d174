"""One inbound message, one transaction: kept, understood, answered into the outbox."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Table, bindparam, update
from sqlalchemy import select as core_select
from sqlmodel import Session, SQLModel

from bot.alarms import watch
from bot.attached import attach, refusals
from bot.conversation import Answer, Speaker
from bot.database import write
from bot.house import House
from bot.messages import Incoming, Kind
from bot.opened import Opened
from bot.outbox import Reply, enqueue, ignoring
from bot.points import point
from bot.speakers import note_block, reopen, speaker_of
from bot.statements import Prepared
from bot.talk import Talk
from bot.tapped import tap
from bot.thread import Spoken
from bot.wanted import want
from locales import catalogue
from nursery import inbox, tasks
from nursery.contacts import ContactState

INBOUND: Table = SQLModel.metadata.tables["inbound_message"]
CONTACT: Table = SQLModel.metadata.tables["contact"]
GUARDIAN: Table = SQLModel.metadata.tables["guardian"]
MEDIA: Table = SQLModel.metadata.tables["media"]


@dataclass(frozen=True, slots=True)
class Received:
    """What is to be done once it is committed: a sender to wake, and whether there are files to fetch."""

    sender: str
    replies: int
    media: bool = False


def receive(session: Session, incoming: Incoming, house: House, now: datetime) -> Received | None:
    """Takes one message. Returns None when the provider has sent it before: nothing is added, nothing answered.

    Of a group nothing is kept: other families write there too.
    """
    if incoming.kind is Kind.GROUP:
        return None
    if incoming.text != (clean := inbox.storable(incoming.text)):
        incoming = replace(incoming, text=clean)
    speaker, opened = speaker_of(session, incoming)
    point("receive: before insert")
    inbound_id = _keep(session, incoming, speaker, now)
    if inbound_id is None:
        return None
    point("receive: after insert")
    replies, media = 0, False
    match incoming.kind:
        case Kind.BLOCKED | Kind.UNBLOCKED:
            note_block(session, incoming.kind, speaker)
        case Kind.EDIT:
            replies = _correct(session, incoming, inbound_id, speaker, now)
        case _ if not incoming.answerable:
            inbox.pass_to_staff(session, inbound_id)
        case _:
            replies, media = _converse(session, incoming, inbound_id, speaker, opened, house, now)
    point("receive: after conversation")
    return Received(incoming.channel, replies, media)


def keep_broken(session: Session, incoming: Incoming, now: datetime) -> Received | None:
    """Keeps a message whose conversation failed: staff get it and a task, the parent an apology. None for a repeat."""
    speaker, _ = speaker_of(session, incoming)
    inbound_id = _keep(session, incoming, speaker, now)
    if inbound_id is None:
        return None
    inbox.pass_to_staff(session, inbound_id)
    tasks.raise_task(session, f"broken:{inbound_id}", "broken message", now=now, guardian_id=speaker.guardian_id)
    _note_outcome(session, inbound_id, "broken")
    sorry = catalogue(speaker.language).gettext(
        "I am sorry, something went wrong here. Your message is kept and a person will read it."
    )
    _enqueue(session, inbound_id, speaker, [Spoken(sorry, speaker.language)], now)
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


def _correct(session: Session, incoming: Incoming, inbound_id: int, speaker: Speaker, now: datetime) -> int:
    """An edited message is a correction of the one it edits: kept beside it, for staff to see."""
    before = session.connection().execute(
        core_select(INBOUND.c.id)
        .where(
            INBOUND.c.contact_id == speaker.contact_id,
            INBOUND.c.message_ref == incoming.message_ref,
            INBOUND.c.id != inbound_id,
        )
        .order_by(INBOUND.c.id)
        .limit(1)
    )
    corrected = before.scalar()
    values = {"corrects_id": corrected, "for_staff": True, "outcome": "correction"}
    session.connection().execute(update(INBOUND).where(INBOUND.c.id == inbound_id).values(**values))
    noted = catalogue(speaker.language).gettext("Thank you. I have noted your correction.")
    return _enqueue(session, inbound_id, speaker, [Spoken(noted, speaker.language)], now)


def _converse(
    session: Session,
    incoming: Incoming,
    inbound_id: int,
    speaker: Speaker,
    opened: list[Opened],
    house: House,
    now: datetime,
) -> tuple[int, bool]:
    taken, refused = attach(session, incoming, inbound_id)
    said = Answer(incoming.text.strip(), media=tuple(taken), inbound_id=inbound_id)
    if speaker.state in (ContactState.BLOCKED, ContactState.CLOSED):
        reopen(session, speaker)
    talk = Talk(session, speaker, opened, house, now, said)
    talk.thread.spoken += [Spoken(sentence, speaker.language) for sentence in refusals(refused, speaker.language)]
    opting = None if incoming.kind is Kind.TAP else house.understanding.opted(said.text)
    if opting is not None or (incoming.handled and not _plain_yes(incoming, opting, speaker)):
        _opt(talk, opting, incoming)
    elif incoming.kind is Kind.TAP:
        tap(talk, incoming)
    elif said.text or said.media or not refused:
        watch(talk)
        talk.hear()
    want(session, talk.thread.wanted, now)
    _note_outcome(session, inbound_id, talk.outcome)
    if talk.thread.writer is not None:
        inbox.note_writer(session, inbound_id, talk.thread.writer)
    return _enqueue(session, inbound_id, talk.speaker, talk.spoken, now), bool(taken)


def _plain_yes(incoming: Incoming, opting: str | None, speaker: Speaker) -> bool:
    """Twilio takes YES for START; from one who never stopped it is only an answer."""
    return incoming.handled == "START" and opting is None and speaker.state != ContactState.STOPPED


def _opt(talk: Talk, opting: str | None, incoming: Incoming) -> None:
    """A word that stops or starts everything, in the middle of any conversation.

    Where Twilio has answered the parent itself we do as the word says and add nothing of our own.
    """
    word = {"STOP": "stop", "START": "start"}.get(incoming.handled) or opting
    if word is None:
        talk.outcome = "help"
        return
    talk.opt(word)
    if incoming.handled:
        talk.spoken.clear()


def _note_outcome(session: Session, inbound_id: int, outcome: str) -> None:
    write(session, _OUTCOME, [{"b_id": inbound_id, "outcome": outcome}])


def _enqueue(session: Session, inbound_id: int, speaker: Speaker, spoken: list[Spoken], now: datetime) -> int:
    replies = [_reply(f"in:{inbound_id}:{place}", speaker, one, now) for place, one in enumerate(spoken)]
    enqueue(session, replies)
    return len(replies)


def _reply(key: str, speaker: Speaker, one: Spoken, now: datetime) -> Reply:
    question = one.question
    return Reply(
        key=key,
        sender=speaker.channel,
        contact_id=speaker.contact_id,
        guardian_id=one.writer or speaker.guardian_id,
        text=one.text,
        language=one.language,
        now=now,
        conversation=one.conversation,
        params=dict(one.params),
        question=question.name if question else "",
        choices=tuple((choice.key, choice.label) for choice in question.choices) if question else (),
        photo_id=one.photo,
    )
