"""Words said in a talk that is not finished: on no record yet, and nobody's to read."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session

from bot.brought import is_on_record
from bot.doubts import DOUBT
from bot.house import House
from bot.opened import Opened
from nursery.inbox import InboundMessage


def is_unheard(session: Session, house: House, left: Opened) -> bool:
    """Whether such words stand in a conversation: what was doubted there, and, but where it is the family's own affair,
    its answers. Of a word of ours that was doubted nothing is lost."""
    answers = [value for name, value in left.answers.items() if name != DOUBT and isinstance(value, Mapping)]
    private = house.conversations[left.conversation].private
    said = {None, *(value.get("inbound") for value in answers if not private)}
    doubted = left.answers.get(DOUBT, {}).get("ids", ())
    return any(_is_nobodys(session, number) for number in {*said, *doubted} - {None})


def _is_nobodys(session: Session, number: int) -> bool:
    message = session.get(InboundMessage, number)
    if message is None or message.for_staff or message.restricted:
        return False
    return not is_on_record(session, number)
