"""coatpeg export-guardian, erase-guardian and record-log: what is a family's right, and the log of it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session, col, select

from bot.commands.desk import Refused, looking, now, writing
from bot.commands.named import the_child, the_guardian
from bot.commands.voice import ask, local_moment, say, show, table
from locales.sentences import D_, ND_, Joined, Mark, Sentence
from nursery import erasing, exporting, records
from nursery.complaints import Complaint
from nursery.guardians import Guardian
from nursery.people import Child
from nursery.records import RecordAccess

LEAD = Sentence(D_("Ask the safeguarding lead too: what the lead may hold is not in this."))
"""Always said, so that it tells nobody whether there is anything."""

Who = Annotated[str, typer.Argument(help="The guardian's name or number, or the reference of what they asked.")]


def export_guardian(
    who: Who,
    file: Annotated[Path | None, typer.Argument(help="Where to write it; on the screen when left out.")] = None,
) -> None:
    """Write a copy of everything held about a guardian, as JSON: their own, and nobody else's words."""
    if file is not None and file.exists():
        raise Refused(D_("%(file)s is there already."), file=file)
    with writing() as session:
        number = _number(session, who)
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
    who: Who,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase a guardian: everything but what the law has you keep. It can't be undone."""
    with looking() as session:
        number = _number(session, who, again=True)
        name, waiting = session.get_one(Guardian, number).name, _open_complaints(session, number)
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


def _number(session: Session, who: str, *, again: bool = False) -> int:
    """The number of the guardian who is meant. Raises Refused, also for one who was erased, unless it is to be done
    again."""
    number = int(who) if who.isdecimal() else the_guardian(session, who).id or 0
    erased = erasing.erased_at(session, number)
    if erased is not None and not (again and session.get(Guardian, number) is not None):
        raise Refused(D_("Guardian %(number)s was erased on %(when)s."), number=number, when=local_moment(erased))
    return the_guardian(session, str(number)).id or 0


def _open_complaints(session: Session, number: int) -> list[str]:
    chosen = select(Complaint.reference).where(Complaint.guardian_id == number, col(Complaint.told_at).is_(None))
    return list(session.exec(chosen.order_by(col(Complaint.id))))


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
