"""coatpeg service: help near the setting that parents are told of, and how often each kind was asked for."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlmodel import col, select

from bot.commands.desk import Refused, looking, now, the_setting, writing
from bot.commands.voice import filled, row, say, table
from locales.sentences import D_, Sentence
from nursery import services, signposts
from nursery.services import LocalService, Need
from nursery.signposts import FEW

app = typer.Typer(no_args_is_help=True, help="Help near the setting, which parents find under SERVICES.")


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="What it is called.")],
    needs: Annotated[str, typer.Option(help=f"What it helps with: {', '.join(Need)}, with commas.")],
    phone: Annotated[str, typer.Option(help="The number parents ring.")] = "",
    web: Annotated[str, typer.Option(help="Its website.")] = "",
    place: Annotated[str, typer.Option(help="Where it is.")] = "",
    languages: Annotated[str, typer.Option(help="Languages spoken there: Polish,Urdu.")] = "",
    free: Annotated[bool, typer.Option("--free", help="The call costs nothing.")] = False,
    text: Annotated[str, typer.Option(help="What it is, in one English sentence.")] = "",
    setting: Annotated[str | None, typer.Option(help="The setting; may be left out where there is one.")] = None,
) -> None:
    """Add a service near you."""
    with writing() as session:
        made = services.add_local(
            session,
            LocalService(
                setting_id=the_setting(session, setting).id or 0,
                called=name.strip(),
                needs=needs,
                phone=phone.strip(),
                web=web.strip(),
                place=place.strip(),
                languages=languages,
                free=free,
                text=text.strip(),
                added_at=now(),
            ),
        )
    say(D_("Service %(number)s: %(called)s, for %(needs)s."), number=made.id, called=made.called, needs=made.needs)


@app.command("list")
def list_services(
    setting: Annotated[str | None, typer.Option(help="The setting; may be left out where there is one.")] = None,
) -> None:
    """See the services near you. The national ones are always there as well."""
    with looking() as session:
        mine = (LocalService.setting_id == the_setting(session, setting).id, col(LocalService.ended_at).is_(None))
        found = session.exec(select(LocalService).where(*mine).order_by(col(LocalService.id))).all()
        for one in found:
            row(*filled([one.id, one.called, one.needs, one.phone, one.web, one.place, one.languages]))
        if not found:
            say(D_("There is none yet. To add one: coatpeg service add NAME --needs food --phone NUMBER"))


@app.command("end")
def end(number: Annotated[int, typer.Argument(help="The service's number.")]) -> None:
    """Take a service off the list."""
    with writing() as session:
        one = session.get(LocalService, number)
        if one is None:
            raise Refused(D_("There is no service %(number)s."), number=number)
        one.ended_at = one.ended_at or now()
        session.add(one)
        name = one.called
    say(D_("%(name)s is off the list."), name=name)


@app.command("counts")
def counts(
    setting: Annotated[str | None, typer.Option(help="The setting; may be left out where there is one.")] = None,
) -> None:
    """How often each kind of help was asked for. Never who; and fewer than five are not shown as a number."""
    with looking() as session:
        found = signposts.counts(session, the_setting(session, setting).id or 0)
        rows = [[one.month, one.need, *map(_shown, (one.asked, one.helped, one.not_yet, one.calls))] for one in found]
    if not rows:
        say(D_("Nobody has asked yet."))
        return
    table(rows, (D_("month"), D_("for"), D_("asked"), D_("it helped"), D_("not yet"), D_("call me")))


def _shown(number: int) -> object:
    return Sentence(D_("fewer than five")) if 0 < number < FEW else number
