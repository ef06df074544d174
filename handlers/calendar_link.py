"""The link to a guardian's calendar: given, sent again, cut off."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from bot.conversation import Choice, Question, Say, choose, say
from bot.turn import Turn
from handlers.asking import no_child
from locales import W_
from nursery import bookings, calendar_links
from nursery.guardians import Topic

CALENDAR = "calendar"


def without_events(turn: Turn) -> Generator[Question, Any, Say]:
    """No event; whoever has booked a time, or has a link already, may have the calendar all the same."""
    none = turn.gettext("There is no event in our calendar now. We will tell you when there is one.")
    guardian_id = turn.guardian.id or 0
    if calendar_links.in_force(turn.session, guardian_id) is not None:
        return (yield from link(turn, none))
    if not bookings.booked_by(turn.session, guardian_id, turn.now):
        return no_child(turn, Topic.EVENTS) or say(none)
    booked = turn.gettext("The times you have booked can be in your phone's calendar.")
    yield from choose("add", f"{none}\n{booked}", (added(turn),))
    return (yield from link(turn))


def added(turn: Turn) -> Choice:
    return Choice(CALENDAR, turn.gettext("Add to my calendar"), turn.catalogue.words(W_("CALENDAR, DIARY")))


def link(turn: Turn, before: str = "") -> Generator[Question, Any, Say]:
    """The link to their calendar; whoever has one may have it sent again, or cut off where it has gone astray."""
    guardian_id = turn.guardian.id or 0
    if calendar_links.in_force(turn.session, guardian_id) is not None:
        asked = turn.gettext("You have a link to your calendar already. What shall we do with it?")
        choices = (Choice("again", turn.gettext("Send it again")), Choice("cut", turn.gettext("Cut it off")))
        if (yield from choose("link", f"{before}\n{asked}".strip(), choices)) == "cut":
            calendar_links.cut(turn.session, guardian_id, turn.now)
            return say(turn.gettext("The link is cut off: it shows nobody anything more. For a new one, text EVENTS."))
    made = calendar_links.link_of(turn.session, guardian_id, turn.now)
    text = turn.gettext(
        "Open this link on your phone to see our events and your booked times in its calendar. It is for you alone."
    )
    stop = turn.gettext("To cut it off, text EVENTS and choose the calendar again.")
    return say(f"{text} {stop}\n{calendar_links.address(turn.site, made.id or 0, turn.key)}")
