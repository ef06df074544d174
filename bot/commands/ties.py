"""coatpeg guardian list, confirm, topics, ends, limit, lift, leave: who may be told what of a child, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated

import typer
from sqlmodel import Session

from bot.commands.desk import Refused, looking, now, writing
from bot.commands.named import the_guardian
from bot.commands.standing import standing_of
from bot.commands.voice import row, say
from bot.shut_out import take_back
from locales.sentences import D_, ND_
from nursery import ties
from nursery.family_rows import read_topics
from nursery.guardians import Guardian, Guardianship
from nursery.people import Child
from nursery.settings import today
from nursery.shared_phones import part

Who = Annotated[str, typer.Argument(help="The guardian's name or number.")]
OfChild = Annotated[str, typer.Option("--child", help="The child's name; may be left out where there is one.")]
Day = Annotated[str | None, typer.Option(help="A day, as 2027-01-31.")]


def listed(who: Annotated[str, typer.Argument(help="A guardian; left out, those to confirm.")] = "") -> None:
    """See a guardian's ties, or all those that nothing is sent through until you confirm them."""
    with looking() as session:
        if who:
            found = [(the_guardian(session, who), *one) for one in ties.ties_of(session, _id(session, who))]
        else:
            found = ties.unconfirmed(session, today(now()))
        for guardian, tie, child in found:
            row(guardian.id, guardian.name, child.name, tie.relationship or "-", standing_of(tie, guardian))
        if not found:
            say(D_("This guardian has no tie to a child.") if who else D_("No tie waits to be confirmed."))


def confirm(who: Who, child: OfChild = "", topics: Annotated[str, typer.Option(help="all, or topics.")] = "") -> None:
    """Confirm a tie: from now on this guardian is told of the child."""
    with _changing(who, child) as (session, guardian, chosen):
        for tie, _ in chosen:
            ties.confirm(session, tie, now(), _topics(topics) if topics else None)
        _say_standing(guardian, chosen)


def topics(who: Who, words: Annotated[str, typer.Argument(help="all, none, or topics.")], child: OfChild = "") -> None:
    """Set what a guardian may be told about a child. What they may be told no more is not sent, even if it waits."""
    with _changing(who, child) as (session, guardian, chosen):
        for tie, _ in chosen:
            ties.allow_topics(session, tie, _topics(words))
        _say_standing(guardian, chosen)


def ends(
    who: Who,
    on: Annotated[str, typer.Argument(help="The last day, such as a foster placement's; never takes the end away.")],
    child: OfChild = "",
) -> None:
    """Set the last day of a tie. You are reminded the day before; after it nothing is sent and nothing is shown."""
    last_day = None if on == "never" else _day(on)
    with _changing(who, child) as (session, guardian, chosen):
        for tie, _ in chosen:
            ties.end(session, tie, last_day)
        _shut_out(session, guardian, chosen)
        _say_standing(guardian, chosen)


def limit(
    who: Who,
    child: OfChild = "",
    start: Annotated[str | None, typer.Option("--from", help="The first day; today when left out.")] = None,
    until: Annotated[str | None, typer.Option(help="The last day; left out, until you lift it.")] = None,
) -> None:
    """A court's limit on contact: nothing about the child goes to this guardian, not even what already waits."""
    with _changing(who, child) as (session, guardian, chosen):
        for tie, _ in chosen:
            ties.limit(session, tie, _day(start), _day(until) if until else None)
        _shut_out(session, guardian, chosen)
        if part(session, guardian):
            say(
                D_(
                    "They shared a phone with another guardian, and do so no more. "
                    "Who is left without a number is to ring."
                )
            )
        _say_standing(guardian, chosen)


def lift(who: Who, child: OfChild = "") -> None:
    """Take a limit on contact away."""
    with _changing(who, child) as (session, guardian, chosen):
        for tie, _ in chosen:
            ties.lift(session, tie)
        _say_standing(guardian, chosen)


def leave(who: Who, on: Day = None) -> None:
    """A guardian leaves: from that day, or from now, they are told nothing."""
    with writing() as session:
        guardian = the_guardian(session, who)
        ties.leave(session, guardian, _day(on))
        _shut_out(session, guardian, ties.ties_of(session, guardian.id or 0))
        say(
            D_("%(guardian)s leaves on %(day)s. From that day nothing is sent."),
            guardian=guardian.name,
            day=guardian.left_on,
        )


@contextmanager
def _changing(who: str, child: str) -> Iterator[tuple[Session, Guardian, list[tuple[Guardianship, Child]]]]:
    with writing() as session:
        guardian = the_guardian(session, who)
        yield session, guardian, the_ties(session, guardian, child)


def the_ties(session: Session, guardian: Guardian, child: str) -> list[tuple[Guardianship, Child]]:
    """The guardian's tie to that child: one in each setting the child attends, or the one of a child's number. Raises
    Refused."""
    every = ties.ties_of(session, guardian.id or 0)
    said = " ".join(child.split()).casefold()
    found = [one for one in every if said in ("", one[1].name.casefold(), one[1].first_name.casefold(), str(one[1].id))]
    if not found and child:
        raise Refused(D_("%(guardian)s is not tied to %(child)s."), guardian=guardian.name, child=child)
    if not found:
        raise Refused(D_("%(guardian)s is not tied to any child."), guardian=guardian.name)
    if len({(one.name, one.born) for _, one in found}) > 1:
        raise Refused(
            D_("%(guardian)s has several children. Say which with --child and the full name."), guardian=guardian.name
        )
    return found


def _shut_out(session: Session, guardian: Guardian, chosen: list[tuple[Guardianship, Child]]) -> None:
    """What a change that holds from today takes back at once."""
    session.flush()
    shut = [one for tie, one in chosen if _is_shut(tie, today(now()))]
    count = sum(take_back(session, guardian.id or 0, one.id or 0, now()) for one in shut)
    if shut:
        say(
            ND_("%(count)s message that had not left does not go.", "%(count)s messages that had not left do not go."),
            count=count,
        )


def _is_shut(tie: Guardianship, day: date) -> bool:
    if tie.ends_on is not None and tie.ends_on < day:
        return True
    begun = tie.restricted_from is not None and tie.restricted_from <= day
    return begun and (tie.restricted_until is None or tie.restricted_until >= day)


def _say_standing(guardian: Guardian, chosen: list[tuple[Guardianship, Child]]) -> None:
    for tie, child in chosen:
        standing = standing_of(tie, guardian)
        say(D_("%(guardian)s, %(child)s: %(standing)s."), guardian=guardian.name, child=child.name, standing=standing)


def _topics(written: str) -> int:
    return read_topics(written, "topics")


def _day(written: str | None) -> date:
    if written is None:
        return today(now())
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Refused(D_("Write the day as 2027-01-31, not %(written)s."), written=written) from None


def _id(session: Session, who: str) -> int:
    return the_guardian(session, who).id or 0
