"""coatpeg policy and countersign: what the setting promises, and the agreements both sides sign."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.desk import Refused, looking, now, the_setting, writing
from bot.commands.named import the_staff
from bot.commands.voice import local_moment, row, say
from locales.sentences import D_, Sentence
from nursery import agreements, policies
from nursery.agreements import Signature
from nursery.guardians import Guardian
from nursery.settings import Setting


def policy(
    name: Annotated[str, typer.Argument(help="The policy, such as late-collection; left out, all are listed.")] = "",
    changed: Annotated[str, typer.Option(help="What has changed, in a sentence for parents.")] = "",
    short: Annotated[str, typer.Option(help="The short answer in your own words.")] = "",
    full: Annotated[str, typer.Option(help="The full text in your own words.")] = "",
    plainer: Annotated[str, typer.Option(help="The same in plainer words.")] = "",
    setting: Annotated[str | None, typer.Option(help="The setting; may be left out where there is one.")] = None,
) -> None:
    """See the policies, or publish a new edition of one: its parents are told, and asked to read and sign it."""
    if not name:
        _list_policies(setting)
        return
    with writing() as session:
        place = the_setting(session, setting)
        edition = policies.publish(session, place, name, changed, now(), short=short, full=full, plainer=plainer)
    say(
        D_("%(name)s is now version %(version)s. Parents are told in the next minute, or after the quiet hours."),
        name=name,
        version=edition.version,
    )


def _list_policies(setting: str | None) -> None:
    with looking() as session:
        place = the_setting(session, setting)
        for one in policies.policies():
            shown = policies.standing(session, place, one)
            own = [Sentence(D_("own edition"))] if shown.edition else []
            row(one, Sentence(D_("version %(version)s"), version=shown.version), *own)


def countersign(
    number: Annotated[int | None, typer.Argument(help="The signature's number; left out, those waiting.")] = None,
    staff: Annotated[str | None, typer.Option(help="Who signs for the setting; the manager when left out.")] = None,
    setting: Annotated[str | None, typer.Option(help="The setting; may be left out where there is one.")] = None,
) -> None:
    """Sign the agreement beside a parent. The parent then gets the copy with both names."""
    if number is None:
        _list_waiting(setting)
        return
    with writing() as session:
        signature = session.get(Signature, number)
        if signature is None:
            raise Refused(D_("There is no signature %(number)s."), number=number)
        agreements.countersign(session, signature, the_staff(session, staff, signature.setting_id), now())
        place = session.get_one(Setting, signature.setting_id).name
    say(
        D_("Signed for %(place)s. The parent gets the copy in the next minute, or when the quiet hours end."),
        place=place,
    )


def _list_waiting(setting: str | None) -> None:
    with looking() as session:
        place = the_setting(session, setting)
        waiting = agreements.to_countersign(session, place.id or 0)
        for one in waiting:
            guardian = session.get_one(Guardian, one.guardian_id)
            signed = Sentence(D_("signed as %(name)s"), name=one.name)
            row(one.id, guardian.name, signed, local_moment(one.signed_at))
        if not waiting:
            say(D_("No agreement waits for a signature."))
