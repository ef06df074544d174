"""coatpeg collect: somebody else is to collect a child, and what was found out when the parent was rung."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlmodel import Session

from bot.commands.desk import Refused, looking, now, the_setting, writing
from bot.commands.named import the_staff
from bot.commands.said import words_of
from bot.commands.voice import filled, local_moment, row, say, show_json
from locales.sentences import D_, Joined
from nursery import day_changes
from nursery.contacts import contacts_of
from nursery.day_changes import DayChange
from nursery.guardians import Guardian
from nursery.people import Child
from nursery.tasks import finish

app = typer.Typer(no_args_is_help=True, help="Who else collects a child: never agreed by text, always by phone.")

Number = Annotated[int, typer.Argument(help="Its number in coatpeg collect list.")]
Who = Annotated[str, typer.Option(help="Who you are: you have rung the parent.")]


@app.command("list")
def collect_list(
    setting: Annotated[str | None, typer.Option(help="The setting; may be left out where there is one.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="A list.")] = False,
) -> None:
    """See whom to ring: somebody else is to collect and nobody has checked it yet."""
    with looking() as session:
        rows = [_cells(session, one) for one in day_changes.to_check(session, the_setting(session, setting).id or 0)]
    if as_json:
        show_json(rows)
        return
    for one in rows:
        row(*filled(one.values()))
    if not rows:
        say(D_("Nobody waits to be rung about who collects."))


@app.command("agree")
def collect_agree(number: Number, staff: Who) -> None:
    """You have rung the parent on the number you hold, and it is agreed."""
    child = _checked(number, staff, agreed=True)
    say(D_("Noted: %(child)s may be collected by them, checked by %(staff)s."), child=child, staff=staff)


@app.command("refuse")
def collect_refuse(number: Number, staff: Who) -> None:
    """You have rung, and it is not agreed: the child is not given to them."""
    child = _checked(number, staff, agreed=False)
    say(D_("Noted: %(child)s is not given to them, checked by %(staff)s."), child=child, staff=staff)


def _checked(number: int, staff: str, *, agreed: bool) -> str:
    with writing() as session:
        change = session.get(DayChange, number)
        if change is None:
            raise Refused(D_("There is no change %(number)s. See coatpeg collect list."), number=number)
        child = session.get_one(Child, change.child_id)
        day_changes.check(session, change, the_staff(session, staff, child.setting_id), now(), agreed=agreed)
        finish(session, f"day_change:{change.id}", now())
        return child.first_name


def _cells(session: Session, change: DayChange) -> dict[str, object]:
    """Words of harm are not shown; what was edited since is, beside them."""
    said = ((change.who, change.who_inbound_id), (change.at_words, change.at_inbound_id))
    words = filled(words_of(session, *one) for one in said)
    numbers = [one.address for one in contacts_of(session, change.guardian_id) if one.channel == "sms"]
    return {
        "id": change.id,
        "told": local_moment(change.told_at),
        "child": session.get_one(Child, change.child_id).name,
        "who and when": Joined(words),
        "ring": session.get_one(Guardian, change.guardian_id).name,
        "number": Joined(numbers),
    }
