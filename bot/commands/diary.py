"""coatpeg event, events and cancel-event: what is on, who comes, and what is called off."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer
from sqlmodel import Session, col, select

from bot.commands.desk import Refused, beginning, local_moment, looking, now, say, the_setting, writing
from bot.commands.telling import audience
from nursery import events, rsvps
from nursery.events import Event, EventRefused
from nursery.guardians import Guardian
from nursery.inbox import may_be_shown
from nursery.recipients import Audience
from nursery.rsvps import Coming, Rsvp

PRIVATE_WORDS = "(for the safeguarding lead: coatpeg concerns)"


def event(
    title: Annotated[str, typer.Argument(help="What it is called.")],
    starts: Annotated[str, typer.Option(help="When it begins, ISO.")],
    to: Annotated[str | None, typer.Option(help="setting:NAME or room:NAME; the setting when left out.")] = None,
    minutes: Annotated[int, typer.Option(help="How long it lasts.")] = 60,
    place: Annotated[str, typer.Option(help="Where.")] = "",
    step_free: Annotated[bool | None, typer.Option("--step-free/--steps", help="Whether there is a step.")] = None,
    parking: Annotated[bool | None, typer.Option("--parking/--no-parking", help="Whether one can park.")] = None,
    creche: Annotated[bool | None, typer.Option("--creche/--no-creche", help="Whether there is a creche.")] = None,
    interpreters: Annotated[str, typer.Option(help="Languages with an interpreter: Polish,Urdu,BSL.")] = "",
    notes: Annotated[str, typer.Option(help="Anything else, in English.")] = "",
    capacity: Annotated[int | None, typer.Option(help="How many people can come.")] = None,
) -> None:
    """Add an event. Guardians see it under EVENTS and are reminded 7 days, 1 day and 2 hours before."""
    begins = beginning(starts, "--starts")
    with writing() as session:
        whom = audience(session, to) if to else Audience(the_setting(session, None).id or 0)
        try:
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
        except EventRefused as refusal:
            raise Refused(str(refusal)) from None
    say(f"Event {made.id}: {title}, {local_moment(begins)}.")


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
            say(_line(session, one))
        if not found:
            say("Nothing is on. To add something: coatpeg event TITLE --starts 2027-01-29T10:00")


def cancel_event(
    number: Annotated[int, typer.Argument(help="The event's number.")],
    reason: Annotated[str, typer.Option(help="Why, in a sentence for parents.")] = "",
) -> None:
    """Call an event off. Whoever was coming is told in the next minute, or when the quiet hours end."""
    try:
        with writing() as session:
            gone = _the_event(session, number)
            events.cancel(session, gone, reason, now())
            concerned = len(rsvps.guests(session, number, Coming.YES, Coming.MAYBE, Coming.WAITING, Coming.OFFERED))
    except EventRefused as refusal:
        raise Refused(str(refusal)) from None
    say(f"{gone.title} is called off. {concerned} guardians had answered and will be told.")


def _the_event(session: Session, number: int) -> Event:
    found = session.get(Event, number)
    if found is None:
        raise Refused(f"There is no event {number}.")
    return found


def _line(session: Session, one: Event) -> str:
    taken = rsvps.places_taken(session, one.id or 0)
    places = f"{taken} of {one.capacity} places" if one.capacity is not None else f"{taken} coming"
    waiting = len(rsvps.guests(session, one.id or 0, Coming.WAITING))
    more = [f"{waiting} waiting"] if waiting else []
    off = ["called off"] if one.cancelled_at else []
    return "  ".join([str(one.id), local_moment(one.starts_at), one.title, places, *more, *off])


def _show_guests(session: Session, one: Event) -> None:
    say(_line(session, one))
    for rsvp in rsvps.guests(session, one.id or 0):
        guardian = session.get_one(Guardian, rsvp.guardian_id)
        parts = [guardian.name, rsvp.answer, str(rsvp.people), guardian.language, rsvp.wants, _needs(session, rsvp)]
        say("  " + "  ".join(part for part in parts if part))


def _needs(session: Session, rsvp: Rsvp) -> str:
    return rsvp.needs if may_be_shown(session, rsvp.inbound_id) else PRIVATE_WORDS
