"""coatpeg guardian number, share and part: at which phone a guardian is reached, and who uses one together."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlmodel import Session

from bot.commands.desk import Refused, configured, now, say, writing
from bot.commands.ties import Who, the_guardian
from nursery.contacts import Contact, contacts_of
from nursery.guardians import Guardian
from nursery.numbers import NumberRefused, change_number
from nursery.phones import NotAMobile, mobile
from nursery.settings import today
from nursery.shared_phones import SharingRefused, part, share


def number(who: Who, new: Annotated[str, typer.Argument(help="The new mobile number.")]) -> None:
    """A guardian's number has changed: what waits follows them, and the old number learns nothing more."""
    with writing() as session:
        guardian = the_guardian(session, who)
        try:
            change_number(session, guardian, mobile(new, test_numbers=configured().test_numbers))
        except NotAMobile as refusal:
            raise Refused(f"{new}: {refusal}.") from None
        except NumberRefused as refusal:
            raise Refused(str(refusal)) from None
        say(f"{guardian.name} is now reached at {new}. The old number is a stranger's.")


def share_phone(
    who: Who, owner: Annotated[str, typer.Argument(help="Whose phone it is: a guardian's name or number.")]
) -> None:
    """Confirm that a guardian uses another's phone. What is for both goes there once; the rest names whom it is for."""
    with writing() as session:
        guardian, other = the_guardian(session, who), the_guardian(session, owner)
        try:
            share(session, _phone(session, other), guardian, now(), today(now()))
        except SharingRefused as refusal:
            raise Refused(str(refusal)) from None
        say(f"{guardian.name} is written to on {other.name}'s phone. Each can read what is for the other.")


def part_phone(who: Who) -> None:
    """A guardian shares a phone no more: whose the phone is keeps it."""
    with writing() as session:
        guardian = the_guardian(session, who)
        say(f"{guardian.name} shares no phone now. Parted: {part(session, guardian)}.")


def _phone(session: Session, owner: Guardian) -> Contact:
    found = next((one for one in contacts_of(session, owner.id or 0) if one.channel == "sms"), None)
    if found is None:
        raise Refused(f"{owner.name} has no phone number here.")
    return found
