"""coatpeg export-guardian, erase-guardian, sharing and record-log: what is a family's right, and the log of it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session, col, select

from bot.commands.desk import Refused, looking, now, writing
from bot.commands.named import the_child, the_staff
from bot.commands.voice import ask, local_moment, say, show, table
from locales.sentences import D_, ND_, Joined, Mark, Sentence
from nursery import erasing, exporting, records, sharing
from nursery.complaints import Complaint
from nursery.consents import Purpose
from nursery.guardians import Guardian
from nursery.people import Child, Staff
from nursery.records import RecordAccess
from nursery.sharing import Scope, Sharing

LEAD = Sentence(D_("Ask the safeguarding lead too: what the lead may hold is not in this."))
"""Always said, so that it tells nobody whether there is anything."""

sharing_cli = typer.Typer(no_args_is_help=True, help="What is shared with another setting or an agency, by consent.")


def export_guardian(
    number: Annotated[int, typer.Argument(metavar="ID", help="The guardian's number.")],
    file: Annotated[Path | None, typer.Argument(help="Where to write it; on the screen when left out.")] = None,
) -> None:
    """Write a copy of everything held about a guardian, as JSON: their own, and nobody else's words."""
    if file is not None and file.exists():
        raise Refused(D_("%(file)s is there already."), file=file)
    with writing() as session:
        the_guardian(session, number)
        copy = exporting.copy_of(session, number)
        erasing.note(session, number, "exported", "command line", now())
    text = json.dumps(copy, ensure_ascii=False, indent=1)
    if file is None:
        show(text)
        return
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as opened:
        opened.write(text + "\n")
    rows = sum(len(found) for found in copy.values())
    say(
        ND_(
            "%(count)s entry written to %(file)s, which only you can read. %(lead)s",
            "%(count)s entries written to %(file)s, which only you can read. %(lead)s",
        ),
        count=rows,
        file=file,
        lead=LEAD,
    )


def erase_guardian(
    number: Annotated[int, typer.Argument(metavar="ID", help="The guardian's number.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase a guardian: everything but what the law has you keep. It can't be undone."""
    with looking() as session:
        guardian = the_guardian(session, number, again=True)
        name, waiting = guardian.name, _open_complaints(session, number)
    if waiting:
        say(
            D_("The outcome of %(references)s can't be sent to them afterwards: tell them first."),
            references=Joined(waiting),
        )
    if not yes and not ask(
        D_("Erase everything about %(name)s (guardian %(number)s)? It can't be undone."), name=name, number=number
    ):
        raise Refused(D_("Nothing was erased."))
    with writing() as session:
        done = erasing.erase(session, number, now(), by="command line")
    say(
        ND_(
            "%(count)s entry about %(name)s is erased. Their number is a stranger's now.",
            "%(count)s entries about %(name)s are erased. Their number is a stranger's now.",
        ),
        count=done.gone,
        name=name,
    )
    if done.kept:
        say(
            D_("Kept, with their name and without their number: %(reasons)s."),
            reasons=Joined((Sentence(Mark(why)) for why in done.kept), "; "),
        )
    say(D_("What the safeguarding lead may hold is not touched by this."))


def the_guardian(session: Session, number: int, *, again: bool = False) -> Guardian:
    """The guardian of that number. Raises Refused, also for one who was erased, unless it is to be done again."""
    guardian, erased = session.get(Guardian, number), erasing.erased_at(session, number)
    if erased is not None and not (again and guardian is not None):
        raise Refused(D_("Guardian %(number)s was erased on %(when)s."), number=number, when=local_moment(erased))
    if guardian is None:
        raise Refused(D_("There is no guardian %(number)s."), number=number)
    return guardian


def _open_complaints(session: Session, number: int) -> list[str]:
    chosen = select(Complaint.reference).where(Complaint.guardian_id == number, col(Complaint.told_at).is_(None))
    return list(session.exec(chosen.order_by(col(Complaint.id))))


@sharing_cli.command("give")
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


@sharing_cli.command("end")
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


@sharing_cli.command("list")
def list_sharings(
    child: Annotated[str, typer.Option(help="One child's; all when left out.")] = "",
) -> None:
    """See what is and was shared: what, with whom, by whom, from when until when."""
    with looking() as session:
        about = the_child(session, child).id if child else None
        rows = [_row(session, one) for one in sharing.every_sharing(session, about)]
    table(rows, (Mark(""), D_("child"), D_("what"), D_("with"), D_("by"), D_("since"), D_("ended")))


def record_log(child: Annotated[str, typer.Option(help="One child's; all when left out.")] = "") -> None:
    """See who asked for a child's record: links made and opened, dates that were wrong, appointments."""
    with looking() as session:
        about = the_child(session, child).id if child else None
        rows = [
            (
                local_moment(one.at),
                session.get_one(Child, one.child_id).name,
                _name(session, one.guardian_id),
                _what(one),
            )
            for one in records.accesses(session, about)
        ]
    table(rows, (D_("when"), D_("child"), D_("guardian"), D_("what")))


def _what(one: RecordAccess) -> Sentence:
    return Sentence(Mark(one.what))


def _name(session: Session, guardian_id: int) -> str:
    guardian = session.get(Guardian, guardian_id)
    return guardian.name if guardian else ""


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
