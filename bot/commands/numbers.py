"""coatpeg guardian number, share and part: at which phone a guardian is reached, and who uses one together."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlmodel import Session

from bot.commands.desk import Refused, configured, now, writing
from bot.commands.named import the_guardian
from bot.commands.ties import Who
from bot.commands.voice import say
from locales.sentences import D_
from nursery.contacts import Contact, contacts_of
from nursery.guardians import Guardian
from nursery.numbers import change_number
from nursery.phones import NotAMobile, mobile
from nursery.settings import today
from nursery.shared_phones import part, share


def number(who: Who, new: Annotated[str, typer.Argument(help="The new mobile number.")]) -> None:
    """A guardian's number has changed: what waits follows them, and the old number learns nothing more."""
    with writing() as session:
        guardian = the_guardian(session, who)
        try:
            change_number(session, guardian, mobile(new, test_numbers=configured().test_numbers))
        except NotAMobile as refusal:
            raise Refused(D_("%(number)s: %(why)s."), number=new, why=refusal) from None
        say(
            D_("%(guardian)s is now reached at %(number)s. The old number is a stranger's."),
            guardian=guardian.name,
            number=new,
        )


def share_phone(
    who: Who, owner: Annotated[str, typer.Argument(help="Whose phone it is: a guardian's name or number.")]
) -> None:
    """Confirm that a guardian uses another's phone. What is for both goes there once; the rest names whom it is for."""
    with writing() as session:
        guardian, other = the_guardian(session, who), the_guardian(session, owner)
        share(session, _phone(session, other), guardian, now(), today(now()))
        say(
            D_("%(guardian)s is written to on %(other)s's phone. Each can read what is for the other."),
            guardian=guardian.name,
            other=other.name,
        )


def part_phone(who: Who) -> None:
    """A guardian shares a phone no more: whose the phone is keeps it."""
    with writing() as session:
        guardian = the_guardian(session, who)
        say(
            D_("%(guardian)s shares no phone now. Parted: %(count)s."),
            guardian=guardian.name,
            count=part(session, guardian),
        )


def _phone(session: Session, owner: Guardian) -> Contact:
    found = next((one for one in contacts_of(session, owner.id or 0) if one.channel == "sms"), None)
    if found is None:
        raise Refused(D_("%(owner)s has no phone number here."), owner=owner.name)
    return found
