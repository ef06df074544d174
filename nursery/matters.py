"""What staff's own words are about, and whether a machine may put them into another language (product rule 8)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Matter(StrEnum):
    """What a text is about, as far as translating it goes."""

    NOTICE = "notice"
    ANSWER = "answer"
    SNIPPET = "snippet"
    TARGET = "target"
    SETTLING = "settling"
    DECISION = "decision"
    THANKS = "thanks"
    LEARNED = "learned"
    EVENT = "event"
    COURSE = "course"
    SERVICE = "service"
    OFFER = "offer"
    CONSENT = "consent"
    MEDICINE = "medicine"
    COMPLAINT = "complaint"
    SAFEGUARDING = "safeguarding"
    AGREEMENT = "agreement"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Rule:
    """Whether a machine may translate it; why not; and whether it is said to one guardian alone, whose it is."""

    machine: bool
    why_not: str = ""
    personal: bool = False


_MAY, _TO_ONE = Rule(True), Rule(True, personal=True)

RULES: Mapping[Matter, Rule] = {
    Matter.NOTICE: _MAY,
    Matter.ANSWER: _TO_ONE,
    Matter.SNIPPET: _MAY,
    Matter.TARGET: _MAY,
    Matter.SETTLING: _MAY,
    Matter.DECISION: _TO_ONE,
    Matter.THANKS: _TO_ONE,
    Matter.LEARNED: _MAY,
    Matter.EVENT: _MAY,
    Matter.COURSE: _MAY,
    Matter.SERVICE: _MAY,
    Matter.OFFER: _TO_ONE,
    Matter.CONSENT: Rule(False, "what is agreed to must be what was said"),
    Matter.MEDICINE: Rule(False, "a wrong word can hurt a child"),
    Matter.COMPLAINT: Rule(False, "EYFS: the outcome in writing is the setting's own word"),
    Matter.SAFEGUARDING: Rule(False, "fixed words, written by people"),
    Matter.AGREEMENT: Rule(False, "what is signed must be what was said"),
    Matter.POLICY: Rule(False, "what a setting promises must be what was said"),
}

GRAVE = (
    r"\b(?:medic(?:ine|ines|al|ation|ations)|prescri\w+|inhaler\w*|epi-?pens?|antibiotics?|calpol|paracetamol|ibuprofen"
    r"|insulin|piriton|antihistamines?|dos(?:e|es|age|ages|ed)|tablets?|vaccin\w+|allerg\w+|anaphyla\w+|seizures?"
    r"|accidents?|concuss\w+|injur\w+|ambulance|hospital|a\s?&\s?e|consent\w*|permissions?|safeguard\w*|social workers?"
    r"|police|complain\w*|ofsted|asthma\w*|epilep\w+|diabet\w+|puffs?|teaspoons?|bruis\w*)\b|\d\s?(?:mg|mcg|ml)\b"
)
"""In a notice or an answer too: words of which a wrong translation can do harm. They go in English, as written."""


def may_be_machine_translated(matter: Matter, words: str) -> bool:
    """Whether these words of staff may go to a translation server."""
    return RULES[matter].machine and re.search(GRAVE, words, re.IGNORECASE) is None
