"""What a machine may put into another language: the rule, as a table (product rule 8)."""

from __future__ import annotations

import pytest

from nursery.matters import RULES, Matter, may_be_machine_translated

NEVER = {
    Matter.CONSENT,
    Matter.MEDICINE,
    Matter.COMPLAINT,
    Matter.SAFEGUARDING,
    Matter.AGREEMENT,
    Matter.POLICY,
}


@pytest.mark.parametrize("matter", Matter)
def test_each_matter_has_its_rule_and_what_may_not_says_why(matter: Matter) -> None:
    assert may_be_machine_translated(matter, "We went to the park.") is (matter not in NEVER)
    assert bool(RULES[matter].why_not) is (matter in NEVER)


def test_what_is_said_to_one_guardian_is_theirs() -> None:
    personal = {matter for matter, rule in RULES.items() if rule.personal}
    assert personal == {Matter.ANSWER, Matter.DECISION, Matter.THANKS, Matter.OFFER}


@pytest.mark.parametrize(
    "words",
    [
        "We gave her the medicine at noon.",
        "He had 5 ml after lunch",
        "Please sign the consent for the trip",
        "She had a small ACCIDENT in the garden",
        "No nuts: a child here has an allergy.",
        "Your complaint is being looked into",
        "The EpiPen is in the office",
        "We took him to A&E",
        "We have to tell a social worker.",
        "He had one puff of his asthma pump at half past ten",
        "Two teaspoons after lunch, please",
        "There is a bruise on her arm",
    ],
)
def test_a_notice_of_what_can_do_harm_goes_as_it_was_written(words: str) -> None:
    assert not may_be_machine_translated(Matter.NOTICE, words)


@pytest.mark.parametrize(
    "words",
    [
        "We made dosas today.",
        "A doll's hospitality",
        "Mind the mud, bring wellies",
        "She is permissive of ml-ish things",
    ],
)
def test_words_that_only_look_like_them_do_not(words: str) -> None:
    assert may_be_machine_translated(Matter.NOTICE, words)
