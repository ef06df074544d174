"""ORIGINAL: what staff wrote, in English, where a computer has translated it."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from bot.conversation import Dialogue, say
from bot.outbox import OutboxMessage, State
from bot.turn import Turn
from nursery.translations import originals_in

LATEST = 20
"""Messages of ours that are looked through for the last one with a translation in it."""

WENT = (State.SENDING, State.SENT, State.DELIVERED, State.UNKNOWN)


def original(turn: Turn) -> Dialogue:
    """The English of the last translated words that this guardian was sent here."""
    yield from ()  # it asks nothing
    settings = [one.id or 0 for one in turn.settings()]
    mine = (
        col(OutboxMessage.contact_id) == turn.speaker.contact_id,
        col(OutboxMessage.guardian_id) == turn.guardian.id,
        col(OutboxMessage.state).in_(WENT),
    )
    chosen = select(col(OutboxMessage.text), col(OutboxMessage.language)).where(*mine)
    latest = turn.session.connection().execute(chosen.order_by(col(OutboxMessage.id).desc()).limit(LATEST))
    for text, language in latest.all():
        if found := originals_in(turn.session, text, language, settings, turn.guardian.id or 0):
            return say("\n".join([turn.gettext("This is what we wrote, in English:"), *found]))
    return say(turn.gettext("I have translated nothing for you lately. For help with a message text CALLME."))
