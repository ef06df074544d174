"""The engine's own fixtures: the house with a few conversations more, and the office."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import Engine

from bot.conversation import Choice, Conversation, Dialogue, ask, choose, say
from bot.house import House, build_house
from bot.turn import Turn
from handlers import CONVERSATIONS
from nursery.tasks import raise_task
from tests.bot.office import KEY, Office, open_office
from tests.cast import People
from tests.talking import Clock


def tell(turn: Turn) -> Dialogue:
    """Says what it is told to, and in which language that was."""
    return say(f"{turn.params['text']} [{turn.language}]")
    yield


def clear(turn: Turn) -> Dialogue:
    """Asks whether what it says is clear."""
    answer = yield from choose(
        "clear", f"{turn.params['text']} Is this clear?", (Choice("yes", "Clear"), Choice("no", "Not clear"))
    )
    return say(f"Noted: {answer}")


def name_it(turn: Turn) -> Dialogue:
    """Asks two things and says both."""
    first = yield from ask("first", "What is the first?")
    second = yield from ask("second", "What is the second?")
    return say(f"{first['text']} then {second['text']}")


def trip(turn: Turn) -> Dialogue:
    """Writes, and then falls over."""
    raise_task(turn.session, "half-written", "note", now=turn.now)
    raise RuntimeError(turn.said.text)
    yield


def fall(turn: Turn) -> Dialogue:
    """Falls over at once."""
    raise RuntimeError(turn.said.text)
    yield


HOUSE = build_house(
    [
        *CONVERSATIONS,
        Conversation("tell", tell),
        Conversation("clear", clear),
        Conversation("name_it", name_it, "NAMEIT"),
        Conversation("trip", trip, "TRIP"),
        Conversation("fall", fall),
    ],
    key=KEY.encode(),
)


@pytest.fixture(scope="session")
def engine_house() -> House:
    """The real conversations, and some that only the engine's tests need."""
    return HOUSE


@pytest.fixture
async def office(engine: Engine, people: People, clock: Clock, engine_house: House) -> AsyncIterator[Office]:
    async with open_office(engine, engine_house, clock) as office:
        yield office
