"""coatpeg offers and offer: what parents share with the setting."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlmodel import Session

from bot.commands.desk import PRIVATE_WORDS, Refused, looking, now, the_setting, writing
from bot.commands.voice import filled, row, say
from locales.sentences import D_, Joined, Sentence
from nursery import offers
from nursery.guardians import Guardian
from nursery.inbox import may_be_shown
from nursery.offers import Offer, OfferAsk, Skill

offer_app = typer.Typer(no_args_is_help=True, help="What a parent has offered to share.")


def offers_command(
    tag: Annotated[str, typer.Option(help=f"One of {', '.join(Skill)}.")] = "",
    setting: Annotated[str | None, typer.Option(help="The setting; may be left out where there is one.")] = None,
) -> None:
    """See what parents offer to share."""
    if tag and tag not in list(Skill):
        raise Refused(D_("--tag: %(tag)s is not one of %(known)s."), tag=tag, known=Joined(Skill))
    with looking() as session:
        found = offers.offered(session, the_setting(session, setting).id or 0, Skill(tag) if tag else None)
        for one in found:
            row(*_offer_line(session, one))
        if not found:
            say(D_("Nothing is offered yet. Parents offer by texting OFFER."))


@offer_app.command("ask")
def offer_ask(
    number: Annotated[int, typer.Argument(help="The offer's number.")],
    text: Annotated[str, typer.Option(help="What you would like and when, in a sentence for the parent.")],
) -> None:
    """Ask a parent for what they have offered."""
    with writing() as session:
        one = _the_offer(session, number)
        offers.ask_for(session, one, text, now())
        name = session.get_one(Guardian, one.guardian_id).name
    say(D_("%(name)s is asked in the next minute, or when the quiet hours end."), name=name)
    say(D_("A visitor whose suitability has not been checked is never alone with children (EYFS)."))


@offer_app.command("thank")
def offer_thank(number: Annotated[int, typer.Argument(help="The offer's number.")]) -> None:
    """When it has happened: thank the parent, once."""
    with writing() as session:
        one = _the_offer(session, number)
        offers.thank(session, one, now())
        name = session.get_one(Guardian, one.guardian_id).name
    say(D_("%(name)s is thanked in the next minute, or when the quiet hours end."), name=name)


def _the_offer(session: Session, number: int) -> Offer:
    found = session.get(Offer, number)
    if found is None:
        raise Refused(D_("There is no offer %(number)s."), number=number)
    return found


def _offer_line(session: Session, one: Offer) -> list[object]:
    guardian, last = session.get_one(Guardian, one.guardian_id), offers.last_ask(session, one.id or 0)
    words = one.words if may_be_shown(session, one.inbound_id) else PRIVATE_WORDS
    return filled([one.id, one.skill, guardian.name, guardian.language, one.free, words, _asked(last)])


def _asked(last: OfferAsk | None) -> object:
    """How far the last asking for an offer has come."""
    if last is None:
        return ""
    if last.thanked_at:
        return Sentence(D_("thanked"))
    return Sentence({None: D_("asked"), True: D_("said yes"), False: D_("said no")}[last.accepted])
