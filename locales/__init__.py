"""The words: one catalogue a language, compiled in memory from its .po files when first needed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from gettext import c2py
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent
SOURCE = "en_GB"
DOMAINS = ("messages", "words", "content", "desk")
"""What we say; what a parent may type; the shipped library of ideas, notices and lessons; the command line."""

RLM = "\N{RIGHT-TO-LEFT MARK}"
"""Before a line that begins with a name: phones take a line's direction from its first letter."""

FSI, PDI = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


@dataclass(frozen=True, slots=True)
class Language:
    """A shipped language: its tag, what it calls itself, and which way it runs; and what the others call it, as parents
    may type it. Babel knows these too, at the price of every language's data in memory from the start."""

    tag: str
    autonym: str
    direction: str = "ltr"
    elsewhere: tuple[str, ...] = ()

    @property
    def html(self) -> str:
        """The tag as HTML and BCP 47 write it."""
        return self.tag.replace("_", "-")


LANGUAGES: dict[str, Language] = {
    language.tag: language
    for language in (
        Language("en_GB", "English", elsewhere=("angielski", "engleză", "انگریزی", "الإنجليزية")),
        Language("pl", "Polski", elsewhere=("Polish", "poloneză", "پولش", "البولندية")),
        Language("ro", "Română", elsewhere=("Romanian", "rumuński", "رومینین", "الرومانية")),
        Language("ur", "اردو", "rtl", elsewhere=("Urdu", "الأوردية")),
        Language("ar", "العربية", "rtl", elsewhere=("Arabic", "arabski", "arabă", "عربی")),
    )
}


def shipped(tag: str) -> str | None:
    """The shipped language that a tag of any shape means (`en`, `pl-PL`, `zh-hans`), or its name, its own or another's
    (`Polski`, `Polish`); or None."""
    tag = tag.strip().replace("-", "_")
    if not tag:
        return None
    lower = {known.lower(): known for known in LANGUAGES}
    short = {known.split("_")[0]: known for known in reversed(LANGUAGES)}
    names = {
        name.casefold(): known
        for known, language in LANGUAGES.items()
        for name in (language.autonym, *language.elsewhere)
    }
    return lower.get(tag.lower()) or short.get(tag.split("_")[0].lower()) or names.get(tag.casefold())


def N_(message: str) -> str:
    """Marks a sentence for translation where it is not said yet."""
    return message


def W_(message: str) -> str:
    """Marks words that a parent may type, such as "ABSENT, ILL, SICK": each language has a list of its own."""
    return message


class Catalogue:
    """The messages of one language. What is not translated comes back in English."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.direction = LANGUAGES[language].direction
        self._messages: dict[str, dict[tuple[str | None, str], tuple[str, ...]]] = {}
        self._lists: dict[str, tuple[str, ...]] = {}

    @property
    def comma(self) -> str:
        """What stands between the things of a list."""
        return "، " if self.direction == "rtl" else ", "

    def gettext(self, message: str) -> str:
        forms = self._domain("messages").get((None, message))
        return forms[0] if forms else message

    def pgettext(self, context: str, message: str) -> str:
        return self._find("messages", context, message) or message

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self._plural("messages", one, many, number)

    def desk(self, message: str) -> str:
        """A sentence of the command line, or of a rule that refuses: see `locales.sentences`."""
        return self._find("desk", None, message) or message

    def desk_plural(self, one: str, many: str, number: int) -> str:
        return self._plural("desk", one, many, number)

    def content(self, message: str) -> str:
        """A sentence of the shipped library."""
        return self._find("content", None, message) or message

    def aliases(self, message: str) -> tuple[str, ...]:
        """What may be typed for a thing of the shipped library, as a list: in the library with commas."""
        return tuple(word.strip() for word in re.split("[,،]", self.content(message)) if word.strip())

    def words(self, message: str) -> tuple[str, ...]:
        """What may be typed for something, as a list: the catalogue keeps it as "ABSENT, ILL, SICK"."""
        if message not in self._lists:
            known = self._find("words", None, message) or message
            self._lists[message] = tuple(word.strip() for word in known.split(",") if word.strip())
        return self._lists[message]

    def has(self, domain: str, context: str | None, message: str) -> bool:
        return self.language == SOURCE or self._find(domain, context, message) is not None

    def say(self, message: str, /, **values: object) -> str:
        """A translated message with its values put in, each isolated where the text runs right to left."""
        if not values:
            return message
        if self.direction == "rtl":
            said = message % {name: self.isolated(str(value)) for name, value in values.items()}
            return "\n".join(RLM + line if line.startswith(FSI) else line for line in said.split("\n"))
        return message % values

    def isolated(self, words: str) -> str:
        """Words of any language as they stand in a text of this one: where that runs right to left each line is
        isolated, so that its full stop stays at its end."""
        if self.direction != "rtl":
            return words
        if "\n" not in words:
            return f"{FSI}{words}{PDI}"
        return "\n".join(f"{FSI}{line}{PDI}" if line.strip() else line for line in words.split("\n"))

    def _plural(self, domain: str, one: str, many: str, number: int) -> str:
        forms = self._domain(domain).get((None, one))
        if forms is None:
            return one if number == 1 else many
        return forms[_plural_rule(self.language)(number)]

    def _find(self, domain: str, context: str | None, message: str) -> str | None:
        forms = self._domain(domain).get((context, message))
        return forms[0] if forms else None

    def _domain(self, domain: str) -> dict[tuple[str | None, str], tuple[str, ...]]:
        if domain not in self._messages:
            self._messages[domain] = _compiled(self.language, domain)
        return self._messages[domain]


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of a shipped language, or of English for any other tag."""
    return Catalogue(language if language in LANGUAGES else SOURCE)


def po_file(language: str, domain: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / f"{domain}.po"


def read_catalog(language: str, domain: str) -> Catalog:
    """The catalogue as Babel reads it. Raises FileNotFoundError for a language that is not shipped."""
    with po_file(language, domain).open("rb") as file:
        return read_po(file, locale=language, domain=domain)


def _compiled(language: str, domain: str) -> dict[tuple[str | None, str], tuple[str, ...]]:
    if language == SOURCE or not po_file(language, domain).exists():  # a test holds every catalogue to be there
        return {}
    return {
        (message.context, _source(message)): _forms(message)
        for message in read_catalog(language, domain)
        if message.id and message.string and not message.fuzzy and all(_forms(message))
    }


def _source(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


@cache
def _plural_rule(language: str) -> Callable[[int], int]:
    """Which form the catalogue keeps for a number, by the rule Babel writes in its header."""
    return c2py(get_plural(language).plural_expr)
