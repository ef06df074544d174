"""coatpeg setting: what a setting has set, to see and to change."""

from __future__ import annotations

from datetime import time
from typing import Annotated
from urllib.parse import urlsplit

import typer
from sqlmodel import Session, select

from bot.commands.desk import Refused, the_setting, unknown, writing
from bot.commands.holding import adopt
from bot.commands.voice import say
from locales.sentences import D_, Joined, Spoken
from nursery.guardians import LEARNING_CHOICES
from nursery.people import LEFT, Staff, staff_named
from nursery.settings import Setting

NONE = "-"
"""Typed in the place of an address: there is none any more."""


def setting_change(
    name: Annotated[str | None, typer.Argument(help="The setting; may be left out where there is one.")] = None,
    phone: Annotated[str, typer.Option(help="The number parents ring.")] = "",
    learning: Annotated[str, typer.Option(help="Ideas unless a guardian chooses: daily, weekly, one or none.")] = "",
    budget: Annotated[int | None, typer.Option(help="Most messages a day to one guardian, urgent ones apart.")] = None,
    lead: Annotated[str, typer.Option(help="Who leads on keeping children safe.")] = "",
    lead_phone: Annotated[str, typer.Option(help="The number parents ring for it.")] = "",
    ofsted_number: Annotated[str, typer.Option(help="The setting's reference at Ofsted.")] = "",
    ofsted_report: Annotated[str, typer.Option(help="The address of its Ofsted report.")] = "",
    website: Annotated[str, typer.Option(help="The address of its website; - where there is none any more.")] = "",
    prospectus: Annotated[str, typer.Option(help="The address of its prospectus; - where there is none.")] = "",
    opens: Annotated[str, typer.Option(help="When it opens, as 07:30.")] = "",
    closes: Annotated[str, typer.Option(help="When it closes, as 18:00.")] = "",
    setting: Annotated[str | None, typer.Option(hidden=True)] = None,
) -> None:
    """Change what a setting has set, or see it."""
    if learning and learning not in LEARNING_CHOICES:
        raise Refused(
            D_("--learning: %(learning)s is not one of %(known)s."), learning=learning, known=Joined(LEARNING_CHOICES)
        )
    for option, number in (("--phone", phone), ("--lead-phone", lead_phone)):
        if number and not any(sign.isdigit() for sign in number):
            raise Refused(D_("%(option)s: %(typed)s is not a telephone number."), option=option, typed=number)
    with writing() as session:
        place = the_setting(session, name or setting)  # as every other command has it, and as the refusal says
        place.phone, place.learning = phone or place.phone, learning or place.learning
        _refuse_left(session, place, lead)
        place.lead, place.lead_phone = lead or place.lead, lead_phone or place.lead_phone
        place.ofsted_number = ofsted_number or place.ofsted_number
        place.ofsted_report = ofsted_report or place.ofsted_report
        place.daily_budget = place.daily_budget if budget is None else budget
        place.website = _address("--website", website, place.website)
        place.prospectus = _address("--prospectus", prospectus, place.prospectus)
        place.opens, place.closes = _hours(place, opens, closes)
        session.add(place)
        adopt(session, place)
        stranger = lead_unknown(session, place)
    _show(place)
    if stranger is not None:
        say(stranger)


def lead_unknown(session: Session, place: Setting) -> Spoken | None:
    """That the safeguarding lead is not on the staff, so that what only they may read is for nobody of that name."""
    if not place.lead or staff_named(session, place.id or 0, place.lead) is not None:
        return None
    names = session.exec(select(Staff.name).where(Staff.setting_id == place.id, Staff.role != LEFT))
    said = D_(
        "%(name)s is to keep children safe but is not on the staff yet, and can read no concern. "
        "Run coatpeg staff add NAME, or coatpeg setting --lead NAME."
    )
    return unknown(said, place.lead, names)


def _refuse_left(session: Session, place: Setting, lead: str) -> None:
    """Raises Refused for a lead who works there no more."""
    known = staff_named(session, place.id or 0, lead) if lead else None
    if known is not None and known.has_left:
        raise Refused(D_("%(name)s has left. If they are back: coatpeg staff add NAME"), name=lead)


def _show(place: Setting) -> None:
    say(
        D_("%(place)s: phone %(value)s, ideas %(learning)s, %(daily_budget)s messages a day."),
        place=place.name,
        value=place.phone or "-",
        learning=place.learning,
        daily_budget=place.daily_budget,
    )
    say(
        D_("Open Monday to Friday, %(opens)s to %(closes)s. Website: %(website)s. Prospectus: %(prospectus)s."),
        opens=f"{place.opens:%H:%M}",
        closes=f"{place.closes:%H:%M}",
        website=place.website or "-",
        prospectus=place.prospectus or "-",
    )
    say(
        D_("Who keeps children safe: %(lead)s. Their number: %(number)s."),
        lead=place.lead or "-",
        number=place.lead_phone or "-",
    )


def _address(option: str, typed: str, now: str) -> str:
    """The address as it is to stand. Raises Refused for what a parent's phone could not open."""
    if typed in ("", NONE):
        return now if not typed else ""
    try:
        read = urlsplit(typed)
        good = read.scheme in ("http", "https") and "." in (read.hostname or "") and not set(typed) & set(" \t\n")
    except ValueError:
        good = False
    if not good:
        raise Refused(
            D_("%(option)s: write the whole address, as https://www.example.org, not %(typed)s."),
            option=option,
            typed=typed,
        )
    return typed


def _hours(place: Setting, opens: str, closes: str) -> tuple[time, time]:
    """When it opens and closes from now on. Raises Refused."""
    first, last = _hour("--opens", opens, place.opens), _hour("--closes", closes, place.closes)
    if first >= last:
        raise Refused(D_("--closes: it must close after it opens."))
    return first, last


def _hour(option: str, typed: str, now: time) -> time:
    if not typed:
        return now
    try:
        hour, minute = typed.split(":")
        return time(int(hour), int(minute))
    except ValueError:
        raise Refused(D_("%(option)s: write the time as 07:30, not %(typed)s."), option=option, typed=typed) from None
