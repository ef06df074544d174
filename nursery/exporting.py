"""A copy of what is held of a guardian (UK GDPR article 15): their own, and nobody else's."""

from __future__ import annotations

import base64
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, false, literal, not_, or_
from sqlalchemy import select as core_select
from sqlmodel import Session, SQLModel

from nursery.held import HELD, Held, addresses, of_guardian, table_of

NOT_THEIRS = ("staff", "guardian")
"""A column that points at one of these says who on the staff, or which other guardian: it is left out."""


def copy_of(session: Session, guardian_id: int) -> dict[str, Any]:
    """Everything there is about a guardian, table by table, ready to be written as JSON. What came in a message that
    is with the safeguarding lead is left out, and that it is is not said: the lead is asked by hand."""
    contacts = addresses(session, guardian_id)
    guardians = SQLModel.metadata.tables["guardian"]
    found: dict[str, Any] = {"guardian": _rows(session, guardians, guardians.c.id == guardian_id, ("sends_held",))}
    for held in HELD:
        if not held.withheld:
            found[held.table] = _held(session, held, guardian_id, contacts)
    found["media"] = _media(session, guardian_id, contacts)
    found["recording"] = _recordings(session, guardian_id, contacts)
    return {name: rows for name, rows in found.items() if rows}


def _held(session: Session, held: Held, guardian_id: int, contacts: list[int]) -> list[dict[str, Any]]:
    table = table_of(held)
    where = of_guardian(table, guardian_id, contacts) & _open_to_all(table)
    if held.table == "outbox_message":
        where &= not_(_answers_another(table, guardian_id))
        where &= not_(and_(table.c.state == "held", table.c.reason == "held"))  # by the lead, which is not told
        kept_back = _kept_back(session, guardian_id, contacts)
        where &= not_(or_(false(), *(table.c.key.startswith(f"in:{one}:") for one in kept_back)))
    return _rows(session, table, where, held.hidden)


def _answers_another(outbox: Table, guardian_id: int) -> ColumnElement[bool]:
    """The condition on an answer to what came from a shared phone and is not, or may not be, this guardian's."""
    inbound = SQLModel.metadata.tables["inbound_message"]
    asked = literal("in:").op("||")(inbound.c.id).op("||")(":%")
    not_theirs = or_(inbound.c.guardian_id.is_(None), inbound.c.guardian_id != guardian_id)
    return (
        core_select(inbound.c.id)
        .where(inbound.c.contact_id == outbox.c.contact_id, inbound.c.of_several.is_(True), not_theirs)
        .where(outbox.c.key.like(asked))
        .exists()
    )


def _open_to_all(table: Table) -> ColumnElement[bool]:
    """The condition on rows that came in no message kept for the safeguarding lead."""
    inbound = SQLModel.metadata.tables["inbound_message"]
    if table is inbound:
        return inbound.c.restricted.is_(False)
    kept_back = core_select(inbound.c.id).where(inbound.c.restricted.is_(True))
    columns = [key.parent for key in table.foreign_keys if key.column.table is inbound]
    return not_(or_(false(), *(column.is_not(None) & column.in_(kept_back) for column in columns)))


def _kept_back(session: Session, guardian_id: int, contacts: list[int]) -> list[int]:
    """Messages with the safeguarding lead: what was answered to them is left out as well."""
    inbound = SQLModel.metadata.tables["inbound_message"]
    theirs = of_guardian(inbound, guardian_id, contacts)
    chosen = core_select(inbound.c.id).where(theirs, inbound.c.restricted.is_(True))
    return list(session.connection().execute(chosen).scalars())


def _media(session: Session, guardian_id: int, contacts: list[int]) -> list[dict[str, Any]]:
    """Photos, voice notes and documents, as base64."""
    media, inbound = (SQLModel.metadata.tables[name] for name in ("media", "inbound_message"))
    mine = of_guardian(inbound, guardian_id, contacts)
    theirs = core_select(inbound.c.id).where(mine, inbound.c.restricted.is_(False))
    return _rows(session, media, media.c.inbound_id.in_(theirs), ("ref",))


def _recordings(session: Session, guardian_id: int, contacts: list[int]) -> list[dict[str, Any]]:
    """The voice notes they were sent, as base64; not whose voice it is."""
    recordings, outbox = (SQLModel.metadata.tables[name] for name in ("recording", "outbox_message"))
    theirs = core_select(outbox.c.recording_id).where(of_guardian(outbox, guardian_id, contacts))
    return _rows(session, recordings, recordings.c.id.in_(theirs), ("made_by",))


def _rows(
    session: Session, table: Table, where: ColumnElement[bool], hidden: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    others = {key.parent.name for key in table.foreign_keys if key.column.table.name in NOT_THEIRS}
    names = [column.name for column in table.c if column.name not in {*hidden, *others} - {"guardian_id"}]
    chosen = core_select(*(table.c[name] for name in names)).where(where).order_by(*table.primary_key.columns)
    found = session.connection().execute(chosen).mappings()
    return [{name: _plain(value) for name, value in row.items()} for row in found]


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, date | datetime | time) else value
