"""A sentence of the desk: what the command line says, and why a rule refuses, before a language is known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NewType

from locales import SOURCE, Catalogue, catalogue

Mark = NewType("Mark", str)
"""A sentence the catalogue of the desk has, so that a type checker finds one that was not marked."""

Marks = NewType("Marks", tuple[str, str])
"""The same of one and of many; its number is the value `count`."""


def D_(message: str) -> Mark:
    """Marks a sentence that staff read at the command line."""
    return Mark(message)


def ND_(one: str, many: str) -> Marks:
    """Marks a sentence whose words follow the number `count`."""
    return Marks((one, many))


class Spoken:
    """What can be said in any language. As a string it is English: so are JSON, tests and logs."""

    def said(self, words: Catalogue) -> str:
        raise NotImplementedError

    def __str__(self) -> str:
        return self.said(catalogue(SOURCE))


class Sentence(Spoken):
    """A marked sentence and its values; a value that can be said in a language is said in the sentence's."""

    def __init__(self, message: Mark | Marks, /, **values: object) -> None:
        self.message, self.values = message, values

    def said(self, words: Catalogue) -> str:
        values = {name: spoken(value, words) for name, value in self.values.items()}
        if isinstance(self.message, tuple):
            return words.say(words.desk_plural(*self.message, _number(self.values["count"])), **values)
        return words.say(words.desk(self.message), **values)


class Joined(Spoken):
    """Parts in a row, with the language's comma between, or what is given."""

    def __init__(self, parts: Iterable[object], between: str | None = None) -> None:
        self.parts, self.between = tuple(parts), between

    def said(self, words: Catalogue) -> str:
        between = words.comma if self.between is None else self.between
        return between.join(str(spoken(part, words)) for part in self.parts)


class Refusal(Spoken, Exception):
    """A rule refuses, in a sentence that a person can act on."""

    def __init__(self, message: Mark | Marks | Spoken, /, **values: object) -> None:
        super().__init__(message)
        self.sentence = message if isinstance(message, Spoken) else Sentence(message, **values)

    def said(self, words: Catalogue) -> str:
        return self.sentence.said(words)


def spoken(value: object, words: Catalogue) -> object:
    """A value in a language, if it is one that can be said; as it is otherwise."""
    return value.said(words) if isinstance(value, Spoken) else value


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value
