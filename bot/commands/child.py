"""coatpeg about and consents: what a child's guardians have told of the child, and what they agree to."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer
from sqlmodel import Session, col, select

from bot.commands.desk import Refused, looking, now, the_setting
from bot.commands.named import the_child
from bot.commands.said import words_of
from bot.commands.voice import row, say, show, tongue
from locales.sentences import D_, Sentence, Spoken
from nursery import about_me, consents
from nursery.about_me import AboutMe
from nursery.consents import Consent, Purpose
from nursery.guardians import Guardian, on_roll
from nursery.people import Child
from nursery.settings import today

YES, NO = D_("yes"), D_("no")


def about(name: Annotated[str, typer.Argument(help="The child's full or first name.")]) -> None:
    """Read All About Me: what each guardian has told of a child, in their own words."""
    with looking() as session:
        child = the_child(session, name)
        chosen = select(AboutMe).where(AboutMe.child_id == child.id).order_by(col(AboutMe.guardian_id))
        told = list(session.exec(chosen))
        for question, text in about_me.questions().items():
            mine = [one for one in told if one.question == question]
            if mine:
                show(tongue().say(tongue().content(text), child=child.first_name))
            for one in mine:
                who = session.get_one(Guardian, one.guardian_id).name
                row(who, words_of(session, one.words, one.inbound_id), indent="  ")
    if not told:
        say(D_("Nobody has told us about %(child)s yet. Parents do it by texting ABOUT."), child=child.first_name)


def consents_command(
    name: Annotated[str, typer.Argument(help="The child's full or first name; left out with --purpose.")] = "",
    purpose: Annotated[Purpose | None, typer.Option(help="Every child of the setting, for one purpose.")] = None,
    setting: Annotated[str | None, typer.Option(help="The setting; may be left out where there is one.")] = None,
) -> None:
    """See what may be done for a child, as those with parental responsibility agree to it: one no is enough."""
    day = today(now())
    with looking() as session:
        if name:
            _one_child(session, the_child(session, name), day)
        elif purpose is not None:
            _every_child(session, the_setting(session, setting).id or 0, purpose, day)
        else:
            raise Refused(D_("Name a child, or say --purpose, such as --purpose outings."))


def _one_child(session: Session, child: Child, day: date) -> None:
    for purpose in Purpose:
        row(purpose.value, _may(session, child, purpose, day))
        chosen = select(Consent).where(Consent.child_id == child.id, Consent.purpose == purpose)
        for one in session.exec(chosen.where(col(Consent.withdrawn_at).is_(None)).order_by(col(Consent.id))):
            who = session.get_one(Guardian, one.guardian_id).name
            said = Sentence(D_("yes, until %(day)s") if one.given else NO, day=one.expires_on)
            row(who, said, indent="  ")


def _every_child(session: Session, setting_id: int, purpose: Purpose, day: date) -> None:
    here = select(Child).where(Child.setting_id == setting_id, on_roll(day))
    for child in session.exec(here.order_by(col(Child.name))):
        row(child.name, _may(session, child, purpose, day))


def _may(session: Session, child: Child, purpose: Purpose, day: date) -> Spoken:
    return Sentence(YES if consents.stands(session, child, purpose, day) else NO)
