"""Untranslated words: what staff wrote in English alone, as a guardian of another language reads it."""

from __future__ import annotations

from locales import SOURCE, Catalogue


def in_english(words: str, said: Catalogue) -> str:
    """Words that staff wrote in English, as a guardian reads them: never machine-translated, help offered instead."""
    return noted(said.isolated(words), said)


def noted(text: str, said: Catalogue) -> str:
    """A text with such words in it, and the line that offers help with them."""
    if said.language == SOURCE:
        return text
    note = said.gettext("(This message was written in English. For help with it text CALLME.)")
    return f"{text}\n{note}"
