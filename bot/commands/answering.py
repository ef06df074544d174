"""coatpeg concerns, answer and staff: what staff do about what came in, and who they are."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer
from sqlmodel import Session, col, select

from bot.commands import holding
from bot.commands.desk import Refused, looking, now, the_setting, writing
from bot.commands.named import the_staff
from bot.commands.voice import local_moment, row, say, show
from locales.sentences import D_, ND_, Joined, Sentence, Spoken
from nursery import concerns, queries
from nursery.contacts import best_contact
from nursery.guardians import Guardian
from nursery.people import Staff, staff_named
from nursery.settings import today

ROLES = ("key person", "manager", "office", "deputy", "owner")


def concerns_command(
    staff: Annotated[str, typer.Option(help="Who you are. What is not for you is not shown.")],
    release: Annotated[int | None, typer.Option(help="A guardian's number, to send to that family again.")] = None,
    told: Annotated[int | None, typer.Option(help="The number of what you have told a held family by hand.")] = None,
) -> None:
    """Read the safeguarding messages that are for you. That you read them is noted."""
    with writing() as session:
        place = the_setting(session, None)
        reader = the_staff(session, staff, place.id or 0)
        mine = [one for one in session.exec(select(concerns.Concern)) if concerns.may_read(session, one, reader)]
        if release is not None:
            if release not in {number for one in mine for number in (one.guardian_id, *one.sharing)}:
                raise Refused(D_("This family is not held for you to release."))
            concerns.release(session, session.get_one(Guardian, release))
            say(D_("This family is sent to again within half an hour."))
        if told is not None:
            holding.told(session, reader, told)
        for one in mine:
            words = concerns.read(session, one, reader, now())
            row(local_moment(one.raised_at), _writers(session, one))
            if one.sharing:
                say(D_("  They share this phone: nobody can tell who of them wrote it. All of them are held."))
            show(f"  {words}")
        holding.show_to_tell(session, reader)
    say(ND_("%(count)s for you.", "%(count)s for you."), count=len(mine))


def _writers(session: Session, concern: concerns.Concern) -> Spoken:
    """Whose words they may be, each with the number that releases them."""
    people = concerns.may_have_written(session, concern)
    if not people:
        return Sentence(D_("a stranger"))
    return Joined([f"{one.name} ({one.id})" for one in people])


def answer(
    reference: Annotated[str, typer.Argument(help="A query's reference, such as Q-1042.")],
    words: Annotated[str, typer.Argument(help="The answer.")],
    staff: Annotated[str | None, typer.Option(help="Who answers; the query's owner when left out.")] = None,
) -> None:
    """Answer a parent's query. It goes to that parent alone, at a polite hour."""
    if not words.strip():
        raise Refused(D_("An answer needs words."))
    with writing() as session:
        query = queries.by_reference(session, reference)
        if query is None:
            raise Refused(D_("There is no query %(reference)s."), reference=reference)
        owner = session.get(Staff, query.owner_id) if staff is None and query.owner_id else None
        queries.answer(session, query, words.strip(), owner or the_staff(session, staff, query.setting_id), now())
        goes = best_contact(session, query.guardian_id) is not None
    say(
        D_("%(reference)s is answered. The parent gets it in the next minute, or when the quiet hours end.")
        if goes
        else D_("%(reference)s is answered. The parent takes no messages now: a task will ask you to ring them."),
        reference=query.reference,
    )


def staff_list(
    setting: Annotated[str | None, typer.Option(help="The setting; may be left out where there is one.")] = None,
) -> None:
    """See who is on the staff, and their roles."""
    with looking() as session:
        place = the_setting(session, setting)
        everybody = session.exec(select(Staff).where(Staff.setting_id == place.id).order_by(col(Staff.name))).all()
    for member in everybody:
        until = member.away_until
        away = until is not None and until >= today(now())
        row(member.name, member.role, *([Sentence(D_("away until %(day)s"), day=until)] if away else []))
    if not everybody:
        say(D_("There is nobody yet. To add somebody: coatpeg staff add NAME --role manager"))


def staff_away(
    name: Annotated[str, typer.Argument(help="Who is away.")],
    until: Annotated[str, typer.Option(help="The last day away, as 2026-12-18; - when they are back.")],
    setting: Annotated[str | None, typer.Option(help="The setting; may be left out where there is one.")] = None,
) -> None:
    """Say until when a member of staff is away: new queries of theirs go to the manager."""
    try:
        day = None if until == "-" else date.fromisoformat(until)
    except ValueError:
        raise Refused(D_("--until: write the day as 2026-12-18, not %(typed)s."), typed=until) from None
    with writing() as session:
        member = the_staff(session, name, the_setting(session, setting).id or 0)
        member.away_until = day
        session.add(member)
    if day is None:
        say(D_("%(name)s is back."), name=name)
        return
    say(D_("%(name)s is away until %(day)s. The manager has their new queries."), name=name, day=day.isoformat())


def staff_add(
    name: Annotated[str, typer.Argument(help="The name parents know them by.")],
    role: Annotated[str, typer.Option(help="key person, manager, office, deputy or owner.")] = "key person",
    setting: Annotated[str | None, typer.Option(help="The setting; may be left out where there is one.")] = None,
) -> None:
    """Add a member of staff, or change their role."""
    if role not in ROLES:
        raise Refused(D_("--role: %(role)s is not one of %(known)s."), role=role, known=Joined(ROLES))
    with writing() as session:
        place = the_setting(session, setting)
        member = staff_named(session, place.id or 0, name) or Staff(setting_id=place.id or 0, name=name)
        member.role = role
        session.add(member)
    say(D_("%(name)s is %(role)s at %(place)s."), name=name, role=role, place=place.name)
