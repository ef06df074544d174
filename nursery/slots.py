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


GOES_ON = ("staff-change-key-person",)
"""Templates of what holds from a day on, which may have come."""


def filled(template: Template, slots: Mapping[str, str], day: date) -> dict[str, str]:
    """The values as they are kept: days and times in ISO, an illness by its id; `day` is when parents read them.
    Raises SlotRefused, also where all they tell of is over by then: a month or a year is mistyped."""
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
    kept = {slot: _locked(slot, kind, slots[slot].strip()) for slot, kind in template.slots.items()}
    for slot, last in sorted(days_of(template, kept).items(), key=lambda named: named[1])[-1:]:
        if last < day and template.id not in GOES_ON:
            raise SlotRefused(
                D_("%(slot)s: %(day)s is over when this leaves. Are the month and the year right?"), slot=slot, day=last
            )
    return kept


def days_of(template: Template, kept: Mapping[str, str]) -> dict[str, date]:
    """The days that kept values name, by slot."""
    return {slot: date.fromisoformat(value) for slot, value in kept.items() if template.slots[slot] == "day"}


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
