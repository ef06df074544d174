"""Who is at the other end: the contact of an address, whose it is, and what it is in the middle of."""

from __future__ import annotations

from sqlalchemy import Table, bindparam, update
from sqlalchemy import select as core_select
from sqlmodel import Session, SQLModel

from bot.conversation import Speaker
from bot.messages import Incoming, Kind
from bot.opened import TABLE as OPEN
from bot.opened import Opened, from_row
from bot.outbox import insert_ignoring
from locales import SOURCE, shipped
from nursery.contacts import ContactState
from nursery.guardians import Guardian

CONTACT: Table = SQLModel.metadata.tables["contact"]
GUARDIAN: Table = SQLModel.metadata.tables[str(Guardian.__tablename__)]

_WHO = (
    core_select(
        CONTACT.c.id.label("contact_id"),
        CONTACT.c.guardian_id,
        CONTACT.c.state,
        CONTACT.c.language.label("spoken"),
        CONTACT.c.greeted_at,
        GUARDIAN.c.language.label("own"),
        OPEN,
    )
    .select_from(
        CONTACT.outerjoin(GUARDIAN, CONTACT.c.guardian_id == GUARDIAN.c.id).outerjoin(
            OPEN, OPEN.c.contact_id == CONTACT.c.id
        )
    )
    .where(CONTACT.c.channel == bindparam("channel"), CONTACT.c.address == bindparam("address"))
)
_WHO_LOCKED = _WHO.with_for_update(of=CONTACT)
"""Another process may hold this chat's previous message. SQLite has one writer, and no such lock."""


def speaker_of(session: Session, incoming: Incoming) -> tuple[Speaker, list[Opened]]:
    who = _WHO_LOCKED if session.get_bind().dialect.name == "postgresql" else _WHO
    rows = session.connection().execute(who, {"channel": incoming.channel, "address": incoming.address}).all()
    if not rows:
        return _stranger(session, incoming), []
    first = rows[0]
    speaker = Speaker(
        first.contact_id,
        incoming.channel,
        incoming.address,
        first.guardian_id,
        first.own or first.spoken or SOURCE,
        first.state,
        first.greeted_at is not None,
    )
    return speaker, [from_row(row) for row in rows if row.id is not None]


def _stranger(session: Session, incoming: Incoming) -> Speaker:
    language = shipped(incoming.language_hint)
    values = {
        "channel": incoming.channel,
        "address": incoming.address,
        "state": ContactState.ACTIVE.value,
        "preferred": False,
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


def reopen(session: Session, speaker: Speaker) -> None:
    """Whoever writes to us can be written to."""
    change = update(CONTACT).where(CONTACT.c.id == speaker.contact_id).values(state=ContactState.ACTIVE.value)
    session.connection().execute(change)
