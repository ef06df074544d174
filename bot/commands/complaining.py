"""coatpeg complaint, outcome and complaints: looking into what parents complain of, and the record of it."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from bot.commands.desk import Refused, local_moment, now, plain, say, show_json, the_setting, writing
from bot.commands.telling import the_staff
from nursery import complaint_record, complaints, outcomes
from nursery.complaint_record import FIELDS
from nursery.complaints import Complaint
from nursery.guardians import Guardian
from nursery.inbox import may_be_shown
from nursery.outcomes import OutcomeRefused
from nursery.people import Staff
from nursery.settings import today

A_YEAR = timedelta(days=365)


def complaint(
    reference: Annotated[str, typer.Argument(help="The complaint's reference, such as C-1042.")],
    staff: Annotated[str, typer.Option(help="Who you are. What is about the manager is not shown to the manager.")],
    requirement: Annotated[str, typer.Option(help="The EYFS requirement it is about.")] = "",
    investigation: Annotated[str, typer.Option(help="How you looked into it.")] = "",
    actions: Annotated[str, typer.Option(help="What you have done about it.")] = "",
) -> None:
    """Read a complaint, and write down how you look into it."""
    with writing() as session:
        case = _found(session, reference, staff)
        case.requirement = requirement or case.requirement
        case.investigation = investigation or case.investigation
        case.actions = actions or case.actions
        session.add(case)
        lines = _lines(session, case)
    for line in lines:
        say(line)


def _lines(session: Session, case: Complaint) -> list[str]:
    guardian = session.get_one(Guardian, case.guardian_id)
    words = case.words if may_be_shown(session, case.inbound_id) else complaint_record.PRIVATE
    handler = session.get(Staff, case.handler_id) if case.handler_id else None
    told = local_moment(case.told_at) if case.told_at else "not yet"
    return [
        f"{case.reference}  {guardian.name}  {local_moment(case.received_at)}",
        f"Words: {words}",
        f"Looked into by: {handler.name if handler else 'nobody yet'}",
        f"Requirement: {case.requirement or '-'}",
        f"Investigation: {case.investigation or '-'}",
        f"Actions: {case.actions or '-'}",
        f"Outcome: {case.outcome or '-'}",
        f"Due: {case.due_on.isoformat()}  Told: {told}",
    ]


def outcome(
    reference: Annotated[str, typer.Argument(help="The complaint's reference, such as C-1042.")],
    words: Annotated[str, typer.Argument(help="The outcome, in writing, to the parent.")],
    staff: Annotated[str, typer.Option(help="Who decides.")],
) -> None:
    """Tell a parent the outcome of a complaint in writing. They can ask for it to be looked at again."""
    try:
        with writing() as session:
            case = _found(session, reference, staff)
            outcomes.conclude(session, case, words, the_staff(session, staff, case.setting_id), now())
    except OutcomeRefused as refusal:
        raise Refused(str(refusal)) from None
    say(f"{case.reference}: the parent gets the outcome in the next minute, or when the quiet hours end.")


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
    if file is None:
        show_json(rows)
        return
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, FIELDS)
        writer.writeheader()
        writer.writerows({field: plain(value) for field, value in row.items()} for row in rows)
    say(f"{len(rows)} complaints from {first} to {last} are in {file}. Read it once before you hand it over.")


def _found(session: Session, reference: str, staff: str) -> Complaint:
    case = complaints.by_reference(session, reference)
    if case is None:
        raise Refused(f"There is no complaint {reference}.")
    if not outcomes.may_read(case, the_staff(session, staff, case.setting_id)):
        raise Refused(f"{case.reference} is about the manager: somebody else looks into it.")
    return case


def _day(written: str, otherwise: date) -> date:
    if not written:
        return otherwise
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Refused(f"{written}: write the day as 2026-09-01.") from None
