"""What a message means: opt-out words exactly, menu words whole, near words only offered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import bare_number, normalise
from bot.conversation import Conversation, Dialogue, Turn, say
from bot.house import House, build_house
from bot.understanding import Clash
from handlers import CONVERSATIONS
from locales import LANGUAGES, catalogue

KEPT_BY_CARRIERS = {
    *("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"),
    *("START", "YES", "UNSTOP", "HELP", "INFO"),
}
"""Contract: none of these starts anything of ours but stop, start, and the menu that HELP leads to."""


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("STOP", "stop"),
        ("stop", "stop"),
        ("Stop.", "stop"),
        ("STOP!!!", "stop"),
        (" stop ", "stop"),
        ("/stop", "stop"),
        ("Stop. Thank you", "stop"),
        ("stop, thanks", "stop"),
        ("Please stop", "stop"),
        ("stop please", "stop"),
        ("ＳＴＯＰ", "stop"),
        ("end", "stop"),
        ("CANCEL", "stop"),
        ("Quit", "stop"),
        ("opt out", None),
        ("optout", "stop"),
        ("START", "start"),
        ("unstop", "start"),
        ("start please", "start"),
        ("please stop by at 3", None),
        ("stop it", None),
        ("non-stop", None),
        ("the end", None),
        ("I quit my job", None),
        ("cancel Tuesday please", None),
        ("start on Monday", None),
        ("yes", None),
        ("", None),
        ("thanks", None),
        (".", None),
    ],
)
def test_opting_is_exact(house: House, said: str, meant: str | None) -> None:
    assert house.understanding.opted(said) == meant


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_stops_with_its_own_words(house: House, tag: str) -> None:
    stop = next(one for one in CONVERSATIONS if one.name == "stop")
    for word in catalogue(tag).words(stop.words):
        assert house.understanding.opted(f"{word}.") == "stop"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ABSENT", "absent"),
        ("absent.", "absent"),
        ("/absent", "absent"),
        ("Not coming", "absent"),
        ("ask", "query"),
        ("Complain", "complaint"),
        ("CALLME", "callme"),
        ("call  me", "callme"),
        ("menu", "menu"),
        ("HELP", "menu"),
        ("back", "back"),
        ("I am absent", None),
        ("", None),
        ("?", None),
        ("...", None),
    ],
)
def test_words_are_matched_whole(house: House, said: str, meant: str | None) -> None:
    assert house.understanding.meant(said, "en_GB") == meant
    assert house.understanding.meant(said, "ar") == meant, "the English words always work"


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("absnt", "absent"),
        ("Noor is sick today", "absent"),
        ("compliant", "complaint"),
        ("stop texting me", "stop"),
        ("I want to complain", "complaint"),
        ("langauge", "language"),
        ("menue", "menu"),
    ],
)
def test_near_words_are_offered(house: House, said: str, first: str) -> None:
    assert first in house.understanding.close(said, "en_GB")


@pytest.mark.parametrize("said", ["The blue gate is sticking", "it", "Is lunch at 12?", "😀😀😀", "a" * 300])
def test_far_words_are_not(house: House, said: str) -> None:
    assert house.understanding.close(said, "en_GB") == []


@pytest.mark.parametrize(
    ("said", "courtesy"),
    [("ok", "thanks"), ("👍🏿", "thanks"), ("Hi!", "hello"), ("good morning", "hello"), ("ok but when?", ""), ("", "")],
)
def test_courtesies(house: House, said: str, courtesy: str) -> None:
    assert house.understanding.courtesy(said) == courtesy


def test_carriers_words_are_nobodys_but_stop_and_start_and_help(house: House) -> None:
    for word in KEPT_BY_CARRIERS:
        assert house.understanding.meant(word, "en_GB") in {"stop", "start", "menu", None}


def test_two_conversations_may_not_share_a_word() -> None:
    def other(turn: Turn) -> Dialogue:
        yield from ()
        return say("Something else")

    with pytest.raises(Clash, match=r"'ill'.*absent.*other"):
        build_house([*CONVERSATIONS, Conversation("other", other, "ILL")])


@pytest.mark.parametrize(
    ("said", "number"), [("2", 2), ("٢", 2), ("２.", 2), ("2nd", None), ("nr 2", None), ("", None), ("9999", None)]
)
def test_bare_numbers(said: str, number: int | None) -> None:
    assert bare_number(said) == number


@given(st.text(max_size=200))
def test_any_text_is_understood_without_error(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
