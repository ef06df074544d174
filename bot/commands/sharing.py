"""coatpeg sharing: what of a child is shared with another setting or an agency, by consent, and the log of it."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlmodel import Session

from bot.commands.desk import Refused, looking, now, writing
from bot.commands.named import the_child, the_staff
from bot.commands.voice import local_moment, say, table
from locales.sentences import D_, Joined, Mark, Sentence
from nursery import sharing
from nursery.consents import Purpose
from nursery.people import Child, Staff
from nursery.scopes import Scope
from nursery.sharing import Sharing

app = typer.Typer(no_args_is_help=True, help="What is shared with another setting or an agency, by consent.")


@app.command("give")
def give(
    child: Annotated[str, typer.Argument(help="The child's name.")],
    to: Annotated[str, typer.Option("--with", help="Whom it is shared with, by name.")],
    what: Annotated[list[Scope], typer.Option(help="What: progress, about me or two-year check; again for more.")],
    purpose: Annotated[Purpose, typer.Option(help="The consent: second setting or health visitor.")],
    staff: Annotated[str | None, typer.Option(help="Who shares it; the manager when left out.")] = None,
) -> None:
    """Note that something about a child is shared. Refused unless consent stands for it now."""
    with writing() as session:
        about = the_child(session, child)
        by = the_staff(session, staff, about.setting_id)
        shared = sharing.give(session, about, purpose, what, to, staff=by, now=now())
        line = Sentence(
            D_("%(number)s: %(what)s of %(child)s with %(shared_with)s, by %(staff)s."),
            number=shared.id,
            what=Joined(shared.scopes),
            child=about.name,
            shared_with=shared.shared_with,
            staff=by.name,
        )
    say(line)
    say(D_("It ends by itself, and you have a task to tell them, when the consent no longer stands."))


@app.command("end")
def end(number: Annotated[int, typer.Argument(help="The sharing's number.")]) -> None:
    """Note that something is shared no more."""
    with writing() as session:
        shared = session.get(Sharing, number)
        if shared is None:
            raise Refused(D_("There is no sharing %(number)s."), number=number)
        if shared.ended_at is not None:
            raise Refused(
                D_("Sharing %(number)s ended on %(when)s already."), number=number, when=local_moment(shared.ended_at)
            )
        sharing.end(session, shared, now())
        name = shared.shared_with
    say(D_("Sharing %(number)s has ended. Tell %(name)s that nothing more will come."), number=number, name=name)


@app.command("list")
def list_sharings(
    child: Annotated[str, typer.Option(help="One child's; all when left out.")] = "",
) -> None:
    """See what is and was shared: what, with whom, by whom, from when until when."""
    with looking() as session:
        about = the_child(session, child).id if child else None
        rows = [_row(session, one) for one in sharing.every_sharing(session, about)]
    table(rows, (Mark(""), D_("child"), D_("what"), D_("with"), D_("by"), D_("since"), D_("ended")))


def _row(session: Session, shared: Sharing) -> tuple[object, ...]:
    staff = session.get(Staff, shared.staff_id)
    ended: object = ""
    if shared.ended_at:
        ended = Joined((local_moment(shared.ended_at), " (", Sentence(Mark(shared.ended_because)), ")"), "")
    return (
        shared.id,
        session.get_one(Child, shared.child_id).name,
        ", ".join(shared.scopes),
        shared.shared_with,
        staff.name if staff else "",
        local_moment(shared.given_at),
        ended,
    )
