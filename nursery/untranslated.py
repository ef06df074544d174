"""Untranslated words: what staff wrote in English alone, as a guardian of another language reads it."""

from __future__ import annotations

from locales import SOURCE, Catalogue


def in_english(words: str, said: Catalogue) -> str:
    """Words that staff wrote in English, as a guardian reads them: never machine-translated, help offered instead."""
    if said.language == SOURCE:
        return words
    note = said.gettext("(This message was written in English. For help with it text CALLME.)")
    return f"{words}\n{note}"
