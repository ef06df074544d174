"""The shield: names, numbers, times, doses and links are locked before words go to a server, and put back after."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from locales import FSI, LANGUAGES, PDI, SOURCE
from nursery.guardians import Guardian, Guardianship
from nursery.people import Child, Staff
from nursery.settings import Room, Setting

TITLES = frozenset(("mr", "mrs", "ms", "miss", "dr"))

ORDINARY = re.compile(
    "april|autumn|bill|bell|brook|daisy|dawn|drew|earl|faith|fern|frank|gene|glen|grace|grant|guy|harmony|heather|holly"
    "|hope|iris|ivy|jasmine|joy|june|lane|lily|love|mark|may|miles|olive|pat|penny|pepper|poppy|reed|river|robin|rose"
    "|rosemary|ruby|rusty|sandy|sky|star|storm|summer|sunny|violet|will|willow|winter|young",
    re.IGNORECASE,
)
"""Names that are English words too: locked where they are written as names are. "We will" has to be translated."""

MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
UNITS = r"(?:am|pm|o['’]?clock|ml|l|mg|mcg|g|kg|p|pounds|pence|cm|mm|m|km|miles?|°c|%)"
NUMBER = r"(?<!\w)[£€$+(]?\w*\d\w*\)?(?:[.,:/+\- ]?\w*\d\w*)*"
ENDLESS = r"(?<!\S)[^\s\u2e80-\uffff]{80,}"
"""No word is so long in a script that has spaces; looked through for the rest it would take seconds."""
FACTS = re.compile(
    rf"(?i:{ENDLESS}|https?://\S+|www\.\S+|(?<!\S)\S+@\S+|@\w+|(?<!\w)[\w-]+(?:\.[\w-]+)*\.(?:uk|org|com|net|gov|info|eu|example)(?:/\S*)?(?!\w)"
    rf"|(?<!\w)\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{MONTHS}(?:,?\s+\d{{4}})?(?!\w)"
    rf"|(?<!\w){MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?(?!\w)"
    rf"|(?<!\w)[a-z]+-\d+(?!\w)"
    rf"|{NUMBER}(?:\s?{UNITS}(?!\w))?)"
)
TOKEN = re.compile(r"XQ(\d+)Z")
LETTER = re.compile(r"[^\W\d_]")
LONGER, SLACK = 4, 80
"""A translation is at most so many times as long, and so many characters: what is longer is not one."""


class NotTranslated(Exception):
    """What came back is no translation of what was sent; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names we know: people's, word by word and however they are written; places, as they are written."""

    people: frozenset[str]
    places: frozenset[str]


@dataclass(frozen=True, slots=True)
class Shielded:
    """Words with a token in the place of each thing that is locked, and those things in order."""

    words: str
    locked: tuple[str, ...]

    def restored(self, translated: str, language: str) -> str:
        """The translation with everything back in its place. Raises NotTranslated: a token is lost or doubled, a number
        or a link is there that nobody wrote, or it is plainly not in that language."""
        found = [int(number) for number in TOKEN.findall(translated)]
        if sorted(found) != list(range(len(self.locked))):
            raise NotTranslated("locked words")
        rest = TOKEN.sub(" ", translated)
        if not rest.strip() or len(translated) > LONGER * len(self.words) + SLACK:
            raise NotTranslated("nonsense")
        if FACTS.search(rest):
            raise NotTranslated("invented facts")
        self._check_language(rest, language)
        return TOKEN.sub(lambda token: _isolated(self.locked[int(token[1])], language), translated).strip()

    def _check_language(self, rest: str, language: str) -> None:
        plain = " ".join(TOKEN.sub(" ", self.words).split()).casefold()
        if " ".join(rest.split()).casefold() == plain:
            raise NotTranslated("not translated")
        written = in_script_of(rest, language)
        if 2 * sum(written) <= len(written):
            raise NotTranslated("another language")


def shield(words: str, names: Names, language: str) -> Shielded:
    """Locks names and facts in words of a language. Raises NotTranslated when no words are left to translate."""
    locked: list[str] = []

    def lock(found: re.Match[str]) -> str:
        locked.append(found[0])
        return f"XQ{len(locked) - 1}Z"

    pattern = re.compile("|".join(one.pattern for one in (FACTS, _named(names, language)) if one.pattern))
    shielded = pattern.sub(lock, words)
    if not LETTER.search(TOKEN.sub(" ", shielded)):
        raise NotTranslated("no words")
    return Shielded(shielded, tuple(locked))


def in_script_of(text: str, language: str) -> list[bool]:
    """Of each letter of a text, whether it is of the script that a language's own name is written in."""
    script = unicodedata.name(LANGUAGES[language].autonym[0]).split()[0]
    return [unicodedata.name(letter, "").startswith(script) for letter in LETTER.findall(text)]


def names_of(session: Session, setting_ids: Iterable[int]) -> Names:
    """All names of these settings: children, their guardians, staff; and the settings and rooms themselves."""
    here = list(setting_ids)
    places = session.exec(select(Setting).where(col(Setting.id).in_(here))).all()
    tied = select(Guardian.name).join(Guardianship).join(Child).where(col(Child.setting_id).in_(here)).distinct()
    people = [
        *session.exec(select(Child.name).where(col(Child.setting_id).in_(here))),
        *session.exec(tied),
        *session.exec(select(Staff.name).where(col(Staff.setting_id).in_(here))),
        *(name for place in places for name in (place.manager, place.lead)),
    ]
    rooms = session.exec(select(Room.name).where(col(Room.setting_id).in_(here)))
    return Names(frozenset(_words_of(people)), frozenset([*(place.name for place in places), *rooms]))


def _words_of(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        for word in re.split(r"[\s\-–.,()]+", name):
            if len(word) > 1 and word.casefold() not in TITLES:
                yield word


def _named(names: Names, language: str) -> re.Pattern[str]:
    """A pattern of every name, longest first."""
    every = [re.escape(place) for place in sorted(names.places, key=len, reverse=True) if place]
    every += [_person(word, language != SOURCE) for word in sorted(names.people, key=len, reverse=True)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(every)})(?!\w)" if every else "")


def _person(word: str, declined: bool) -> str:
    """A name as written, and of four letters or more in any case of letters; where it begins with a capital also with
    another ending, in Polish and Romanian, which decline it (Zosia, Zosi, Zosię). English does not, and there Theo's
    stem would lock "The", and Frida's "Friday"."""
    if len(word) < 4 or ORDINARY.fullmatch(word):
        return "|".join(re.escape(one) for one in dict.fromkeys((word, word.capitalize(), word.upper())))
    anyhow = f"(?i:{re.escape(word)})"
    if not declined:
        return anyhow
    stem = re.sub("[aeiouyăâîąę]$", "", word.capitalize())
    return rf"{anyhow}|{re.escape(stem)}\w{{0,3}}"


def _isolated(value: str, language: str) -> str:
    return f"{FSI}{value}{PDI}" if LANGUAGES[language].direction == "rtl" else value
