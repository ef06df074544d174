"""Two parents who live apart: whatever one of them does, the other hears word for word the same."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Sequence
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel, select

from bot.database import open_engine, transaction
from bot.house import House
from bot.messages import Attachment, Kind
from handlers import CONVERSATIONS
from locales import catalogue
from nursery.events import add_event
from nursery.exporting import copy_of
from nursery.guardians import Guardian
from nursery.recipients import Audience
from tests.cast import MONDAY, populate
from tests.talking import TAP, Clock, Player

REFERENCE = re.compile(r"\b[A-Z]-\d+|(?<=/r/)\w+")
NUMBER = re.compile(r"\d+")
"""Rows are numbered as they come, whoever's they are."""
WORDS = sorted({word for one in CONVERSATIONS for tag in ("en_GB", "ur") for word in catalogue(tag).words(one.words)})
FLOWS = (
    ("ABSENT", "1", "2"),
    ("CONSENT", "1", "1"),
    ("CONSENT", "3", "2"),
    ("ABOUT", "Trains and the moon", "skip", "Bread"),
    ("SHARE", "Noor counted to ten", "Shoes"),
    ("COLLECT", "1", "1", "Aunt Zara"),
    ("COMPLAIN", "The gate was open", "3", "3"),
    ("ASK", "When is the trip?"),
    ("EVENTS", "1", "skip"),
    ("SUGGEST", "A bench"),
    ("SIGN", "2", "A Parent"),
    ("LATE", "1"),
    ("RECORD", "1", "1"),
    ("OFFER", "I can bake"),
    ("PROFILE", "1", "No pork, please"),
    ("EARLY", "14:30"),
    ("CALLME", "1"),
    ("COURSES", "1"),
    ("TOPICS", "1"),
    ("PAUSE", "friday", "PAUSE"),
    ("DATA", "2"),
    ("STOP IDEAS", "STOP", "START"),
)
"""Conversations carried through, so that something of each parent's is in every table."""

one = st.one_of(
    st.sampled_from(WORDS),
    st.integers(1, 7).map(str),
    st.integers(1, 4).map(lambda number: f"[tap {number}]"),
    st.sampled_from(["BACK", "skip", "friday", "28/11", "Farah must not collect", "[photo]"]),
)
talk = st.lists(st.one_of(st.sampled_from(FLOWS), one.map(lambda text: (text,))), max_size=6).map(
    lambda flows: [text for flow in flows for text in flow]
)


@st.composite
def turns(draw: st.DrawFn) -> list[tuple[bool, str]]:
    """What both say, each in their own order, mixed: (whether it is Farah, the words)."""
    farah, amina, script = list(draw(talk)), list(draw(talk)), []
    while farah or amina:
        hers = bool(farah) and (not amina or draw(st.booleans()))
        script.append((hers, (farah if hers else amina).pop(0)))
    return script


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Callable[[House], Player]:
    """Makes a player with the cast on a database of its own, each time anew."""
    folder, number = tmp_path_factory.mktemp("apart"), count()
    engine = open_engine(f"sqlite:///{folder / 'cast.db'}")
    SQLModel.metadata.create_all(engine)
    with transaction(engine) as session:
        audience = Audience(populate(session).setting.id or 0)
        starts = MONDAY.replace(day=27)
        add_event(session, audience, "Stay and play", starts, starts.replace(hour=11), now=MONDAY)
    engine.dispose()

    def player(house: House) -> Player:
        copy = shutil.copy(folder / "cast.db", folder / f"{next(number)}.db")
        return Player(open_engine(f"sqlite:///{copy}"), house, Clock())

    return player


@pytest.mark.parametrize("channel", ["sms", "telegram"])
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(script=turns())
def test_the_other_parent_makes_no_difference(
    fresh: Callable[[House], Player], house: House, channel: str, script: list[tuple[bool, str]]
) -> None:
    alone = [(mine, text) for mine, text in script if mine]
    assert _farah_hears(fresh(house), channel, script) == _farah_hears(fresh(house), channel, alone)


def _farah_hears(player: Player, channel: str, script: Sequence[tuple[bool, str]]) -> list[object]:
    """All that Farah is told, and the copy of what is held of her, with references and the ends of links as Q-0: they
    are drawn, and tell nothing."""
    player.channel = channel
    for farah, text in script:
        _speak(player, "Farah" if farah else "Amina", text)
    player.deliver()
    heard = [(REFERENCE.sub("Q-0", one.text), one.choices) for one in player.heard if one.who == "Farah"]
    with player.session() as session:
        mine = session.exec(select(Guardian.id).where(Guardian.name == "Farah")).one() or 0
        copied = json.dumps(copy_of(session, mine))
    player.engine.dispose()
    return [heard, NUMBER.sub("0", REFERENCE.sub("Q-0", copied))]


def _speak(player: Player, who: str, text: str) -> None:
    if text == "[photo]":
        player.say(who, attachments=(Attachment("photo", "file", "image/jpeg"),))
        return
    tap, shown = TAP.match(text), [one for one in player.heard if one.who == who and one.choices]
    if tap and player.channel != "sms" and shown:
        player.say(who, kind=Kind.TAP, tapped=f"{shown[-1].id}:{int(tap['number']) - 1}")
    else:
        player.say(who, tap["number"] if tap else text)
