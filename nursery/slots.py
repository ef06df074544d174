"""Slots: the locked values of a notice template, checked when staff fill them, shown in each reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

from babel.dates import format_skeleton

from locales import Catalogue
from locales.sentences import D_, Joined, Refusal
from nursery.library import Template, illnesses

MOST = 80
"""Characters of one value."""


class SlotRefused(Refusal):
    """A value that a template can't take; the message is the sentence for staff."""


def filled(template: Template, slots: Mapping[str, str]) -> dict[str, str]:
    """The values as they are kept: days and times in ISO, an illness by its id. Raises SlotRefused."""
    missing = [slot for slot in template.slots if not slots.get(slot, "").strip()]
    unknown = [slot for slot in slots if slot not in template.slots]
    if missing:
        raise SlotRefused(
            D_("The template %(template)s still needs: %(slots)s."), template=repr(template.id), slots=Joined(missing)
        )
    if unknown:
        raise SlotRefused(
            D_("The template %(template)s has no %(slots)s."), template=repr(template.id), slots=Joined(unknown)
        )
    return {slot: _locked(slot, kind, slots[slot].strip()) for slot, kind in template.slots.items()}


def shown(kind: str, value: str, catalogue: Catalogue) -> str:
    """A kept value as this language writes it; names, places, phones and amounts stay as they are."""
    if kind == "day":
        day = datetime.combine(date.fromisoformat(value), time(0))
        return format_skeleton("MMMEd", day, locale=catalogue.language)
    return catalogue.content(illnesses()[value]) if kind == "illness" else value


def _locked(slot: str, kind: str, value: str) -> str:
    if kind in EXAMPLES:
        return _moment(slot, kind, value)
    if kind == "illness" and value not in illnesses():
        raise SlotRefused(D_("%(slot)s must be one of: %(known)s."), slot=slot, known=Joined(illnesses()))
    if len(value) > MOST:
        raise SlotRefused(D_("%(slot)s is too long: at most %(most)s characters."), slot=slot, most=MOST)
    return value


EXAMPLES = {"day": "2027-01-29", "time": "14:30"}


def _moment(slot: str, kind: str, value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat() if kind == "day" else time.fromisoformat(value).strftime("%H:%M")
    except ValueError:
        raise SlotRefused(
            D_("%(slot)s must be written like %(example)s, not %(value)s."),
            slot=slot,
            example=EXAMPLES[kind],
            value=repr(value),
        ) from None
