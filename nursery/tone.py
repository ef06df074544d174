"""The tone of what staff send home: glad or plain. What tells of harm or of a worry is for a talk (product rule 7)."""

from __future__ import annotations

import re

from locales import SOURCE
from locales.sentences import D_, Refusal
from nursery import judge, safeguarding

GUESSED = "likeness"
"""The reason of an alarm that only sounds like one."""

SOUNDS = 0.9
"""From here what sounds like harm is asked about. The judge learned from parents, and staff at play write otherwise: of
36 glad snippets it took four for harm at its own threshold and none from here; of three bad ones, all three."""

BODY = r"(?:(?:talk|speak|walk|crawl|sit|eat|sleep|settl|listen|respond|understand|shar)(?:e|ing)?\b|play(?:ing)? with)"
WHOM = (
    r"(?:him|her|them|us|me|staff|(?:an)?other (?:child|children|boy|girl|friend)s?|others|"
    r"(?:the|some) (?:other )?children|the staff|"
    r"(?:a|his|her|their) (?:child|friend|boy|girl|key person|sister|brother|teacher)s?)\b"
)
WORRIES = (
    r"concern(?:s|ed|ing)?\b",
    r"worr(?:y|ied|ies|ying)\b",
    r"behind (?:where|for (?:his|her|their) age|(?:the )?other children|(?:his|her|their) peers|in (?:his|her|their))",
    r"(?:below|lower than) (?:the )?(?:expected|average|age)",
    r"delay(?:s|ed)?\b",
    r"(?:does|do|did|is|was|are)(?:n't| not) (?:yet )?(?:able to |meeting |reaching |making eye|" + BODY + ")",
    r"(?:can't|cannot|can not|couldn't|could not) (?:yet )?" + BODY,
    r"not yet (?:able|talking|speaking|walking|crawling|eating|sharing)",
    r"struggl(?:e|es|ed|ing)\b",
    r"difficult(?:y|ies)\b",
    r"finds? (?:it|this) (?:very )?(?:hard|difficult)",
    r"(?:bit|bites?|bitten|hit|hits|kick(?:s|ed)?|slap(?:s|ped)?|punch(?:es|ed)?|scratch(?:es|ed)?|hurt|hurts) " + WHOM,
    r"(?:biting|hitting|kicking|punching|slapping|scratching|hurting) (?:" + WHOM + r"|again)",
    r"(?:spat|spits?|spitting) (?:at|on)\b",
    r"(?:aggressi(?:ve|on)|tantrums?|meltdowns?|violent|defian(?:t|ce)|disrupt(?:ive|s|ed|ing)?)\b",
    r"(?:naught(?:y|iness)|unkind|misbehav\w+|bull(?:y|ied|ying)|rude)\b",
    r"refus(?:es|ed|ing) to\b",
    r"regress(?:ed|ion|ing)\b",
    r"(?:bruis|injur|bleed|vomit|diarrh)\w*",
    r"(?:had|has had|another) (?:an? )?accidents?\b",
    r"(?:frightened|scared|afraid) (?:to go|of (?:his|her|their|going)|to be)\b",
    r"(?:very|always|so) hungry\b|enough to eat|(?:dirty|same|wet) clothes\b",
    r"bump(?:ed|s)? (?:his|her|their) head",
    r"(?:autis|diagnos|referr)\w+",
    r"(?:adhd|senco|disorder)\b",
    r"special (?:educational )?needs",
    r"(?:speech|language) (?:and language )?therap\w+",
    r"(?:health visitor|social (?:worker|services|care)|child protection|safeguarding)\b",
    r"(?:neglect|unwashed|smell(?:s|ed|y|ing)? of (?:smoke|alcohol|drink|wee|urine))\w*",
)
"""What staff write of a worry, in English, in which they write."""

WORRY = re.compile(r"\b(?:" + "|".join(WORRIES) + ")", re.IGNORECASE)


class ConcernRefused(Refusal):
    """Words that are for a talk and not for a text; the message is the sentence for staff."""


def check(*texts: str, sure: bool = False) -> None:
    """Raises ConcernRefused for words of harm always; for what only sounds like it, or like a worry, unless whoever
    writes is sure that it is none."""
    for text in texts:
        found = safeguarding.alarm(text, SOURCE)
        if found is not None and found.reason != GUESSED:
            raise _harm()
        worry = None if sure else WORRY.search(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
        if worry is not None:
            raise ConcernRefused(
                D_(
                    'This reads like a concern ("%(words)s"). A concern never goes by text. Book a talk with the '
                    "family instead: coatpeg slots add --kind talk. If it is no concern: the same command with --sure"
                ),
                words=worry[0].strip(),
            )
        if found is not None and not sure and judge.harm(text) >= SOUNDS:
            raise ConcernRefused(
                D_(
                    "This may be read as telling of harm. A concern never goes by text. Book a talk with the family "
                    "instead: coatpeg slots add --kind talk. If it is no concern: the same command with --sure"
                )
            )


def check_harm(*texts: str) -> None:
    """Raises ConcernRefused for words of harm alone: what answers a parent may name a worry of theirs."""
    for text in texts:
        found = safeguarding.alarm(text, SOURCE)
        if found is not None and found.reason != GUESSED:
            raise _harm()


def _harm() -> ConcernRefused:
    return ConcernRefused(
        D_(
            "These words may tell of harm: they don't go by text. Tell the safeguarding lead now, "
            "and ring the family or book a talk: coatpeg slots add --kind talk"
        )
    )
