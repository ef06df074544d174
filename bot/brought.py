"""A photo or a file that comes with a word or a choice: it goes with the matter that this begins, once there is one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, exists, or_, select, update
from sqlmodel import Session, SQLModel

from bot.conversation import Answer
from bot.doubts import DOUBT
from bot.house import House
from nursery.forgetting import pointers
from nursery.inbox import spare_staff

MEDIA: Table = SQLModel.metadata.tables["media"]
INBOUND: Table = SQLModel.metadata.tables["inbound_message"]

PICTURE = "picture"
"""The parameter of a conversation that says which message brought what goes with it."""

NO_RECORD = ("concern", "media", "inbound_message", "translation")
"""Tables that point at a message and are no record taken from it."""


def carrying(house: House, name: str, said: Answer, params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a conversation that a message begins, with what came along; never where what is said stays
    with the family, nor where it only leads on."""
    leads = name in house.passing or name == house.join
    if not said.media or leads or house.conversations[name].private:
        return dict(params)
    return {**params, PICTURE: said.inbound_id}


def settle(session: Session, params: Mapping[str, Any], answers: Mapping[str, Any]) -> None:
    """At the end of a conversation: what came along goes to the words that its record was taken from, and is no message
    of its own any more. Where no record has any words it stays where it came."""
    brought = params.get(PICTURE)
    if brought is None:
        return
    session.flush()
    said = [
        value["inbound"]
        for name, value in answers.items()
        if name != DOUBT and isinstance(value, Mapping) and value.get("inbound") is not None
    ]
    kept = next((one for one in said if is_on_record(session, one)), None)
    if kept is not None and not is_on_record(session, brought):
        bring_along(session, brought, kept)
        spare_staff(session, brought)


def bring_along(session: Session, before: int, after: int) -> tuple[int, ...]:
    """What came with one message goes with another from now on; returns the numbers of what can be had of it."""
    moved = update(MEDIA).where(MEDIA.c.inbound_id == before).values(inbound_id=after)
    rows = session.connection().execute(moved.returning(MEDIA.c.id, MEDIA.c.refused)).all()
    return tuple(number for number, refused in rows if not refused)


def is_on_record(session: Session, inbound_id: int) -> bool:
    """Whether a record was taken from the message: a question, an absence."""
    found = [exists().where(one == inbound_id) for one in pointers(INBOUND) if one.table.name not in NO_RECORD]
    return bool(session.connection().execute(select(or_(*found))).scalar())
