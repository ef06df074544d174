"""The learned judge: taught from examples alone, the same every time, and cheap."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nursery import judge
from nursery.likeness import NONE, WORDS, Model, digest, load, taught, train, words
from nursery.practice import Practice, apart, together
from nursery.safeguarding import alarm
from nursery.senses import hints

LESSON = [
    ("absent", "he is ill today"), ("absent", "she has a fever and stays home"), ("absent", "not coming, ill"),
    ("absent", "ma gorączkę i dziś nie przyjdzie"), ("late", "we will be late"), ("late", "running ten minutes late"),
    ("late", "spóźnimy się, korek"), ("late", "sorry, traffic, late again"), (NONE, "thank you so much"),
    (NONE, "what a lovely day"), (NONE, "dziękuję"), (NONE, "see you tomorrow"),
]  # fmt: skip


@pytest.fixture(scope="module", params=[together, apart])
def model(request: pytest.FixtureRequest) -> Model:
    return train(LESSON, buckets=2**12, practice=request.param)


def test_it_tells_apart_what_it_was_taught(model: Model) -> None:
    assert model.labels == ("absent", "late")
    for label, text in LESSON:
        scores = model.scores(text)
        assert max(scores, key=scores.__getitem__) == label if label else max(scores.values()) < 0.5, text


def test_slips_accents_and_case_make_little_difference(model: Model) -> None:
    for text in ("SPOZNIMY SIE!!", "runing latte"):
        scores = model.scores(text)
        assert scores["late"] > scores["absent"]


@pytest.mark.parametrize("practice", [together, apart])
def test_the_same_examples_give_the_same_model(tmp_path: Path, practice: Practice) -> None:
    model = train(LESSON, buckets=2**12, practice=practice)
    model.save(tmp_path / "one", digest(LESSON))
    train(LESSON, buckets=2**12, practice=practice).save(tmp_path / "two", digest(LESSON))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert taught(tmp_path / "one") == digest(LESSON) != digest(LESSON[1:])
    assert load(tmp_path / "one").scores("late today") == model.scores("late today")


def test_a_long_text_is_cut_in_its_middle() -> None:
    said = words(" ".join(f"word{number}x" for number in range(1000)))
    assert len(said) == WORDS
    assert said[0] == "word0x"
    assert said[-1] == "word9x"  # word999x: repeats are once


@given(st.text())
def test_any_text_gets_scores(text: str) -> None:
    assert 0 <= judge.harm(text) <= 1
    assert judge.kind(text) in {"child", "self", "staff"}


@pytest.mark.parametrize("file", [judge.HARM, judge.KIND])
def test_the_judge_is_as_old_as_its_examples(file: Path) -> None:
    """Or somebody forgot `python -m nursery.judge`."""
    assert taught(file) == judge.lesson()


def test_meanings_have_the_same_names_in_every_language() -> None:
    """What is learned from messages in one language helps in another."""
    assert set(hints(["daddy"])) & set(hints(["tatus"])) & set(hints(["ابو"]))


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("زوجي يضربني وأخاف على ابنتي", "ar", None),
        ("Oluchi pushed my boy and hurt him", "en_GB", "staff"),
        ("Oluchi hit him", "pl", "staff"),
        ("Oluchi uderzyła synka", "pl", "staff"),
    ],
)
def test_a_name_of_ours_is_one_of_us(text: str, language: str, kind: str | None) -> None:
    found = alarm(text, language, lambda: ["Oluchi Adeyemi"])
    assert found is not None
    assert kind is None or found.kind == kind


def test_a_name_of_ours_alone_is_nothing() -> None:
    assert alarm("Oluchi is lovely, thank you", "en_GB", lambda: ["Oluchi Adeyemi"]) is None
