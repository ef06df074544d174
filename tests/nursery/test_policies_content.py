"""Policies, agreement, lessons, glossary and All About Me: short, plain, true to the law, and fit to send."""

import re
import tomllib
from collections import Counter
from itertools import chain
from typing import Any

import pytest

from bot.answers import normalise
from handlers import CONVERSATIONS
from locales import SOURCE, catalogue
from tests.nursery.test_content import (
    BRANDS,
    CHOKING,
    CONTENT,
    DANGER,
    GENDER,
    GSM7,
    KEBAB,
    PLACEHOLDER,
    POSSESSIVE,
    school_grade,
    sentences,
    words,
)


def shipped(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text("utf-8"))


POLICIES: list[dict[str, Any]] = shipped("policies.toml")["policy"]
AGREEMENT: dict[str, Any] = shipped("agreement.toml")["agreement"]
LESSONS: list[dict[str, Any]] = shipped("lessons.toml")["lesson"]
TERMS: list[dict[str, Any]] = shipped("glossary.toml")["term"]
QUESTIONS: list[dict[str, Any]] = shipped("about_me.toml")["question"]

POLICY_IDS = [
    "late-collection", "special-needs", "admission", "fees", "complaints", "not-collected", "missing-child",
    "safeguarding", "illness", "behaviour", "data",
]  # fmt: skip
PART_IDS = ["we-promise", "we-ask", "how-we-talk", "records", "complaints"]
LESSON_IDS = [
    "eyfs", "how-children-learn", "communication", "physical", "personal", "literacy", "mathematics", "world", "arts",
    "key-person", "check-at-two", "record",
]  # fmt: skip
TERM_IDS = {
    "eyfs", "psed", "cl", "pd", "key-person", "observation", "next-steps", "senco", "send", "ehcp", "eal", "dsl",
    "ofsted", "progress-check", "health-visitor", "settling-in", "phonics", "schema", "motor-skills", "funded-hours",
    "inset", "ratio", "mash", "lado", "learning-journey", "transition", "parental-responsibility", "consent",
    "safeguarding", "allergy-plan",
}  # fmt: skip

QUESTION_IDS = [
    "likes", "comfort", "home-words", "sleep", "food", "family", "fears", "skills", "hopes", "anything-else",
]  # fmt: skip
SPELT = {
    "eyfs": "Early Years Foundation Stage",
    "psed": "Personal, social and emotional development",
    "cl": "Communication and language",
    "pd": "Physical development",
    "senco": "Special educational needs co-ordinator",
    "send": "Special educational needs and disabilities",
    "ehcp": "Education, health and care plan",
    "eal": "English as an additional language",
    "dsl": "Designated safeguarding lead",
    "mash": "Multi-agency safeguarding hub",
    "lado": "Local authority designated officer",
}
"""What a short name stands for; its meaning begins with it."""

LONGEST_FILL = {
    "setting": "Bishopthorpe Preschool Playgroup", "phone": "01632 960 001", "manager": "Mrs Oluwaseun Adeyemi-Clarke",
    "lead": "Mrs Oluwaseun Adeyemi-Clarke", "lead_phone": "01632 960 002", "child": "Muhammad-Ibrahim",
}  # fmt: skip
OF_THE_SETTING = {"setting", "phone", "manager", "lead", "lead_phone"}

EMERGENCY, OFSTED, NSPCC = "999", "0300 123 1231", "0808 800 5000"
FIGURES = {EMERGENCY, OFSTED, NSPCC, "28", "30"}
"""The only figures that may stand in these texts: three numbers to ring, and the days of two clocks set by law."""
MUST_SAY = {
    "complaints": [OFSTED, EMERGENCY, "Within 28 days", "Within 30 days", "any language", "counts as a letter"],
    "safeguarding": [
        EMERGENCY,
        NSPCC,
        OFSTED,
        "%(lead)s",
        "%(lead_phone)s",
        "not watched at all hours",
        "cannot promise to keep it secret",
    ],
    "missing-child": [EMERGENCY, OFSTED, "the parents at once"],
    "illness": [EMERGENCY, "cannot agree medicine by text", "allergy", "ABSENT"],
    "data": ["RECORD", "the right to see", "within one month", "up to two months more", "Within 30 days", "ICO"],
    "late-collection": ["cannot agree this by text alone", "fees list"],
    "not-collected": ["A text is not enough", "children's services", "%(lead)s"],
    "special-needs": ["key person", "By law", "in private, not by text"],
    "behaviour": ["never smack", "by text", "in private"],
    "admission": ["the legal right to decide", "who to ring in an emergency", "who your child lives with"],
    "fees": ["in writing", "in private"],
}
"""What the full text of a policy may not lose."""
SHORT_MUST_SAY = {
    "complaints": [OFSTED, "28 days", "COMPLAIN"],
    "safeguarding": [EMERGENCY, NSPCC, "%(lead)s"],
    "missing-child": [EMERGENCY],
    "illness": [EMERGENCY, "medicine"],
    "data": ["RECORD", "within one month", "30 days"],
}
PLAINER_MUST_SAY = {
    "complaints": [OFSTED, "28 days"],
    "safeguarding": [EMERGENCY, NSPCC, "%(lead_phone)s"],
    "missing-child": [EMERGENCY],
    "illness": [EMERGENCY],
    "data": ["RECORD"],
}

KEYWORDS = {"ABSENT", "CALLME", "COMPLAIN", "OFSTED", "RECORD", "SHARE", "STOP", "WHO"}
"""Words of the product (its table of capabilities) that these texts tell a parent to send."""
OFFICES = {"NSPCC": "a children's charity", "SENCO": "leads on special needs", "ICO": "the UK privacy office", "UK": ""}
"""Short names that a policy may use, each with the words that say what it is."""
JARGON = (
    "accordance allegation appropriate assess assessment concern concerns designated disclosure dsl ehcp ensure eyfs "
    "implement inclusion liaise lado mash parties practitioner procedure procedures provider provision pursuant "
    "regarding relevant setting settings statutory subject thereof"
)
LAWYERS = "guarantee hereby shall liable liability legally binding waive"
CLAIM = re.compile(r"£|\b(?:by law|legal\w*|the law|right to|act 2\d+|section \d+|paragraph)\b", re.IGNORECASE)
LAW = {"by law", "the law", "legal", "right to"}
TIME = re.compile(
    r"\b(\d+|half|one|two|three|four|five|ten|fifteen|twenty|thirty|sixty) (minute|hour|day|week|month|year)s?\b"
)
CLOCKS = {("28", "day"), ("30", "day"), ("one", "month"), ("two", "month")}
"""The only spans of time a policy may name: those the law sets. Every other is for the setting to say."""


def listed(text: str) -> list[str]:
    return [word.strip() for word in text.split(",")]


def filled(text: str) -> str:
    return text % LONGEST_FILL


def gist(meaning: str) -> str:
    """A meaning without the name spelt out before it, which is not ours to make simpler."""
    return meaning.split(": ", 1)[-1]


POLICY_CASES = [pytest.param(policy, id=policy["id"]) for policy in POLICIES]
POLICY_TEXTS = [
    pytest.param(part, policy[part], id=f"{policy['id']}-{part}")
    for policy in POLICIES
    for part in ("short", "full", "plainer")
]
SENT = [
    *[(f"{one['id']}-{part}", one[part]) for one in POLICIES for part in ("short", "plainer")],
    *[(f"part-{one['id']}", one["text"]) for one in AGREEMENT["parts"]],
    ("sign", AGREEMENT["sign"]),
    *[(f"lesson-{one['id']}-{part}", one[part]) for one in LESSONS for part in ("text", "try")],
    *[(f"term-{one['id']}", one["meaning"]) for one in TERMS],
    *[(f"about-me-{one['id']}", one["text"]) for one in QUESTIONS],
]
"""Each is one message; a policy's full text is longer and in paragraphs."""
ALL = SENT + [(f"{one['id']}-full", one["full"]) for one in POLICIES]
NAMES = [one["name"] for one in POLICIES + LESSONS] + [one["term"] for one in TERMS]


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        pytest.param(POLICIES, POLICY_IDS, id="policies"),
        pytest.param(AGREEMENT["parts"], PART_IDS, id="agreement"),
        pytest.param(LESSONS, LESSON_IDS, id="lessons"),
        pytest.param(TERMS, sorted(TERM_IDS), id="glossary"),
        pytest.param(QUESTIONS, QUESTION_IDS, id="about-me"),
    ],
)
def test_everything_promised_is_there_once(found: list[dict[str, Any]], wanted: list[str]) -> None:
    ids = [one["id"] for one in found]
    assert Counter(ids) == Counter(wanted)
    assert all(KEBAB.fullmatch(name) for name in ids)


def test_the_counts() -> None:
    counts = [len(found) for found in (POLICIES, AGREEMENT["parts"], LESSONS, TERMS, QUESTIONS)]
    assert counts == [11, 5, 12, 30, 10]


def test_each_has_its_keys_and_no_other() -> None:
    assert all(set(one) == {"id", "version", "name", "words", "short", "full", "plainer"} for one in POLICIES)
    assert set(AGREEMENT) == {"version", "sign", "parts"}
    assert all(set(one) == {"id", "text"} for one in AGREEMENT["parts"] + QUESTIONS)
    assert all(set(one) == {"id", "name", "text", "try"} for one in LESSONS)
    assert all(set(one) == {"id", "term", "other", "meaning"} for one in TERMS)
    assert all(type(one["version"]) is int and one["version"] >= 1 for one in [*POLICIES, AGREEMENT])


def test_names_are_short_and_told_apart() -> None:
    assert len({name.casefold() for name in NAMES}) >= len(NAMES) - 1  # safeguarding is a policy and a word
    assert all(0 < len(name) < 30 and set(name) <= GSM7 and name == name.strip() for name in NAMES)


@pytest.mark.parametrize("case", [pytest.param(case, id=case[0]) for case in ALL])
def test_a_text_is_cheap_to_send_and_easy_to_read(case: tuple[str, str]) -> None:
    name, text = case
    read = gist(text) if name.startswith("term-") else text
    assert set(filled(text)) <= GSM7
    assert "!" not in text
    assert max(len(words(sentence)) for sentence in sentences(text)) <= 18
    assert school_grade(read) <= 6


@pytest.mark.parametrize("case", [pytest.param(case, id=case[0]) for case in SENT])
def test_what_is_one_message_has_no_stray_spaces(case: tuple[str, str]) -> None:
    assert case[1] == " ".join(case[1].split())


def test_everything_together_reads_at_nine_years_or_younger() -> None:
    assert school_grade(" ".join(text for name, text in ALL if not name.startswith("term-"))) <= 3
    assert school_grade(" ".join(gist(one["meaning"]) for one in TERMS)) <= 4


def test_no_words_are_used_twice() -> None:
    texts = [text for _, text in ALL]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("case", [pytest.param(case, id=case[0]) for case in ALL])
def test_only_known_values_are_put_in(case: tuple[str, str]) -> None:
    name, text = case
    found = set(PLACEHOLDER.findall(text))
    allowed = {"child"} if name.startswith("about-me-") else OF_THE_SETTING
    allowed = set() if name.startswith(("term-", "lesson-")) else allowed
    assert found <= allowed
    assert "%" not in PLACEHOLDER.sub("", text)
    assert not POSSESSIVE.search(text)


@pytest.mark.parametrize("case", [pytest.param(case, id=case[0]) for case in ALL])
def test_only_figures_that_were_checked_are_given(case: tuple[str, str]) -> None:
    assert set(re.findall(r"\d+(?: \d+)*", PLACEHOLDER.sub("", case[1]))) <= FIGURES


@pytest.mark.parametrize("case", [pytest.param(case, id=case[0]) for case in ALL])
def test_words_in_capitals_are_words_to_send_or_names_that_are_explained(case: tuple[str, str]) -> None:
    name, text = case
    shouted = set(re.findall(r"\b[A-Z]{2,}\b", text)) - KEYWORDS
    if name.startswith(("term-", "lesson-")):
        assert shouted <= {"EYFS", "LADO"}
        return
    assert shouted <= set(OFFICES)
    short = name.endswith(("-short", "-plainer"))
    assert short or all(OFFICES[office] in text for office in shouted)


@pytest.mark.parametrize("case", [pytest.param(case, id=case[0]) for case in ALL])
def test_no_family_is_left_out_and_no_brand_is_named(case: tuple[str, str]) -> None:
    assert not set(words(case[1])) & set(f"{BRANDS} {GENDER}".split())


@pytest.mark.parametrize(("part", "text"), POLICY_TEXTS)
def test_a_policy_is_in_plain_words_and_claims_no_more_law_than_we_know(part: str, text: str) -> None:
    assert not set(words(text)) & set(f"{JARGON} {LAWYERS}".split())
    assert {claim.lower() for claim in CLAIM.findall(text)} <= LAW
    assert set(TIME.findall(text.lower())) <= CLOCKS


@pytest.mark.parametrize("policy", POLICY_CASES)
def test_a_short_answer_is_short_when_the_names_are_long(policy: dict[str, Any]) -> None:
    assert 120 <= len(policy["short"]) <= 300
    assert 80 <= len(policy["plainer"]) <= 200
    assert len(filled(policy["short"])) <= 300
    assert len(filled(policy["plainer"])) <= 200


@pytest.mark.parametrize("policy", POLICY_CASES)
def test_the_plainer_words_are_plainer(policy: dict[str, Any]) -> None:
    assert school_grade(policy["plainer"]) < school_grade(policy["short"])
    assert len(words(policy["plainer"])) < len(words(policy["short"]))


@pytest.mark.parametrize("policy", POLICY_CASES)
def test_a_full_text_is_a_page_of_short_paragraphs(policy: dict[str, Any]) -> None:
    paragraphs = policy["full"].split("\n\n")
    assert 120 <= len(policy["full"].split()) <= 220
    assert len(paragraphs) >= 5
    assert all(paragraph == " ".join(paragraph.split()) for paragraph in paragraphs)
    assert max(len(paragraph.split()) for paragraph in paragraphs) <= 65


@pytest.mark.parametrize("policy", POLICY_CASES)
def test_a_full_text_says_what_it_must_and_names_a_person_and_a_way_to_complain(policy: dict[str, Any]) -> None:
    assert [said for said in MUST_SAY[policy["id"]] if said not in policy["full"]] == []
    assert "%(manager)s" in policy["full"]
    assert "COMPLAIN" in policy["full"]


@pytest.mark.parametrize("policy", POLICY_CASES)
def test_the_numbers_a_parent_needs_are_in_the_short_answers(policy: dict[str, Any]) -> None:
    assert [said for said in SHORT_MUST_SAY.get(policy["id"], []) if said not in policy["short"]] == []
    assert [said for said in PLAINER_MUST_SAY.get(policy["id"], []) if said not in policy["plainer"]] == []


def test_a_word_means_one_policy() -> None:
    meant = [normalise(word) for policy in POLICIES for word in listed(policy["words"])]
    assert [word for word, count in Counter(meant).items() if count > 1] == []
    assert all(word and set(word) <= GSM7 for word in meant)
    assert all(len(listed(policy["words"])) >= 5 for policy in POLICIES)


def test_a_word_for_a_policy_or_a_term_never_stops_or_leaves() -> None:
    always = {"stop", "start", "back", "menu", "join", "language"}
    taken = set(chain.from_iterable(catalogue(SOURCE).words(one.words) for one in CONVERSATIONS if one.name in always))
    asked = [word for one in POLICIES for word in listed(one["words"])]
    asked += [word for one in TERMS for word in [one["term"], *listed(one["other"])]]
    assert {normalise(word) for word in asked} & {normalise(word) for word in taken} == set()


def test_a_term_is_found_by_one_name_only() -> None:
    names = [normalise(name) for one in TERMS for name in [one["term"], *listed(one["other"])]]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert all(names)


@pytest.mark.parametrize("term", [pytest.param(one, id=one["id"]) for one in TERMS])
def test_a_meaning_is_short_and_a_short_name_is_spelt_out(term: dict[str, Any]) -> None:
    assert 40 <= len(term["meaning"]) <= 200
    if term["id"] in SPELT:
        assert term["meaning"].startswith(f"{SPELT[term['id']]}: ")
    else:
        assert not re.fullmatch(r"[A-Z]{2,}", term["term"])


def test_emergency_and_ofsted_stand_with_the_words_that_need_them() -> None:
    meaning = {one["id"]: one["meaning"] for one in TERMS}
    assert EMERGENCY in meaning["safeguarding"]
    assert OFSTED in meaning["ofsted"]


@pytest.mark.parametrize("part", [pytest.param(one, id=one["id"]) for one in AGREEMENT["parts"]])
def test_a_part_of_the_agreement_is_short(part: dict[str, Any]) -> None:
    assert 80 <= len(part["text"]) <= 280
    assert len(filled(part["text"])) <= 280
    assert not set(words(part["text"])) & set(f"{JARGON} {LAWYERS}".split())


def test_the_agreement_keeps_the_way_out_and_the_rights() -> None:
    parts = {one["id"]: one["text"] for one in AGREEMENT["parts"]}
    said = {"how-we-talk": ["STOP", EMERGENCY, "%(phone)s"], "complaints": [OFSTED, "28 days", "COMPLAIN"]}
    said["records"] = ["RECORD", "within one month"]
    assert [text for name, texts in said.items() for text in texts if text not in parts[name]] == []
    assert AGREEMENT["sign"].startswith("I ")
    assert len(AGREEMENT["sign"]) <= 160


@pytest.mark.parametrize("lesson", [pytest.param(one, id=one["id"]) for one in LESSONS])
def test_a_lesson_is_short_and_gives_one_safe_thing_to_try(lesson: dict[str, Any]) -> None:
    assert 120 <= len(lesson["text"]) <= 300
    assert 60 <= len(lesson["try"]) <= 160
    assert not set(words(lesson["try"])) & set(f"{DANGER} {CHOKING}".split())


def test_the_lessons_name_what_the_eyfs_names() -> None:
    text = {one["id"]: one["text"] for one in LESSONS}
    areas = {
        "communication": "Communication and language",
        "physical": "Physical development",
        "personal": "Personal, social and emotional development",
        "literacy": "Literacy",
        "mathematics": "Mathematics",
        "world": "Understanding the world",
        "arts": "Expressive arts and design",
    }
    assert all(text[area].startswith(name) for area, name in areas.items())
    assert [area for area in areas if "one of the three main areas" in text[area]] == [
        "communication",
        "physical",
        "personal",
    ]
    ways = ("Playing and exploring", "Active learning", "Creating and thinking critically")
    assert all(way in text["how-children-learn"] for way in ways)
    assert "Early Years Foundation Stage" in text["eyfs"]


@pytest.mark.parametrize("question", [pytest.param(one, id=one["id"]) for one in QUESTIONS])
def test_a_question_names_the_child_once_and_fits_one_text(question: dict[str, Any]) -> None:
    assert question["text"].count("%(child)s") == 1
    assert "?" in question["text"]
    assert len(question["text"]) <= 160
    assert len(filled(question["text"])) <= 160


def test_allergies_are_always_checked_by_a_person() -> None:
    food = next(one["text"] for one in QUESTIONS if one["id"] == "food")
    assert all(word in food for word in ("faith", "allergy", "always checks"))
