"""The record of complaints that a setting shows Ofsted on request: what, when and the outcome, and nobody's name."""

from __future__ import annotations

import re
from datetime import date, datetime

from sqlmodel import Session, col, select

from locales.sentences import D_
from nursery.complaints import About, Complaint
from nursery.corrections import added, versions_of
from nursery.guardians import Guardian
from nursery.inbox import may_be_shown
from nursery.people import Child, Staff
from nursery.settings import at_midnight, local

FIELDS = ("reference", "received", "about", "requirement", "words", "investigation", "actions", "outcome", "told")

PRIVATE = D_("(kept by the safeguarding lead)")


def record(session: Session, setting_id: int, since: date, until: date) -> list[dict[str, str]]:
    """A setting's complaints received from `since` to `until`, both included, oldest first, with no names of families
    or staff (EYFS: a written record of complaints and outcomes, shown to Ofsted on request)."""
    chosen = select(Complaint).where(
        Complaint.setting_id == setting_id,
        col(Complaint.received_at) >= at_midnight(since),
        col(Complaint.received_at) < at_midnight(until, days=1),
    )
    names = _names(session, setting_id)
    return [_row(session, one, names) for one in session.exec(chosen.order_by(col(Complaint.id)))]


def unnamed(words: str, names: dict[str, str]) -> str:
    """The words with every name in them replaced by what the person is."""
    if not names:
        return words
    longest = sorted(names, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, longest)) + r")(?!\w)", re.IGNORECASE)
    return pattern.sub(lambda found: names[found.group().casefold()], words)


def _row(session: Session, case: Complaint, names: dict[str, str]) -> dict[str, str]:
    words = _words(session, case) if may_be_shown(session, case.inbound_id) else PRIVATE
    about = "the manager" if case.about_manager else case.about
    told = {
        "reference": case.reference,
        "received": _day(case.received_at),
        "about": "how information is used" if case.about == About.INFORMATION else about,
        "requirement": case.requirement,
        "words": words,
        "investigation": case.investigation,
        "actions": case.actions,
        "outcome": case.outcome,
        "told": _day(case.told_at),
    }
    return {field: unnamed(value, names) for field, value in told.items()}


def _words(session: Session, case: Complaint) -> str:
    """The words, and below them what they were corrected to."""
    known = versions_of(session, case.inbound_id)
    newest = added(known, case.words, case.inbound_id) if known else None
    return case.words if newest is None else f"{case.words}\n{newest.text}"


def _names(session: Session, setting_id: int) -> dict[str, str]:
    """Every name, and every part of one, of the setting's families and staff, in small letters."""
    kinds = (
        ("a child", session.exec(select(Child.name).where(Child.setting_id == setting_id))),
        ("a parent", session.exec(select(Guardian.name))),
        ("a member of staff", session.exec(select(Staff.name).where(Staff.setting_id == setting_id))),
    )
    return {
        part.casefold(): kind
        for kind, names in kinds
        for name in names
        for part in (name, *name.split())
        if len(part) > 1
    }


def _day(when: datetime | None) -> str:
    return "" if when is None else local(when).date().isoformat()
