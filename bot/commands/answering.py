"""coatpeg concerns and answer: what staff do about what came in."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlmodel import Session, select

from bot.commands import holding
from bot.commands.already import refuse_answered
from bot.commands.desk import Refused, now, the_setting, writing
from bot.commands.named import the_staff
from bot.commands.voice import local_moment, row, say, show
from locales.sentences import D_, ND_, Joined, Sentence, Spoken
from nursery import concerns, corrections, queries, tone
from nursery.contacts import best_contact
from nursery.guardians import Guardian
from nursery.people import Staff


def concerns_command(
    staff: Annotated[str, typer.Option(help="Who you are. What is not for you is not shown.")],
    release: Annotated[int | None, typer.Option(help="A guardian's number, to send to that family again.")] = None,
    told: Annotated[int | None, typer.Option(help="The number of what you have told a held family by hand.")] = None,
    setting: Annotated[str | None, typer.Option(help="The setting; may be left out where there is one.")] = None,
) -> None:
    """Read the safeguarding messages that are for you. That you read them is noted."""
    with writing() as session:
        place = the_setting(session, setting)
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
            for later in corrections.for_the_lead(session, one):
                say(D_("  Corrected to: %(words)s"), words=later)
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
    again: Annotated[bool, typer.Option("--again", help="Say more where it was answered already.")] = False,
) -> None:
    """Answer a parent's query. It goes to that parent alone, at a polite hour."""
    if not words.strip():
        raise Refused(D_("An answer needs words."))
    with writing() as session:
        query = queries.by_reference(session, reference)
        if query is None:
            raise Refused(D_("There is no query %(reference)s."), reference=reference)
        refuse_answered(session, query, again=again)
        tone.check_harm(words)
        owner = session.get(Staff, query.owner_id) if staff is None and query.owner_id else None
        by = owner if owner is not None and not owner.has_left else the_staff(session, staff, query.setting_id)
        queries.answer(session, query, words.strip(), by, now())
        goes = best_contact(session, query.guardian_id) is not None
    say(
        D_("%(reference)s is answered. The parent gets it in the next minute, or when the quiet hours end.")
        if goes
        else D_("%(reference)s is answered. The parent takes no messages now: a task will ask you to ring them."),
        reference=query.reference,
    )
