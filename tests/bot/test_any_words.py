"""Whatever parents do, in any order: no error, nothing half-written, nothing lost, a way out, an answer for everyone.

`COATPEG_PARENTS=3000` lets that many come, by another lot each time; without it they are few, and the same every time.
"""

from __future__ import annotations

import os
import shutil
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel

from bot.conversation import Conversation
from bot.database import open_engine, transaction
from bot.house import House
from bot.messages import Kind
from handlers import CONVERSATIONS
from locales import LANGUAGES, catalogue
from tests.bot.parents import FAMILIES, Fresh, Parents, lay_out
from tests.cast import CAST

MANY = int(os.environ.get("COATPEG_PARENTS", "0"))
SOME = settings(
    max_examples=MANY or 20,
    derandomize=not MANY,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink] if MANY else [Phase.generate],
)
FEW = settings(SOME, max_examples=MANY // 20 or 1)

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

WORDED = [one for one in CONVERSATIONS if one.words]
WORDS = sorted({word for one in WORDED for tag in LANGUAGES for word in catalogue(tag).words(one.words)})
CONTROLS = ["BACK", "MENU", "LANGUAGE", "STOP", "START", "MORE", "Stop. Thank you", "SKIP", "YES", "1", "2", "3"]
ODD = [
    "friday", "31/02", "27/11", "14:30", "tomorrow 3pm", "in 20 minutes", "KX4M-7Q2P", "/start", "/start KX4M7Q2P",
    "ok", "👍", "🙏🏽❤️", "%(child)s", "{}", "%s", "\u202eabc", "مرحبا", "جمعہ کو", "piątek", "mâine", "٣", "۲", "1 2 3",
    "14/05/2023", "Amina K", "a" * 900, "The gate was open again and nobody saw it", "she bit him", "thanks!", "?",
]  # fmt: skip
CHANNELS = ("telegram", "sms")

who = st.sampled_from([*FAMILIES, "Stranger"])
channel = st.sampled_from(CHANNELS)
words = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(CONTROLS),
    st.sampled_from(ODD),
    st.integers(0, 12).map(str),
    st.text(max_size=40),
)
likely = st.one_of(st.integers(1, 5).map(str), st.sampled_from(ODD), words)
deeds = st.one_of(
    st.tuples(st.just("say"), who, channel, words),
    st.tuples(st.just("say"), who, channel, words),
    st.tuples(st.just("tap"), who, channel, st.integers(0, 3), st.integers(0, 5)),
    st.tuples(st.just("tap"), who, channel, st.just(0), st.integers(0, 3)),
    st.tuples(st.just("attach"), who, channel, st.sampled_from(["photo", "voice", "document", "sticker"]), words),
    st.tuples(st.just("do"), who, channel, st.sampled_from([Kind.EDIT, Kind.BLOCKED, Kind.UNBLOCKED, Kind.GROUP])),
    st.tuples(st.just("pass_time"), st.sampled_from([0.1, 1, 5, 24, 24, 200])),
)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    """Makes the families on a database of their own, each time anew."""
    folder, number = tmp_path_factory.mktemp("any"), count()
    engine = open_engine(f"sqlite:///{folder / 'cast.db'}")
    SQLModel.metadata.create_all(engine)
    with transaction(engine) as session:
        lay_out(session)
    engine.dispose()

    def parents(house: House) -> Parents:
        copy = shutil.copy(folder / "cast.db", folder / f"{next(number)}.db")
        return Parents.on(open_engine(f"sqlite:///{copy}"), house)

    return parents


@SOME
@given(script=st.lists(deeds, min_size=3, max_size=25))
def test_any_parents(fresh: Fresh, house: House, script: list[tuple[object, ...]]) -> None:
    """Everybody does anything, while the nursery goes on with its week."""
    parents = fresh(house)
    try:
        for name, *how in script:
            getattr(parents, str(name))(*how)
        for member in {str(name) for _, name, *_ in script} & set(FAMILIES):
            _leads_out(parents, member)
    finally:
        parents.close()


@pytest.mark.parametrize("conversation", WORDED, ids=lambda one: one.name)
@FEW
@given(
    names=st.lists(st.sampled_from(FAMILIES), min_size=1, max_size=2, unique=True),
    at=channel,
    first=st.integers(0, 40),
    answers=st.lists(likely, max_size=8),
    hours=st.sampled_from([0.1, 24]),
)
def test_any_answers(
    fresh: Fresh,
    house: House,
    conversation: Conversation,
    names: list[str],
    at: str,
    first: int,
    answers: list[str],
    hours: float,
) -> None:
    """Each conversation, begun by a word of the parent's own language, meets any answers."""
    parents = fresh(house)
    try:
        for name in names:
            own = catalogue(CAST[name].language).words(conversation.words)
            for words_said in (own[first % len(own)], *answers):
                parents.say(name, at, words_said)
        parents.pass_time(hours)
        for name in names:
            _leads_out(parents, name)
    finally:
        parents.close()


def _leads_out(parents: Parents, name: str) -> None:
    """BACK leads out of wherever they are, and MENU always shows what there is."""
    for at in CHANNELS:
        parents.say(name, at, "START")
        for _ in range(15):
            if len(parents.say(name, at, "BACK")[-1].choices) == 9:
                break
        else:
            raise AssertionError(f"{name} goes back for ever")
        assert len(parents.say(name, at, "MENU")[-1].choices) == 9
