"""The shield: no name we know, no number and no link leaves, and all come back as they were, or nothing does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from locales import SOURCE
from nursery.shielding import TOKEN, Names, NotTranslated, names_of, shield
from tests.cast import People
from tests.providers.translators import SPOILT, turned
from tests.talking import Player

PEOPLE = ("Noor", "Khan", "Zosia", "Nowak", "Amina", "Piotr", "Grace", "Will", "Lea", "Łucja", "O'Brien", "نور")
PLACES = ("Little Acorns", "Caterpillars", "Room 2")
NAMES = Names(frozenset(PEOPLE), frozenset(PLACES))
FACTS = (
    "15:30",
    "3pm",
    "3 p.m",
    "10 o'clock",
    "£4.50",
    "18 December",
    "18th of December 2026",
    "March 3rd",
    "12/11/2026",
    "2026-11-12",
    "5 ml",
    "2.5mg",
    "01632 960123",
    "+44 7700 900001",
    "07700900002",
    "office@acorns.example",
    "https://acorns.example/book?id=12&x=y",
    "www.acorns.example",
    "acorns.org.uk/fees",
    "@acorns_bot",
    "Q-1042",
    "B12",
    "50%",
    "٣:٣٠",
)
ORDINARY = st.sampled_from(
    ("please", "bring", "warm", "wellies", "because", "it", "is", "muddy", "she", "played", "well")
)
PIECES = st.one_of(ORDINARY, st.sampled_from(PEOPLE), st.sampled_from(PLACES), st.sampled_from(FACTS))
MARKS = st.sampled_from((" ", ", ", ". ", "\n", " (", ") ", "! ", "? ", ": ", " - "))


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Something staff may write, with an ordinary word in it at least."""
    parts = draw(st.lists(st.tuples(PIECES, MARKS), min_size=1, max_size=12))
    return "".join(piece + mark for piece, mark in parts) + draw(ORDINARY)


@given(texts())
def test_no_known_name_no_number_and_no_link_leaves(text: str) -> None:
    left = TOKEN.sub(" ", shield(text, NAMES, SOURCE).words)
    words = {word.casefold() for word in re.findall(r"[\w']+", left)}
    assert not words & {name.casefold() for name in PEOPLE}
    assert not [place for place in PLACES if place in left]
    assert not re.search(r"\d|@|www|://|\.(?:example|org|uk)", left)


@given(texts(), st.sampled_from(["pl", "ro", "ur", "ar"]))
def test_what_was_locked_comes_back_as_it_was(text: str, language: str) -> None:
    shielded = shield(text, NAMES, SOURCE)
    told = shielded.restored(turned(shielded.words, language), language)
    assert TOKEN.search(told) is None
    place = 0
    for fact in shielded.locked:
        place = told.index(fact, place) + len(fact)


@pytest.mark.parametrize("spoils", SPOILT)
@pytest.mark.parametrize("language", ["pl", "ar"])
def test_what_is_spoilt_is_refused(spoils: str, language: str) -> None:
    shielded = shield("Noor needs wellies on Friday, please bring them before 9:30.", NAMES, SOURCE)
    with pytest.raises(NotTranslated):
        shielded.restored(SPOILT[spoils](turned(shielded.words, language)), language)


def test_the_same_words_back_are_no_translation() -> None:
    shielded = shield("Noor needs wellies.", NAMES, SOURCE)
    with pytest.raises(NotTranslated, match="not translated"):
        shielded.restored(shielded.words.upper(), "pl")


@pytest.mark.parametrize("text", ["15:30", "Noor, Zosia", "07700 900123!", "...", "", "Grace: 3pm"])
def test_where_there_are_no_words_nothing_is_asked(text: str) -> None:
    with pytest.raises(NotTranslated, match="no words"):
        shield(text, NAMES, SOURCE)


@pytest.mark.parametrize(
    ("text", "locked"),
    [
        ("noor and ZOSIA played", ("noor", "ZOSIA")),
        ("Noor's boots", ("Noor",)),
        ("We will ring, Will said", ("Will",)),
        ("a little acorns game at Little Acorns", ("Little Acorns",)),
        ("Give 5 ml at 10:15 am", ("5 ml", "10:15 am")),
        ("on Friday 18 December, not 19", ("18 December", "19")),
        ("your query Q-1042", ("Q-1042",)),
        ("XQ0Z is a strange word", ("XQ0Z",)),
        ("we may go", ()),
    ],
)
def test_what_is_locked_and_what_is_not(text: str, locked: tuple[str, ...]) -> None:
    assert shield(text, NAMES, SOURCE).locked == locked


@pytest.mark.parametrize(
    ("text", "locked"),
    [
        ("Boli ją brzuch, Zosię odbierze Piotrem zwany tata", ("Zosię", "Piotrem")),
        ("Zosi nie będzie", ("Zosi",)),
    ],
)
def test_in_polish_a_name_is_locked_as_it_is_declined(text: str, locked: tuple[str, ...]) -> None:
    assert shield(text, NAMES, "pl").locked == locked


@pytest.mark.parametrize("name", ["Theo", "Thea", "Frida", "Mona", "Mila", "Luna", "Anna", "Hugo", "Nora", "Cara"])
def test_in_english_no_name_locks_another_word(name: str) -> None:
    text = (
        "The trip is on Friday. They need milk. Lunch, hugs. Monday is our Annual day. Milk. Hugs. Normal. Care. Nine"
    )
    named = Names(frozenset([name]), frozenset())
    assert shield(text, named, SOURCE).locked == ()
    assert shield(f"{name}, {name.upper()}'s coat, {name.lower()}", named, SOURCE).locked == (
        name,
        name.upper(),
        name.lower(),
    )


def test_in_arabic_letters_each_is_kept_apart_from_the_way_of_the_line() -> None:
    shielded = shield("Noor comes at 15:30", NAMES, SOURCE)
    assert shielded.restored(turned(shielded.words, "ur"), "ur").count("\u2068") == 2


def test_the_names_of_a_setting_are_all_that_we_know_there(play: Player, people: People) -> None:
    with play.session() as session:
        assert _names(session) >= {"Noor", "Khan", "Zosia", "Nowak", "Amina", "Piotr", "Farah", "Grace", "Helen"}
        assert names_of(session, [people.setting.id or 0]).places == {"Little Acorns", "Caterpillars", "Butterflies"}
        assert names_of(session, []).people == frozenset()


def _names(session: Session) -> frozenset[str]:
    return names_of(session, [1]).people
