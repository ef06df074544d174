"""The English content library keeps its promises: short, plain, safe, and ready to translate."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from nursery import profiles

CONTENT = Path(__file__).parents[2] / "nursery" / "content"
IDEAS: list[dict[str, Any]] = tomllib.loads((CONTENT / "ideas.toml").read_text("utf-8"))["idea"]
BOARD: dict[str, Any] = tomllib.loads((CONTENT / "notices.toml").read_text("utf-8"))
NOTICES: list[dict[str, Any]] = BOARD["notice"]
ILLNESSES: list[dict[str, Any]] = BOARD["illness"]

PRIME = {"communication", "physical", "personal"}
AREAS = PRIME | {"literacy", "mathematics", "world", "arts"}
ROUTINES = {"bath", "meal", "walk", "shop", "bus", "bedtime", "washing", "dressing", "play", "tidying"}
SEASONS = {"any", "spring", "summer", "autumn", "winter"}
LEVELS = {"baby", "toddler", "preschool"}
LENGTHS = {"fact": (60, 150), "growth": (60, 160), "baby": (80, 200), "toddler": (80, 200), "preschool": (80, 200)}
NOTICE_IDS = {
    "closing-early", "closed-today", "open-as-usual", "illness-about", "bring-wellies", "bring-coat", "bring-sunhat",
    "photo-day", "trip-reminder", "lost-property", "no-parking", "staff-change-key-person", "term-dates",
    "fees-reminder-neutral", "menu-change", "thank-you",
}  # fmt: skip
URGENT = {"closing-early", "closed-today", "open-as-usual"}
LONGEST_FILL = {
    "day": "Wednesday 23 September 2026", "time": "12.30 pm", "name": "Mrs Oluwaseun Adeyemi-Clarke",
    "place": "the Woodland Centre, Mill Lane", "phone": "01632 960 001", "amount": "£1,234.50",
    "illness": "sickness and diarrhoea", "text": "vegetable curry with rice, then fruit",
}  # fmt: skip

# GSM 03.38 without its extension table: an extended character costs two, and any other makes the whole SMS dearer.
GSM7 = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
POSSESSIVE = re.compile(r"%\(\w+\)s['\u2019]|\bof %\(child\)s")
KEBAB = re.compile(r"[a-z]+(-[a-z]+)*")

SCREENS = "app apps computer internet online phone photo screen tablet television tv video website youtube"
BRANDS = "asda aldi calpol disney duplo facebook famly lego lidl peppa play-doh sainsburys tapestry tesco whatsapp"
GENDER = "he she him his her hers himself herself boy girl"
HOMES = "mum mummy mother dad daddy father parents brother sister garden stairs car english"
MONEY = "buy cost money pay pound"
FOOD = (
    "bacon beef biscuit bread butter cake celery cheese chocolate egg eggs fish flour ham honey milk mustard nut nuts "
    "peanut pork prawn sausage sesame soya sweets wheat yoghurt"
)
JARGON = "cognitive development eyfs fine-motor gross-motor milestone numeracy phonics practitioner psed vocabulary"
DANGER = (
    "bag bags balloon batteries battery blind bleach candle capsule cord detergent hob hot kettle knife matches "
    "medicine needle oven plaster pods razor scarf scissors string"
)
CHOKING = (
    "acorn bead beads bean beans berries button buttons coin coins conker conkers grape grapes lid marble marbles "
    "pasta peas pebble pebbles peg pegs popcorn raisin raisins seed seeds stone stones"
)


def words(text: str) -> list[str]:
    return re.findall(r"[a-z]+(?:-[a-z]+)*", PLACEHOLDER.sub("Noor", text).lower())


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"[.?!:]+'?(?:\s|$)", text) if words(part)]


def syllables(word: str) -> int:
    silent_e = len(word) > 3 and word.endswith("e") and not word.endswith("le")
    return max(1, len(re.findall(r"[aeiouy]+", word)) - silent_e)


def school_grade(text: str) -> float:
    """Flesch-Kincaid grade; add five for the reading age in years."""
    said = words(text)
    return 0.39 * len(said) / len(sentences(text)) + 11.8 * sum(map(syllables, said)) / len(said) - 15.59


def texts(idea: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "fact", idea["fact"]
    yield "growth", idea["growth"]
    yield from idea["tip"].items()


IDEA_TEXTS = [pytest.param(part, text, id=f"{idea['id']}-{part}") for idea in IDEAS for part, text in texts(idea)]
NOTICE_CASES = [pytest.param(notice, id=notice["id"]) for notice in NOTICES]
ALL_TEXTS = [text for idea in IDEAS for _, text in texts(idea)] + [notice["text"] for notice in NOTICES]


def test_there_are_thirty_ideas_each_with_its_own_name() -> None:
    ids = [idea["id"] for idea in IDEAS]
    assert len(ids) == len(set(ids)) == 30
    assert all(KEBAB.fullmatch(name) for name in ids)


@pytest.mark.parametrize("idea", [pytest.param(idea, id=idea["id"]) for idea in IDEAS])
def test_an_idea_is_complete_and_filed_under_known_words(idea: dict[str, Any]) -> None:
    assert set(idea) - {"tags"} == {"id", "area", "routine", "season", "fact", "growth", "tip"}
    assert set(idea.get("tags", [])) <= profiles.TAGS
    assert set(idea["tip"]) == LEVELS
    assert (idea["area"], idea["routine"], idea["season"]) in set(product(AREAS, ROUTINES, SEASONS))
    assert idea["id"].startswith(idea["routine"])


def test_areas_routines_and_seasons_are_spread() -> None:
    areas = Counter(idea["area"] for idea in IDEAS)
    assert all(areas[area] >= 3 for area in AREAS)
    assert min(areas[area] for area in PRIME) >= max(areas[area] for area in AREAS - PRIME)
    assert {idea["routine"] for idea in IDEAS} == ROUTINES
    seasons = Counter(idea["season"] for idea in IDEAS)
    assert set(seasons) == SEASONS
    assert seasons["any"] >= 22


def test_no_words_are_used_twice() -> None:
    assert len(ALL_TEXTS) == len(set(ALL_TEXTS))


@pytest.mark.parametrize(("part", "text"), IDEA_TEXTS)
def test_a_text_has_its_length(part: str, text: str) -> None:
    shortest, longest = LENGTHS[part]
    assert shortest <= len(text) <= longest


@pytest.mark.parametrize("text", ALL_TEXTS)
def test_a_text_is_cheap_to_send_and_easy_to_read(text: str) -> None:
    assert set(text) <= GSM7
    assert text == " ".join(text.split())
    assert text.count("!") <= 1
    assert max(len(words(sentence)) for sentence in sentences(text)) <= 18
    assert school_grade(text) <= 6


def test_the_library_reads_at_nine_years_or_younger() -> None:
    assert school_grade(" ".join(ALL_TEXTS)) <= 4


@pytest.mark.parametrize(("part", "text"), IDEA_TEXTS)
def test_an_idea_names_the_child_and_nothing_else(part: str, text: str) -> None:
    assert set(PLACEHOLDER.findall(text)) <= {"child"}
    assert "%" not in PLACEHOLDER.sub("", text)
    assert text.count("%(child)s") <= 2
    assert not POSSESSIVE.search(text)
    assert "your child" not in text.lower()
    assert part not in LEVELS or "%(child)s" in text


@pytest.mark.parametrize(("part", "text"), IDEA_TEXTS)
def test_an_idea_is_safe_and_leaves_no_family_out(part: str, text: str) -> None:
    unwelcome = " ".join([SCREENS, BRANDS, GENDER, HOMES, MONEY, FOOD, JARGON, DANGER])
    assert not set(words(text)) & set(unwelcome.split())
    if part != "preschool":
        assert not set(words(text)) & set(CHOKING.split())


@pytest.mark.parametrize("idea", [pytest.param(idea, id=idea["id"]) for idea in IDEAS if idea["routine"] == "bath"])
def test_nobody_is_left_alone_in_water(idea: dict[str, Any]) -> None:
    for tip in idea["tip"].values():
        assert any(care in tip for care in ("one hand on", "within reach"))


def test_every_notice_staff_were_promised_is_there_once() -> None:
    assert Counter(notice["id"] for notice in NOTICES) == Counter(NOTICE_IDS)
    assert {notice["id"] for notice in NOTICES if notice["urgent"]} == URGENT
    assert len({notice["title"] for notice in NOTICES}) == len(NOTICES)


@pytest.mark.parametrize("notice", NOTICE_CASES)
def test_a_notice_uses_exactly_the_slots_it_declares(notice: dict[str, Any]) -> None:
    assert set(notice) == {"id", "title", "urgent", "slots", "text"}
    assert set(notice["slots"].values()) <= set(LONGEST_FILL)
    assert sorted(PLACEHOLDER.findall(notice["text"])) == sorted(notice["slots"])
    assert "%" not in PLACEHOLDER.sub("", notice["text"])
    assert not POSSESSIVE.search(notice["text"])


@pytest.mark.parametrize("notice", NOTICE_CASES)
def test_a_filled_notice_stays_under_three_hundred_characters(notice: dict[str, Any]) -> None:
    filled = notice["text"] % {slot: LONGEST_FILL[kind] for slot, kind in notice["slots"].items()}
    assert max(len(notice["text"]), len(filled)) < 300
    assert set(filled) <= GSM7
    assert not set(words(filled)) & set(f"{BRANDS} {GENDER} {JARGON}".split())


def test_the_six_illnesses_are_named() -> None:
    assert {illness["id"]: illness["name"] for illness in ILLNESSES} == {
        "chickenpox": "chickenpox",
        "head-lice": "head lice",
        "sickness-and-diarrhoea": "sickness and diarrhoea",
        "hand-foot-and-mouth": "hand, foot and mouth",
        "conjunctivitis": "conjunctivitis",
        "scarlet-fever": "scarlet fever",
    }
    assert max(len(illness["name"]) for illness in ILLNESSES) <= len(LONGEST_FILL["illness"])
