"""coatpeg event, events and cancel-event: what is on, who comes, and what is called off."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer
from sqlmodel import Session, col, select

from bot.commands.desk import PRIVATE_WORDS, Refused, beginning, looking, now, the_setting, writing
from bot.commands.named import families
from bot.commands.twice import refuse_same_event
from bot.commands.voice import filled, local_moment, row, say
from locales.sentences import D_, ND_, Sentence
from nursery import events, rsvps
from nursery.events import Event
from nursery.guardians import Guardian
from nursery.inbox import may_be_shown
from nursery.rsvps import Coming, Rsvp


def event(
    title: Annotated[str, typer.Argument(help="What it is called.")],
    starts: Annotated[str, typer.Option(help="When it begins, ISO.")],
    to: Annotated[str | None, typer.Option(help="setting:NAME or room:NAME; the setting when left out.")] = None,
    minutes: Annotated[int, typer.Option(help="How long it lasts.")] = 60,
    place: Annotated[str, typer.Option(help="Where.")] = "",
    step_free: Annotated[
        bool | None, typer.Option("--step-free/--steps", help="Whether one can go in without a step.")
    ] = None,
    parking: Annotated[bool | None, typer.Option("--parking/--no-parking", help="Whether one can park.")] = None,
    creche: Annotated[bool | None, typer.Option("--creche/--no-creche", help="Whether there is a creche.")] = None,
    interpreters: Annotated[str, typer.Option(help="Languages with an interpreter: Polish,Urdu,BSL.")] = "",
    notes: Annotated[str, typer.Option(help="Anything else, in English.")] = "",
    capacity: Annotated[int | None, typer.Option(help="How many people can come.")] = None,
) -> None:
    """Add an event. Guardians see it under EVENTS and are reminded 7 days, 1 day and 2 hours before."""
    begins = beginning(starts, "--starts")
    with writing() as session:
        whom = families(session, to)
        refuse_same_event(session, whom, title, begins, place)
        made = events.add_event(
            session,
            whom,
            title,
            begins,
            begins + timedelta(minutes=minutes),
            now=now(),
            place=place,
            step_free=step_free,
            parking=parking,
            creche=creche,
            interpreters=interpreters,
            notes=notes,
            capacity=capacity,
        )
    say(D_("Event %(number)s: %(title)s, %(when)s."), number=made.id, title=title, when=local_moment(begins))
    say(
        D_(
            "Parents find it under EVENTS and are reminded 7 days, 1 day and 2 hours before. "
            "To tell them now: coatpeg notice"
        )
    )


def events_command(
    number: Annotated[int | None, typer.Argument(help="An event's number, to see who comes to it.")] = None,
    setting: Annotated[str | None, typer.Option(help="The setting; may be left out where there is one.")] = None,
) -> None:
    """See what is on with how many come, or who comes to one event and what they need."""
    with looking() as session:
        if number is not None:
            _show_guests(session, _the_event(session, number))
            return
        place = the_setting(session, setting)
        ahead = select(Event).where(Event.setting_id == place.id, col(Event.starts_at) > now())
        found = session.exec(ahead.order_by(col(Event.starts_at), col(Event.id))).all()
        for one in found:
            row(*_line(session, one))
        if not found:
            say(D_("Nothing is on. To add something: coatpeg event TITLE --starts 2027-01-29T10:00"))


def cancel_event(
    number: Annotated[int, typer.Argument(help="The event's number.")],
    reason: Annotated[str, typer.Option(help="Why, in a sentence for parents.")] = "",
) -> None:
    """Call an event off. Whoever was coming is told in the next minute, or when the quiet hours end."""
    with writing() as session:
        gone = _the_event(session, number)
        events.cancel(session, gone, reason, now())
        concerned = len(rsvps.guests(session, number, Coming.YES, Coming.MAYBE, Coming.WAITING, Coming.OFFERED))
    say(
        ND_(
            "%(title)s is called off. %(count)s guardian had answered and will be told.",
            "%(title)s is called off. %(count)s guardians had answered and will be told.",
        ),
        title=gone.title,
        count=concerned,
    )


def _the_event(session: Session, number: int) -> Event:
    found = session.get(Event, number)
    if found is None:
        raise Refused(D_("There is no event %(number)s."), number=number)
    return found


def _line(session: Session, one: Event) -> list[object]:
    taken = rsvps.places_taken(session, one.id or 0)
    places = (
        Sentence(ND_("%(taken)s of %(count)s place", "%(taken)s of %(count)s places"), taken=taken, count=one.capacity)
        if one.capacity is not None
        else Sentence(ND_("%(count)s coming", "%(count)s coming"), count=taken)
    )
    waiting = len(rsvps.guests(session, one.id or 0, Coming.WAITING))
    more = Sentence(ND_("%(count)s waiting", "%(count)s waiting"), count=waiting) if waiting else ""
    off = Sentence(D_("called off")) if one.cancelled_at else ""
    return filled([one.id, local_moment(one.starts_at), one.title, places, more, off])


def _show_guests(session: Session, one: Event) -> None:
    row(*_line(session, one))
    for rsvp in rsvps.guests(session, one.id or 0):
        guardian = session.get_one(Guardian, rsvp.guardian_id)
        cells = [guardian.name, rsvp.answer, str(rsvp.people), guardian.language, rsvp.wants, _needs(session, rsvp)]
        row(*filled(cells), indent="  ")


def _needs(session: Session, rsvp: Rsvp) -> object:
    return rsvp.needs if may_be_shown(session, rsvp.inbound_id) else PRIVATE_WORDS
