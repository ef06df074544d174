"""coatpeg complaint, outcome and complaints: looking into what parents complain of, and the record of it."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from bot.commands.desk import Refused, now, the_setting, writing
from bot.commands.named import the_staff
from bot.commands.printing import SIZES, page
from bot.commands.said import words_of
from bot.commands.voice import local_moment, plain, say, show_json
from locales import catalogue
from locales.sentences import D_, ND_, Joined, Sentence, Spoken
from nursery import complaint_record, complaints, outcomes
from nursery.complaint_record import FIELDS
from nursery.complaints import Complaint
from nursery.contacts import best_contact
from nursery.guardians import Guardian
from nursery.inbox import may_be_shown
from nursery.people import Staff
from nursery.preferences import Format, preference_of
from nursery.settings import Setting, today

A_YEAR = timedelta(days=365)


def complaint(
    reference: Annotated[str, typer.Argument(help="The complaint's reference, such as C-1042.")],
    staff: Annotated[str, typer.Option(help="Who you are. What is about the manager is not shown to the manager.")],
    requirement: Annotated[str, typer.Option(help="The EYFS requirement it is about.")] = "",
    investigation: Annotated[str, typer.Option(help="How you looked into it.")] = "",
    actions: Annotated[str, typer.Option(help="What you have done about it.")] = "",
    letter: Annotated[Path | None, typer.Option(help="A folder to write the outcome to, as a page to print.")] = None,
) -> None:
    """Read a complaint, and write down how you look into it."""
    with writing() as session:
        case = _found(session, reference, staff)
        case.requirement = requirement or case.requirement
        case.investigation = investigation or case.investigation
        case.actions = actions or case.actions
        session.add(case)
        lines = _lines(session, case)
        written = _letter(session, case, letter) if letter is not None else None
    for line in lines:
        say(line)
    if written is not None:
        say(D_("The outcome to print: %(file)s. Read it over before it goes."), file=written)


def _letter(session: Session, case: Complaint, folder: Path) -> Path:
    """The outcome as it is told, on paper; without a child's name or picture of ours. Raises Refused."""
    if not case.outcome:
        raise Refused(D_("%(reference)s has no outcome yet."), reference=case.reference)
    folder.mkdir(parents=True, exist_ok=True)
    guardian, setting = session.get_one(Guardian, case.guardian_id), session.get_one(Setting, case.setting_id)
    by, words = session.get(Staff, case.outcome_by_id), catalogue(guardian.language)
    told = words.say(
        words.gettext("The outcome of your complaint %(ref)s, from %(staff)s: %(words)s"),
        ref=case.reference,
        staff=by.name if by else setting.name,
        words=case.outcome,
    )
    form = preference_of(session, guardian.id or 0).format
    shown = Format(form) if Format(form) in SIZES else Format.TEXT
    path = folder / f"{case.reference}.html"
    path.write_text(page(f"{guardian.name}\n{told}", words.language, setting.name, shown), encoding="utf-8")
    return path


def _lines(session: Session, case: Complaint) -> list[Spoken]:
    guardian = session.get_one(Guardian, case.guardian_id)
    shown = may_be_shown(session, case.inbound_id)
    words = words_of(session, case.words, case.inbound_id) if shown else Sentence(complaint_record.PRIVATE)
    handler = session.get(Staff, case.handler_id) if case.handler_id else None
    told = local_moment(case.told_at) if case.told_at else Sentence(D_("not yet"))
    return [
        Joined((case.reference, guardian.name, local_moment(case.received_at)), "  "),
        Sentence(D_("Words: %(words)s"), words=words),
        Sentence(D_("Looked into by: %(name)s"), name=handler.name if handler else Sentence(D_("nobody yet"))),
        Sentence(D_("Requirement: %(words)s"), words=case.requirement or "-"),
        Sentence(D_("Investigation: %(words)s"), words=case.investigation or "-"),
        Sentence(D_("Actions: %(words)s"), words=case.actions or "-"),
        Sentence(D_("Outcome: %(words)s"), words=case.outcome or "-"),
        Sentence(D_("Due: %(day)s  Told: %(when)s"), day=case.due_on.isoformat(), when=told),
    ]


def outcome(
    reference: Annotated[str, typer.Argument(help="The complaint's reference, such as C-1042.")],
    words: Annotated[str, typer.Argument(help="The outcome, in writing, to the parent.")],
    staff: Annotated[str, typer.Option(help="Who decides.")],
) -> None:
    """Tell a parent the outcome of a complaint in writing. They can ask for it to be looked at again."""
    with writing() as session:
        case = _found(session, reference, staff)
        outcomes.conclude(session, case, words, the_staff(session, staff, case.setting_id), now())
        said = _how_it_goes(session, case)
    say(said)


def _how_it_goes(session: Session, case: Complaint) -> Sentence:
    """How the outcome comes to the parent: by message, or by hand, of which a task tells."""
    if best_contact(session, case.guardian_id) is None:
        said = D_("%(reference)s: the parent takes no messages now. A task will ask you to give it in writing.")
    elif outcomes.is_for_paper(session, case, today(now())):
        said = D_("%(reference)s: a court's limit stands, so it goes on paper. A task will ask you to print it.")
    else:
        said = D_("%(reference)s: the parent gets the outcome in the next minute, or when the quiet hours end.")
    return Sentence(said, reference=case.reference)


def complaints_record(
    file: Annotated[Path | None, typer.Argument(help="A CSV file to write; left out, it is printed.")] = None,
    since: Annotated[str, typer.Option(help="The first day, such as 2026-09-01; a year ago when left out.")] = "",
    until: Annotated[str, typer.Option(help="The last day; today when left out.")] = "",
    setting: Annotated[str | None, typer.Option(help="The setting; may be left out where there is one.")] = None,
) -> None:
    """The record of complaints for Ofsted: what, when, the outcome; and nobody's name."""
    first, last = _day(since, today(now()) - A_YEAR), _day(until, today(now()))
    with writing() as session:
        rows = complaint_record.record(session, the_setting(session, setting).id or 0, first, last)
    if file is None and not rows:
        say(D_("There was no complaint from %(first)s to %(last)s."), first=first, last=last)
        return
    if file is None:
        show_json(rows)
        return
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, FIELDS)
        writer.writeheader()
        writer.writerows({field: plain(value) for field, value in row.items()} for row in rows)
    say(
        ND_(
            "%(count)s complaint from %(first)s to %(last)s is in %(file)s. Read it once before you hand it over.",
            "%(count)s complaints from %(first)s to %(last)s are in %(file)s. Read it once before you hand it over.",
        ),
        count=len(rows),
        first=first,
        last=last,
        file=file,
    )


def _found(session: Session, reference: str, staff: str) -> Complaint:
    case = complaints.by_reference(session, reference)
    if case is None:
        raise Refused(D_("There is no complaint %(reference)s."), reference=reference)
    if not outcomes.may_read(case, the_staff(session, staff, case.setting_id)):
        raise Refused(D_("%(reference)s is about the manager: somebody else looks into it."), reference=case.reference)
    return case


def _day(written: str, otherwise: date) -> date:
    if not written:
        return otherwise
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Refused(D_("%(written)s: write the day as 2026-09-01."), written=written) from None
