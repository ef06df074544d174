"""coatpeg settle, settled, settling, two-year and target: first weeks, the check at two, what comes next."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer
from sqlmodel import Session

from bot.commands.desk import Refused, looking, now, writing
from bot.commands.missed import missed_of
from bot.commands.named import the_child, the_writer
from bot.commands.said import words_of
from bot.commands.voice import say, show, tongue
from locales.sentences import D_, Joined, Sentence, spoken
from nursery import settling, targets, two_year
from nursery.guardians import Guardian, Topic
from nursery.settings import today
from nursery.two_year import TwoYearView

Name = Annotated[str, typer.Argument(help="The child's name.")]
By = Annotated[str | None, typer.Option(help="Who you are; the child's key person when left out.")]
Concern = Annotated[bool, typer.Option("--concern", help="Say so, and it is refused: book a talk instead.")]
Sure = Annotated[bool, typer.Option("--sure", help="It reads like a concern and is none.")]

check_at_two = typer.Typer(no_args_is_help=True, help="The progress check at two.")


def settle(
    child: Name,
    first: Annotated[str, typer.Option("--from", help="The first day, such as 2027-01-04.")],
    days: Annotated[int, typer.Option(help="How many nursery days.")] = settling.DAYS,
) -> None:
    """Set a child's first weeks: the key person writes a note each day, and the guardians answer."""
    try:
        day = date.fromisoformat(first)
    except ValueError:
        raise Refused(D_("--from: write the day as 2027-01-04, not %(first)s."), first=first) from None
    with writing() as session:
        made = settling.begin(session, the_child(session, child), day, days)
    say(
        D_("%(child)s settles in from %(settling_from)s until %(settling_until)s."),
        child=child,
        settling_from=made.settling_from,
        settling_until=made.settling_until,
    )


def settled(
    child: Name,
    text: Annotated[str, typer.Option(help="How the day was; never a concern.")],
    staff: By = None,
    concern: Concern = False,
    sure: Sure = False,
) -> None:
    """Write today's settling-in note. It goes to the child's guardians, who can answer."""
    with writing() as session:
        about = the_child(session, child)
        settling.write(session, about, text, the_writer(session, about, staff), now(), concern=concern, sure=sure)
        missed = missed_of(session, about, Topic.CARE, today(now()))
    say(
        D_("The note about %(child)s goes to the guardians in the next minute, or after the quiet hours."),
        child=about.first_name,
    )
    for line in missed:
        say(line)


def settling_in(child: Name) -> None:
    """See a child's settling-in notes, and how it was at home."""
    with looking() as session:
        notes = settling.notes_of(session, the_child(session, child).id or 0)
        for note in notes:
            show(f"{note.day}  {note.words}")
            for reply in settling.replies_to(session, note):
                who = session.get_one(Guardian, reply.guardian_id).name
                words = words_of(session, reply.words, reply.inbound_id)
                show(f"  {who}: {spoken(words or reply.answer, tongue())}")
    if not notes:
        say(D_("There are no notes yet."))


@check_at_two.command("ask")
def two_year_ask(child: Name) -> None:
    """Ask the guardians for their view before the check."""
    with writing() as session:
        about = the_child(session, child)
        two_year.ask(session, about, now())
    say(
        D_("The guardians of %(child)s are asked in the next minutes, or after the quiet hours."),
        child=about.first_name,
    )


@check_at_two.command("ready")
def two_year_ready(child: Name, staff: By = None) -> None:
    """The summary is written: the guardians are offered to go through it in person, and asked for consent to share."""
    with writing() as session:
        about = the_child(session, child)
        two_year.ready(session, about, the_writer(session, about, staff), now())
    say(D_("The guardians of %(child)s are told. Offer times for a review: coatpeg slots add."), child=about.first_name)


@check_at_two.command("done")
def two_year_done(
    child: Name,
    shared_with: Annotated[str, typer.Option(help="The health visitor it is shared with.")] = "",
    staff: By = None,
) -> None:
    """The check has been gone through with the family, and perhaps shared; refused where consent does not stand."""
    with writing() as session:
        about = the_child(session, child)
        check = two_year.finish(session, about, the_writer(session, about, staff), now(), shared_with=shared_with)
    if shared_with:
        say(
            D_("%(child)s's check is done and shared with %(shared_with)s."),
            child=about.first_name,
            shared_with=check.shared_with,
        )
    else:
        say(D_("%(child)s's check is done."), child=about.first_name)


@check_at_two.command("show")
def two_year_show(child: Name) -> None:
    """See how far a check is, and what the guardians say."""
    with looking() as session:
        about = the_child(session, child)
        check = two_year.check_of(session, about)
        if check is None:
            raise Refused(D_("%(child)s's check has not begun."), child=about.first_name)
        state = Sentence(D_("done") if check.done_at else D_("ready") if check.ready_at else D_("begun"))
        if check.shared_with:
            say(D_("%(state)s, shared with %(shared_with)s"), state=state, shared_with=check.shared_with)
        else:
            say(state)
        for view in two_year.views_of(session, check):
            words = Joined((_words(session, view, name) for name in two_year.QUESTIONS), " / ")
            show(f"{session.get_one(Guardian, view.guardian_id).name}: {words.said(tongue())}")


def _words(session: Session, view: TwoYearView, name: str) -> object:
    return words_of(session, getattr(view, name), getattr(view, f"{name}_inbound_id")) or "-"


def target(
    child: Name,
    words: Annotated[str, typer.Argument(help="What to work on; left out, how the present one went.")] = "",
    days: Annotated[int, typer.Option(help="For how long.")] = targets.FORTNIGHT,
    staff: By = None,
    concern: Concern = False,
    sure: Sure = False,
) -> None:
    """Set what a child works on for two weeks. The guardians are told, and asked afterwards how it went."""
    if not words:
        _show_target(child)
        return
    with writing() as session:
        about = the_child(session, child)
        by = the_writer(session, about, staff)
        made = targets.set_target(session, about, words, by, now(), days=days, concern=concern, sure=sure)
        missed = missed_of(session, about, Topic.PROGRESS, today(now()))
    say(
        D_("Target %(number)s for %(child)s. The guardians are asked how it went on %(due_on)s."),
        number=made.id,
        child=about.first_name,
        due_on=made.due_on,
    )
    for line in missed:
        say(line)


def _show_target(child: str) -> None:
    with looking() as session:
        found = targets.current(session, the_child(session, child).id or 0)
        if found is None:
            raise Refused(D_("There is no target for %(child)s."), child=child)
        say(D_("Until %(due_on)s: %(words)s"), due_on=found.due_on, words=found.words)
        for reply in targets.replies_to(session, found):
            show(f"  {session.get_one(Guardian, reply.guardian_id).name}: {reply.answer}")
