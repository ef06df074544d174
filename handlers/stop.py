"""Stop and start again: a word on its own, in any language, is obeyed at once."""

from __future__ import annotations

from bot.conversation import Dialogue, Goto, Say, say
from bot.turn import Turn
from nursery.contacts import Contact, ContactState, contacts_of, has_said_stop, take_up
from nursery.contacts import stop as stop_contact
from nursery.preferences import end_pause, has_pause

TWILIO_STOPS = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"})
"""What Twilio takes by itself, whole and in any case: it has answered, and refuses what we send after (error 21610)."""


def stop(turn: Turn) -> Dialogue:
    """Nothing more is sent, to any of this person's addresses. By SMS Twilio's own words are confirmed by Twilio; what
    it means at another address, `bot.stopped` says there."""
    yield from ()  # it asks nothing
    contact = turn.session.get_one(Contact, turn.speaker.contact_id)
    stop_contact(turn.session, contact)
    if not turn.buttons and turn.said.text.strip().casefold() in TWILIO_STOPS:
        return Say(outcome="stop")
    if contact.shared:
        text = turn.gettext(
            "This phone will get no more messages from us. If it is urgent, staff will ring you. "
            "To begin again, text START."
        )
        return say(text, outcome="stop")
    text = _stopped(turn)
    if turn.speaker.guardian_id is not None and len(contacts_of(turn.session, turn.speaker.guardian_id)) > 1:
        text = turn.gettext(
            "You will get no more messages from us, by SMS or on Telegram. If it is urgent, staff will ring you. "
            "To begin again, text START."
        )
    return say(text, outcome="stop")


def start(turn: Turn) -> Dialogue:
    """Messages begin again, here, and a pause is over. A stranger is asked for the code. On a phone of several it opens
    for all, and what each has chosen for themselves (a pause, a stop elsewhere) stays."""
    yield from ()  # it asks nothing
    contact = turn.session.get_one(Contact, turn.speaker.contact_id)
    was_on = contact.state == ContactState.ACTIVE and still_stopped(turn) == ()
    take_up(turn.session, contact)
    if turn.speaker.guardian_id is None:
        return Say(then=Goto("join"), outcome="start")
    if contact.shared:
        text = turn.gettext(
            "Messages come to this phone again. If you have paused them, text PAUSE. "
            "If you have stopped them elsewhere too, text START there."
        )
        return say(text, outcome="start")
    paused = has_pause(turn.guardian, turn.today)
    end_pause(turn.session, turn.guardian)
    if was_on and not paused:
        return say(turn.gettext("Messages are on. Text MENU to see what you can do."), outcome="start")
    return say(
        turn.gettext("Welcome back. You will get messages from us again. Text MENU to see what you can do."),
        outcome="start",
    )


def still_stopped(turn: Turn) -> tuple[str, ...]:
    """What is said beside whatever else is chosen of our messages, to who has stopped them all; nothing to others."""
    guardian_id = turn.speaker.guardian_id
    return (_stopped(turn),) if guardian_id is not None and has_said_stop(turn.session, guardian_id) else ()


def _stopped(turn: Turn) -> str:
    return turn.gettext(
        "You will get no more messages from us. If it is urgent, staff will ring you. To begin again, text START."
    )
