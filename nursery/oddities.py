"""Oddities in the office's list: what is taken as it stands, and said, so that somebody looks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from rapidfuzz import fuzz

from locales.sentences import D_, Sentence
from nursery.family_rows import KNOWN_TRUTHS, FamilyRow

SCHOOL = 6
"""Years from which a child is not often at a nursery any more."""

FAR = timedelta(days=400)
"""A first day so far ahead has likely the wrong year."""

KIN = re.compile(
    r"(?:\b|step|grand|god)-?(?:mother|mum|mom|mummy|father|dad|daddy|parent|son|daughter|ma|pa|mama|papa|tata)s?\b|"
    r"\b(?:gran(?:ny|dma|dpa|dad)?|nan(?:a|ny|i)?|aunt(?:ie|y)?|uncle|sister|brother|cousin|sibling|babcia|dziadek|"
    r"bunic\w*|foster\w*|carer|kinship|guardian|adopt\w+|partner|husband|wife|friend|neighbou?r|childminder|au pair|"
    r"relative|family|local authority|social worker)\b",
    re.IGNORECASE,
)
NOT_SAID = ("", "?", "-", "unknown", "not known", "n/a")
ALIKE = 85
"""Of 100: two names of the same kind that are so much alike are perhaps one, written in two ways."""

SHORT = 6
"""Letters below which names are alike by chance."""


def oddities(row: FamilyRow, written: Mapping[str, str], day: date) -> Iterator[Sentence]:
    """What looks odd in a row that can be taken."""
    if len(row.child.split()[0].strip(".")) == 1:
        yield Sentence(D_("child: parents read the first name in every message, and it is %(name)s"), name=row.child[0])
    if len(row.guardian.strip(".")) == 1:
        yield Sentence(D_("guardian: the name is one letter, %(name)s"), name=row.guardian)
    if row.born < day.replace(year=day.year - SCHOOL, day=min(day.day, 28)):
        yield Sentence(D_("child_born: a child born on %(born)s is older than %(years)s"), born=row.born, years=SCHOOL)
    if row.relationship and not KIN.search(row.relationship):
        yield Sentence(D_("relationship: %(words)s does not say who they are to the child"), words=row.relationship)
    if row.phone and not row.phone.startswith("+44"):
        yield Sentence(D_("phone: %(number)s is a foreign number: a text to it costs more"), number=row.phone)
    responsible = written["parental_responsibility"].lower()
    if responsible not in (*KNOWN_TRUTHS, *NOT_SAID):
        yield Sentence(
            D_("parental_responsibility: %(words)s counts as not known (write yes or no)"), words=responsible
        )
    if row.starts is not None and row.starts > day + FAR:
        yield Sentence(D_("starts: %(day)s is more than a year ahead"), day=row.starts)


def alike(name: str, others: Iterable[str]) -> str:
    """The other name that is much like this one, or nothing. Names that differ in a number are two."""
    here = name.casefold()
    near = (
        one
        for one in others
        if one != name
        and re.findall(r"\d+", one) == re.findall(r"\d+", name)
        and (one.casefold() == here or (len(name) >= SHORT and fuzz.ratio(one.casefold(), here) >= ALIKE))
    )
    return next(near, "")
