"""What is wanted of the translation server: found, taken by one process at a time, and kept as it comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Table, and_, exists, func, or_, select, union_all, update
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as select_records

from bot.wanted import TRANSLATION
from locales import LANGUAGES, SOURCE
from nursery.contacts import Contact
from nursery.forgetting import pointers
from nursery.guardians import Guardian, Guardianship
from nursery.inbox import PRIVATE, InboundMessage
from nursery.people import Child
from nursery.shielding import Names, NotTranslated, Shielded, in_script_of, names_of, shield
from nursery.translations import State, Translation, Wanted

INBOUND: Table = SQLModel.metadata.tables["inbound_message"]

LEASE = timedelta(seconds=30)
"""How long a translation is its asker's: longer than a request may take."""

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))
"""After each failure; after the last there is no translation. A message waits for the first try alone."""

LATEST, RECENT = 2000, timedelta(days=2)
"""Messages of parents that are looked through for one that wants a gist."""

FOREIGN = tuple(tag for tag in LANGUAGES if tag != SOURCE)

NOT_FOR_STAFF = ("concern", "media", "inbound_message", "translation")
"""Tables that point at a message and do not make it one for staff to read."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Words for the server, with everything locked that must not leave or change."""

    key: str
    source: str
    language: str
    shielded: Shielded


def gists(session: Session, now: datetime) -> list[Wanted]:
    """What parents wrote in another language and staff have to read, and of which there is no gist in English yet.

    Complaints are among them: staff must understand one, and read the original first. What is with the safeguarding
    lead, and whatever else staff do not see, never leaves for a server; nor does anything from a family whose messages
    the lead has held.
    """
    newest = session.connection().execute(select(func.max(INBOUND.c.id))).scalar() or 0
    read_by_staff = union_all(*(select(column).where(column > newest - LATEST) for column in _records()))
    restricted = exists().where(SQLModel.metadata.tables["concern"].c.inbound_id == INBOUND.c.id)
    chosen = (
        select(INBOUND.c.id, INBOUND.c.text, INBOUND.c.guardian_id, col(Guardian.language))
        .join(Contact, col(Contact.id) == INBOUND.c.contact_id)
        .join(Guardian, col(Guardian.id) == func.coalesce(INBOUND.c.guardian_id, col(Contact.guardian_id)))
        .where(INBOUND.c.id > newest - LATEST, INBOUND.c.received_at > now - RECENT, INBOUND.c.text != "")
        .where(INBOUND.c.restricted.is_(False), ~restricted, INBOUND.c.outcome.not_in(PRIVATE))
        .where(col(Guardian.language).in_(FOREIGN), col(Guardian.sends_held).is_(False))
        .where(or_(INBOUND.c.for_staff, INBOUND.c.id.in_(read_by_staff)))
        .where(~exists().where(TRANSLATION.c.inbound_id == INBOUND.c.id))
    )
    rows = session.connection().execute(chosen)
    return [
        Wanted(f"in:{number}", language, SOURCE, text, None, guardian_id, number)
        for number, text, guardian_id, language in rows
        if _says(text, language)
    ]


def _records() -> list[Column[Any]]:
    """Where a record points at the message it was taken from. Each is gone through once: not all have an index."""
    return [column for column in pointers(INBOUND) if column.table.name not in NOT_FOR_STAFF]


def _says(text: str, language: str) -> bool:
    """Whether there are words of that language: Urdu and Arabic in Latin letters no engine we know of can read."""
    return sum(in_script_of(text, language)) > 1


def take(session: Session, now: datetime, at_most: int) -> tuple[list[Asked], int]:
    """Takes what is wanted, staff's words first; nobody else gets it until `now + LEASE`. Returns it, and of how many
    more there will be no translation."""
    free = and_(
        TRANSLATION.c.state == State.WANTED.value, or_(TRANSLATION.c.tried_at.is_(None), TRANSLATION.c.tried_at <= now)
    )
    next_ones = select(TRANSLATION.c.key).where(free)
    next_ones = next_ones.order_by(TRANSLATION.c.inbound_id.is_not(None), TRANSLATION.c.wanted_at).limit(at_most)
    taken = update(TRANSLATION).where(TRANSLATION.c.key.in_(next_ones), free).values(tried_at=now + LEASE)
    keys = session.connection().execute(taken.returning(TRANSLATION.c.key)).scalars().all()
    rows = session.exec(select_records(Translation).where(col(Translation.key).in_(keys))).all()
    known: dict[frozenset[int], Names] = {}
    found = [asked for row in rows if (asked := _asked(session, row, known)) is not None]
    return found, len(rows) - len(found)


def keep(session: Session, asked: Asked, translated: str, engine: str) -> bool:
    """Keeps what the server answered, if it is a translation; says whether it is."""
    row = session.get(Translation, asked.key)
    if row is None:
        return False  # erased meanwhile
    try:
        row.text, row.engine, row.state = asked.shielded.restored(translated, asked.language), engine, State.DONE
    except NotTranslated as reason:
        row.state, row.reason = State.REFUSED, str(reason)
    session.add(row)
    return row.state == State.DONE


def refuse(session: Session, key: str, reason: str) -> None:
    """There will be no translation of this."""
    row = session.get(Translation, key)
    if row is not None:
        row.state, row.reason = State.REFUSED, reason
        session.add(row)


def put_off(session: Session, key: str, reason: str, now: datetime) -> None:
    """Not now: it is asked for again later, a few times."""
    row = session.get(Translation, key)
    if row is None:
        return
    if row.tries >= len(WAITS):
        refuse(session, key, reason)
        return
    row.tries, row.tried_at, row.reason = row.tries + 1, now + WAITS[row.tries], reason
    session.add(row)


def _asked(session: Session, row: Translation, known: dict[frozenset[int], Names]) -> Asked | None:
    """None where nothing is to be asked, which is noted."""
    message = session.get(InboundMessage, row.inbound_id) if row.inbound_id is not None else None
    if message is not None and message.restricted:
        refuse(session, row.key, "for the safeguarding lead")
        return None
    settings = _settings(session, row, message)
    if settings not in known:
        known[settings] = names_of(session, settings)
    try:
        return Asked(row.key, row.source, row.language, shield(row.words, known[settings], row.source))
    except NotTranslated as reason:
        refuse(session, row.key, str(reason))
        return None


def _settings(session: Session, row: Translation, message: InboundMessage | None) -> frozenset[int]:
    """Whose names may be in it: those of its setting, and of every setting that its guardian has to do with, or whoever
    else has the phone it came from."""
    phone = session.get(Contact, message.contact_id) if message is not None and message.contact_id else None
    people = {row.guardian_id, phone.guardian_id if phone is not None else None} - {None}
    ties = select_records(Child.setting_id).join(Guardianship).where(col(Guardianship.guardian_id).in_(people))
    return frozenset({*session.exec(ties), row.setting_id} - {None})
