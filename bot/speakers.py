"""Who is at the other end: the contact of an address, whose it is, and what it is in the middle of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Select, Table, bindparam, update
from sqlalchemy import select as core_select
from sqlmodel import Session, SQLModel

from bot.messages import Incoming, Kind
from bot.opened import COLUMNS as OPENED
from bot.opened import TABLE as OPEN
from bot.opened import Opened, from_columns, take_over
from bot.outbox import insert_ignoring
from bot.statements import Prepared
from bot.turn import Speaker
from locales import SOURCE, shipped
from nursery.contacts import ContactState, best_contact, is_kept_shut
from nursery.guardians import Guardian
from nursery.shared_phones import sharing

CONTACT: Table = SQLModel.metadata.tables["contact"]
GUARDIAN: Table = SQLModel.metadata.tables[str(Guardian.__tablename__)]

_WHO = (
    core_select(
        CONTACT.c.id,
        CONTACT.c.guardian_id,
        CONTACT.c.state,
        CONTACT.c.language,
        CONTACT.c.greeted_at,
        GUARDIAN.c.language,
        CONTACT.c.shared,
        *OPENED,
    )
    .select_from(
        CONTACT.outerjoin(GUARDIAN, CONTACT.c.guardian_id == GUARDIAN.c.id).outerjoin(
            OPEN, OPEN.c.contact_id == CONTACT.c.id
        )
    )
    .where(CONTACT.c.channel == bindparam("channel"), CONTACT.c.address == bindparam("address"))
)


@Prepared
def _who(dialect: str) -> Select[Any]:
    """Another process may hold this chat's previous message. SQLite has one writer, and no such lock."""
    return _WHO.with_for_update(of=CONTACT) if dialect == "postgresql" else _WHO


def speaker_of(session: Session, incoming: Incoming) -> tuple[Speaker, list[Opened]]:
    rows = _who.rows(session, channel=incoming.channel, address=incoming.address)
    if not rows:
        return _stranger(session, incoming), []
    contact_id, guardian_id, state, spoken, greeted_at, own, shared, *_ = rows[0]
    language, greeted = own or spoken or SOURCE, greeted_at is not None
    others = tuple(sharing(session, contact_id)) if shared else ()
    here = (contact_id, incoming.channel, incoming.address)
    speaker = Speaker(*here, guardian_id, language, state, greeted, others, several=bool(shared))
    return speaker, [from_columns(*row[7:]) for row in rows if row[7] is not None]


def _stranger(session: Session, incoming: Incoming) -> Speaker:
    language = shipped(incoming.language_hint)
    values = {
        "channel": incoming.channel,
        "address": incoming.address,
        "state": ContactState.ACTIVE.value,
        "preferred": False,
        "shared": False,
        "language": language,
        "wrong_codes": 0,
    }
    session.connection().execute(insert_ignoring(session, CONTACT), values)
    here = (CONTACT.c.channel == incoming.channel) & (CONTACT.c.address == incoming.address)
    found = session.connection().execute(core_select(CONTACT.c.id).where(here)).one()
    return Speaker(found.id, incoming.channel, incoming.address, None, language or SOURCE, greeted=False)


def note_block(session: Session, kind: Kind, speaker: Speaker) -> None:
    """A block closes the contact; an unblock opens it again, unless the person had also said stop."""
    was, becomes = (
        (ContactState.ACTIVE, ContactState.BLOCKED)
        if kind is Kind.BLOCKED
        else (ContactState.BLOCKED, ContactState.ACTIVE)
    )
    change = update(CONTACT).where(CONTACT.c.id == speaker.contact_id, CONTACT.c.state == was.value)
    session.connection().execute(change.values(state=becomes.value))


def reopen(session: Session, speaker: Speaker, opened: list[Opened]) -> tuple[Speaker, list[Opened]]:
    """Whoever writes to us can be written to, and where: who writes from a number that stays shut until START comes
    from it is answered at their other address, and goes on there. Never from a phone of several: it may not be they."""
    if not is_kept_shut(speaker.channel, speaker.state):
        change = update(CONTACT).where(CONTACT.c.id == speaker.contact_id).values(state=ContactState.ACTIVE.value)
        session.connection().execute(change)
        return speaker, opened
    guardian_id = None if speaker.several else speaker.guardian_id
    other = best_contact(session, guardian_id) if guardian_id is not None else None
    if other is None or other.id is None or other.shared:
        return speaker, opened
    take_over(session, other.id, [speaker.contact_id])
    there = replace(speaker, contact_id=other.id, channel=other.channel, address=other.address, state=other.state)
    rows = session.connection().execute(core_select(*OPENED).where(OPEN.c.contact_id == other.id))
    return replace(there, greeted=other.greeted_at is not None), [from_columns(*row) for row in rows]
