"""Whatever is typed, in any order: no error, no half-written record, a way out, and an answer for everyone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel

from bot.database import open_engine, transaction
from bot.house import House
from bot.messages import Attachment, Kind
from handlers import CONVERSATIONS
from locales import LANGUAGES, catalogue
from tests.cast import populate
from tests.talking import Clock, Heard, Player

WORDS = sorted({word for one in CONVERSATIONS for tag in LANGUAGES for word in catalogue(tag).words(one.words)})

said = st.one_of(
    st.sampled_from(WORDS),
    st.integers(0, 12).map(str),
    st.sampled_from(
        ["BACK", "MENU", "LANGUAGE", "skip", "friday", "31/02", "27/11", "KX4M-7Q2P", "ok", "%(child)s", "{}"]
    ),
    st.text(max_size=40),
    st.integers(1, 4).map(lambda number: f"[tap {number}]"),
    st.just("[photo]"),
)
turns = st.lists(st.tuples(st.sampled_from(["Amina", "Ioana", "Farah", "Stranger"]), said), min_size=1, max_size=14)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Callable[[House], Player]:
    """Makes a player with the cast on a database of its own, each time anew."""
    folder, number = tmp_path_factory.mktemp("any"), count()
    engine = open_engine(f"sqlite:///{folder / 'cast.db'}")
    SQLModel.metadata.create_all(engine)
    with transaction(engine) as session:
        populate(session)
    engine.dispose()

    def player(house: House) -> Player:
        copy = shutil.copy(folder / "cast.db", folder / f"{next(number)}.db")
        return Player(open_engine(f"sqlite:///{copy}"), house, Clock())

    return player


@pytest.mark.parametrize("channel", ["sms", "telegram"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(script=turns)
def test_any_words(fresh: Callable[[House], Player], house: House, channel: str, script: list[tuple[str, str]]) -> None:
    player = fresh(house)
    player.channel = channel
    for who, text in script:
        for heard in _speak(player, who, text):
            assert heard.text.strip()
            assert "%(" not in heard.text.replace("%(child)s", "")
            assert len(heard.choices) <= 10
    for who in ("Amina", "Ioana"):
        assert len(player.say(who, "MENU")[-1].choices) > 3
    player.engine.dispose()


def _speak(player: Player, who: str, text: str) -> list[Heard]:
    if text == "[photo]":
        return list(player.say(who, attachments=(Attachment("photo", "file", "image/jpeg"),)))
    if text.startswith("[tap"):
        shown = [one for one in player.heard if one.who == who and one.choices]
        number = int(text[5:-1])
        if player.channel == "sms" or not shown:
            return list(player.say(who, str(number)))
        return list(player.say(who, kind=Kind.TAP, tapped=f"{shown[-1].id}:{number - 1}"))
    return list(player.say(who, text))
