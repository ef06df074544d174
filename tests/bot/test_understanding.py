"""What a message means: opt-out words exactly, menu words whole, near words only offered."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import likely
from bot.answers import bare_number, normalise
from bot.consonants import consonants
from bot.conversation import Conversation, Dialogue, say
from bot.house import House, build_house
from bot.turn import Turn
from bot.understanding import Clash
from handlers import CONVERSATIONS
from handlers.unsure import offered
from locales import LANGUAGES, catalogue
from nursery.folding import fold
from nursery.likeness import taught

WRITTEN = tomllib.loads((Path(__file__).parents[1] / "data/understanding.toml").read_text("utf-8"))
"""What parents write, by language and by what they mean."""
HELD = tomllib.loads((Path(__file__).parents[1] / "data/understanding_held.toml").read_text("utf-8"))
"""The same of an author who knew neither the guess nor its teaching: the honest figures are those on these."""
NO_CONVERSATION = {"opt-out", "opt-in", "courtesy", "number", "none", "idle", "not-stop"}
ALWAYS_OFFERED = {"query", "menu"}
"""A person, who takes the words as a question, and the menu stand under whatever is guessed."""

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
        ("STOP ALL", "stop"),
        ("stop everything please", "stop"),
        ("Stop all messages!", "stop"),
        ("stop stop", "stop"),
        ("STOP. STOP!! STOP", "stop"),
        ("start all", "start"),
        ("cancel all", None),
        ("stop start", None),
        ("stop all the noise", None),
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


@pytest.mark.parametrize(
    "said",
    [
        *("stop it", "Stop now!", "stop this please", "STOP WSZYSTKO", "wszystko stop", "zatrzymaj wszystko"),
        *("STOP TOT", "opriti tot", "STOP SAB", "أوقف الكل", "ايقاف الكل", "stop kul"),
    ],
)
def test_a_few_words_with_a_stop_are_never_taken_for_idle_talk(house: House, said: str) -> None:
    """It was answered with thanks: whoever means it is to have it offered first, if it is not done at once."""
    known = house.understanding
    assert known.opted(said) == "stop" or known.close(said, "en_GB")[0] == "stop"


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


@pytest.mark.parametrize("said", ["The blue gate is sticking", "it", "", "...", "😀😀😀", "a" * 300])
def test_far_words_are_not(house: House, said: str) -> None:
    assert house.understanding.close(said, "en_GB") == []


@pytest.mark.parametrize(
    ("said", "courtesy"),
    [
        ("ok", "thanks"),
        ("👍🏿", "thanks"),
        ("👍👍👍", "thanks"),
        ("😂😂", "thanks"),
        ("👋😊", "thanks"),
        ("👋", "hello"),
        ("🎉", "thanks"),
        ("Hi!", "hello"),
        ("Hi 😊", "hello"),
        ("good morning", "hello"),
        ("Hello, good morning!", "hello"),
        ("haha", "thanks"),
        ("hahaha 😂", "thanks"),
        ("lol", "thanks"),
        ("ههههه", "thanks"),
        ("ہاہاہا", "thanks"),
        ("ok great, thank you xx", "thanks"),
        ("Great! Thanks 👍🏽", "thanks"),
        ("ok but when?", ""),
        ("thanks but he is ill", ""),
        ("😭", ""),
        ("🤒", ""),
        ("ok 😡", ""),
        ("?", ""),
        ("??", ""),
        ("2", ""),
        ("", ""),
    ],
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


def messages(tag: str, *meanings: str) -> Iterator[tuple[str, str]]:
    """The messages of a language (Latin letters for it too) with what each means; all but conversations if asked."""
    for script in (tag, f"{tag}_Latn"):
        for meaning, written in WRITTEN.get(script, {}).items():
            if meaning in meanings or (not meanings and meaning not in NO_CONVERSATION):
                yield from ((meaning, message) for message in written)


def first_or_offered(house: House, message: str, tag: str) -> list[str]:
    """The conversation that takes the message, or else those that are offered."""
    named = house.understanding.meant(message, tag)
    close = house.understanding.close(message, tag)
    return [named] if named else offered(house.conversations, close)


def is_idle(house: House, message: str, tag: str) -> bool:
    """Whether it has a courtesy for an answer, and no offer."""
    known = house.understanding
    if known.courtesy(message):
        return True
    return known.idle(message) and not known.meant(message, tag) and not known.close(message, tag)


def test_there_are_enough_messages() -> None:
    counts = {tag: len([*messages(tag), *messages(tag, *NO_CONVERSATION)]) for tag in LANGUAGES}
    assert min(counts.values()) >= 120, counts
    assert sum(counts.values()) >= 600
    assert sum(map(len, WRITTEN["ur_Latn"].values())) >= 40
    assert sum(map(len, WRITTEN["ar_Latn"].values())) >= 30


def test_what_they_mean_is_of_the_house(house: House) -> None:
    meant = {name for tag in LANGUAGES for meaning, _ in messages(tag) for name in meaning.split("/")}
    assert meant <= set(house.conversations)
    assert {name for name, _ in likely.examples() if name} <= {likely.IDLE, *house.conversations}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_an_opt_out_is_never_missed_and_never_invented(house: House, tag: str) -> None:
    for meaning, conversation in (("opt-out", "stop"), ("opt-in", "start")):
        assert [said for _, said in messages(tag, meaning) if house.understanding.opted(said) != conversation] == []
    others = [*messages(tag), *messages(tag, "courtesy", "number", "none", "idle", "not-stop")]
    assert [said for _, said in others if house.understanding.opted(said)] == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_complaint_is_never_lost(house: House, tag: str) -> None:
    """It is taken as one, or nothing takes it: then staff have the words whatever the parent chooses."""
    for _, said in messages(tag, "complaint"):
        assert house.understanding.meant(said, tag) in {"complaint", None}
        assert not house.understanding.courtesy(said)
        assert not house.understanding.opted(said)
        assert not is_idle(house, said, tag)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_courtesies_and_numbers_and_plain_talk(house: House, tag: str) -> None:
    assert [said for _, said in messages(tag, "courtesy") if not house.understanding.courtesy(said)] == []
    assert [said for _, said in messages(tag, "number") if bare_number(said) is None] == []
    assert [said for _, said in messages(tag, "none") if house.understanding.meant(said, tag)] == []
    assert [said for _, said in messages(tag, "none") if house.understanding.courtesy(said)] == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_what_is_meant_is_taken_or_offered(house: House, tag: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Without those that a person or the menu answers, which are offered always."""
    hard = [(meaning, said) for meaning, said in messages(tag) if not ALWAYS_OFFERED & set(meaning.split("/"))]
    answers = {said: first_or_offered(house, said, tag) for _, said in hard}
    found = [meaning for meaning, said in hard if set(meaning.split("/")) & set(answers[said])]
    first = [meaning for meaning, said in hard if set(meaning.split("/")) & set(answers[said][:1])]
    complaints = [said for meaning, said in hard if meaning == "complaint"]
    offered_as_one = [said for said in complaints if "complaint" in answers[said]]
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{tag}: {len(hard)} messages; first or offered {len(found) / len(hard):.1%}, first "
            f"{len(first) / len(hard):.1%}, {sum(map(len, answers.values())) / len(hard):.1f} offers a message; "
            f"complaints offered as one {len(offered_as_one)} of {len(complaints)}, the others to staff"
        )
    assert len(found) / len(hard) >= 0.95


@pytest.mark.parametrize("tag", LANGUAGES)
def test_idle_talk_gets_no_offer_and_no_request_is_taken_for_it(
    house: House, tag: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is neither, such as "her other shoe is in the bag", is for a person: it is asked what to do with it."""
    idle, requests, told = ([said for _, said in messages(tag, *of)] for of in (("idle",), (), ("none",)))
    offers = [said for said in idle if not is_idle(house, said, tag) and first_or_offered(house, said, tag)]
    short = [said for said in idle if is_idle(house, said, tag)]
    lost = [said for said in requests if is_idle(house, said, tag)]
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{tag}: {len(idle)} of idle talk; offered something {len(offers) / len(idle):.1%}, "
            f"a courtesy for an answer {len(short) / len(idle):.1%}; "
            f"of {len(requests)} requests {len(lost) / len(requests):.1%} lost their offer to a courtesy"
        )
    assert len(offers) / len(idle) <= 0.15
    assert len(short) / len(idle) >= 0.75
    assert len(lost) / len(requests) <= 0.01
    assert [said for said in told if is_idle(house, said, tag)] == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_to_stop_is_not_offered_first_where_something_else_is_to_stop(house: House, tag: str) -> None:
    """Nor, nearly always, at all."""
    answers = [first_or_offered(house, said, tag) for _, said in messages(tag, "not-stop")]
    assert sum("stop" in names for names in answers) <= 1
    assert [names for names in answers if names[:1] == ["stop"]] == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_to_stop_is_always_among_what_is_offered_where_a_sentence_asks_for_it(house: House, tag: str) -> None:
    asked = [said for _, said in messages(tag, "stop")]
    assert len(asked) >= 4
    assert [said for said in asked if "stop" not in first_or_offered(house, said, tag)] == []


@pytest.mark.parametrize(
    ("written", "otherwise"),
    [
        ("hatigi", "htegi"),
        ("hatigi", "هتيجي"),
        ("elmadrasa", "المدرسه"),
        ("shanta", "بالشنطه"),
        ("7afla", "الحفله"),
        ("bukhar", "بخار"),
        ("khansi", "کھانسی"),
        ("tmrw", "tomorrow"),
    ],
)
def test_a_word_has_the_same_consonants_however_it_is_written(written: str, otherwise: str) -> None:
    assert consonants(fold(written)) == consonants(fold(otherwise)) != ""


@pytest.mark.parametrize("word", ["", "la", "ايه", "12", "١٢", "q"])
def test_too_few_consonants_say_nothing(word: str) -> None:
    assert consonants(word) == ""


def test_no_message_is_one_that_was_learned_from() -> None:
    learned = {normalise(sentence) for _, sentence in likely.examples()}
    assert [said for tag in LANGUAGES for _, said in messages(tag) if normalise(said) in learned] == []


def test_what_was_learned_is_not_older_than_the_sentences() -> None:
    assert taught(likely.LEARNED) == likely.lesson(), "run: python -m bot.likely"


def test_a_long_letter_is_read_by_its_clauses(house: House) -> None:
    letter = "Hello, hope you had a good weekend. " + "The weather was lovely and we went to the park. " * 5
    assert "complaint" in house.understanding.close(letter + "I want to make a complaint about the manager.", "en_GB")


@given(st.text(max_size=200))
def test_any_text_may_be_guessed_at(text: str) -> None:
    assert all(0 <= score <= 1 for score in likely.likely(text).values())


UNTAUGHT = {"en_GB": 0.93, "pl": 0.93, "ro": 0.93, "ur": 0.93, "ar": 0.84}
"""Of messages never taught, the least share named or offered; wanted is 95 %. Arabic in Latin letters lags behind."""


@pytest.mark.parametrize("tag", LANGUAGES)
def test_what_was_never_taught_is_taken_or_offered_too(
    house: House, tag: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [(set(meaning.split("/")), said) for meaning, written in HELD[tag].items() for said in written]
    judged = [(meaning, said) for meaning, said in asked if not meaning & {"idle", *ALWAYS_OFFERED}]
    found = [said for meaning, said in judged if meaning & {*first_or_offered(house, said, tag)}]
    lost = [said for _, said in judged if is_idle(house, said, tag)]
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{tag}, never taught: {len(judged)} messages; first or offered {len(found) / len(judged):.1%}, "
            f"{len(lost)} taken for idle talk"
        )
    assert len(found) / len(judged) >= UNTAUGHT[tag]
    assert len(lost) <= 1
    opted = {house.understanding.opted(said) for meaning, said in asked if not meaning & {"stop", "start"}}
    assert opted == {None}, "a stop is never invented"
