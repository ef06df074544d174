"""Forms: a questionnaire's questions as staff write them in a file, in English and perhaps other languages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from locales import LANGUAGES, SOURCE
from locales.sentences import D_, Joined, Refusal, Sentence

KINDS = ("choice", "several", "scale", "free")
MOST_CHOICES = 9
SCALE = ("1", "2", "3", "4", "5")
"""From strongly disagree to strongly agree."""


class FormRefused(Refusal):
    """A form that can't be opened; the message is the sentence for staff."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question: its words and those of its choices, by language."""

    name: str
    kind: str
    text: dict[str, str]
    choices: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def keys(self) -> tuple[str, ...]:
        return SCALE if self.kind == "scale" else tuple(self.choices)


@dataclass(frozen=True, slots=True)
class Form:
    """A questionnaire's title and questions, in order."""

    title: dict[str, str]
    items: tuple[Item, ...]

    def kept(self) -> dict[str, Any]:
        """As it is kept in the database."""
        return asdict(self) | {"items": [asdict(item) for item in self.items]}


def form_from(kept: Mapping[str, Any]) -> Form:
    """The other way of `Form.kept`."""
    return Form(dict(kept["title"]), tuple(Item(**item) for item in kept["items"]))


def said(words: Mapping[str, str], language: str) -> str:
    """The words in a language, or in English where there are none."""
    return words.get(language) or words[SOURCE]


def read_form(toml: str) -> Form:
    """Reads a form from the text of its file. Raises FormRefused with a sentence that says what to mend.

    A file has a `title` and `[[question]]` tables with `name`, `kind` (choice, several, scale, free), `text`, and for
    the first two `choices`. Any text is a string in English, or a table by language.
    """
    try:
        file = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise FormRefused(D_("The file is not readable: %(error)s."), error=error) from None
    items = tuple(_item(number, row) for number, row in enumerate(file.get("question", []), start=1))
    names = [item.name for item in items]
    if not items:
        raise FormRefused(D_("The file has no [[question]]."))
    if len(set(names)) < len(names):
        raise FormRefused(D_("Two questions have the same name."))
    return Form(_words(Sentence(D_("the title")), file.get("title")), items)


def _item(number: int, row: Any) -> Item:
    where = Sentence(D_("question %(number)s"), number=number)
    kind = row.get("kind", "choice")
    if kind not in KINDS:
        raise FormRefused(D_("%(where)s: the kind must be one of: %(known)s."), where=where, known=Joined(KINDS))
    choices = row.get("choices", [])
    if kind in ("choice", "several") and not 2 <= len(choices) <= MOST_CHOICES:
        raise FormRefused(D_("%(where)s needs 2 to %(most)s choices."), where=where, most=MOST_CHOICES)
    if kind in ("scale", "free") and choices:
        raise FormRefused(D_("%(where)s takes no choices."), where=where)
    kept = {
        str(place): _words(Sentence(D_("%(where)s, choice %(number)s"), where=where, number=place), words)
        for place, words in enumerate(choices, start=1)
    }
    return Item(str(row.get("name", f"q{number}")), kind, _words(where, row.get("text")), kept)


def _words(where: Sentence, words: Any) -> dict[str, str]:
    by_language = {SOURCE: words} if isinstance(words, str) else words
    if not isinstance(by_language, dict) or not str(by_language.get(SOURCE, "")).strip():
        raise FormRefused(D_("%(where)s needs its words in English (%(language)s)."), where=where, language=SOURCE)
    unknown = [tag for tag in by_language if tag not in LANGUAGES]
    if unknown:
        raise FormRefused(
            D_("%(where)s: %(unknown)s is not a language Coatpeg has (%(known)s)."),
            where=where,
            unknown=Joined(unknown),
            known=Joined(LANGUAGES),
        )
    return {tag: str(text).strip() for tag, text in by_language.items()}
