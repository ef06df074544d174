"""Words said in a talk that is not finished: on no record yet, and nobody's to read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.brought import is_on_record
from bot.doubts import DOUBT
from bot.house import House
from bot.opened import Opened
from nursery.inbox import InboundMessage, pass_to_staff

AGAIN = timedelta(hours=1)
"""How long its own word goes on with such a talk. Later it is of another matter: "10 minutes" was said of yesterday."""


def is_unheard(session: Session, house: House, left: Opened) -> bool:
    """Whether such words stand in a conversation."""
    return bool(_unheard(session, house, left))


def goes_on(session: Session, house: House, left: Opened, now: datetime) -> bool:
    """Whether its own word goes on with it rather than beginning it afresh."""
    return left.asked_at > now - AGAIN and is_unheard(session, house, left)


def pass_on(session: Session, house: House, left: Opened) -> None:
    """Such words of a talk that is begun afresh are a person's to read, as of one that expires; but not where they are
    the family's own affair."""
    for number in () if house.conversations[left.conversation].private else _unheard(session, house, left):
        pass_to_staff(session, number)


def _unheard(session: Session, house: House, left: Opened) -> list[int]:
    """The messages they came in: what was doubted there, and, but where it is the family's own affair, its answers. Of
    a choice, or a word of ours that was doubted, nothing is lost."""
    answers = [value for name, value in left.answers.items() if name != DOUBT and isinstance(value, Mapping)]
    private = house.conversations[left.conversation].private
    said = {value.get("inbound") for value in answers if not private and not value.get("key")}
    doubted = left.answers.get(DOUBT, {}).get("ids", ())
    return [number for number in sorted({*said, *doubted} - {None}) if _is_nobodys(session, number)]


def _is_nobodys(session: Session, number: int) -> bool:
    message = session.get(InboundMessage, number)
    if message is None or message.for_staff or message.restricted:
        return False
    return not is_on_record(session, number)
