"""Whether every catalogue is complete and its placeholders are right: python -m locales.check."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

from locales import DOMAINS, LANGUAGES, SOURCE, po_file, read_catalog
from locales.update import template

PLACEHOLDER = re.compile(r"%\((\w+)\)s|%(?!\()")
TYPED = re.compile(r"--[a-z]+(?:-[a-z]+)*|coatpeg [a-z-]+|\b[A-Z]+_[A-Z_]+\b")
"""What is typed at the command line as it stands, in whatever language: options, commands, variables."""
MAY_DROP = {"child"}
"""A name that a language can't bend may be left out of a sentence of the library; every other value must be said."""


def faults() -> Iterator[str]:
    """What is wrong, a sentence each: missing, empty, fuzzy or unknown messages, and placeholders that differ."""
    for domain in DOMAINS:
        source = template(domain)
        for language in LANGUAGES:
            if language == SOURCE:
                continue
            if not po_file(language, domain).exists():
                yield f"{language}/{domain}: there is no catalogue"
                continue
            yield from _compare(f"{language}/{domain}", source, read_catalog(language, domain), domain)


def _compare(where: str, source: Catalog, translated: Catalog, domain: str) -> Iterator[str]:
    for message in source:
        if not message.id:
            continue
        found = translated.get(_first(message), message.context)
        if found is None or not all(_forms(found)):
            yield f"{where}: not translated: {_first(message)!r}"
        elif found.fuzzy:
            yield f"{where}: a guess (fuzzy): {_first(message)!r}"
        else:
            yield from _placeholders(where, message, found, domain)
    for message in translated:
        if message.id and source.get(_first(message), message.context) is None:
            yield f"{where}: no longer said: {_first(message)!r}"


def _placeholders(where: str, message: Message, found: Message, domain: str) -> Iterator[str]:
    wanted = set(PLACEHOLDER.findall(" ".join(_sources(message))))
    for form in _forms(found):
        has = set(PLACEHOLDER.findall(form))
        missing = wanted - has - (MAY_DROP if domain == "content" else set())
        if len(_forms(found)) > 1:
            missing -= {"count", "number"}
        if has - wanted or missing or ("" in has):
            yield f"{where}: placeholders differ: {_first(message)!r} and {form!r}"
        if domain == "desk" and set(TYPED.findall(form)) != set(TYPED.findall(_first(message))):
            yield f"{where}: what is typed differs: {_first(message)!r} and {form!r}"


def _sources(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def _first(message: Message) -> str:
    return _sources(message)[0]


def _forms(message: Message) -> list[str]:
    string = message.string
    return [string] if isinstance(string, str) else list(string or [""])


if __name__ == "__main__":
    found = list(faults())
    for fault in found:
        sys.stderr.write(fault + "\n")
    sys.exit(1 if found else 0)
