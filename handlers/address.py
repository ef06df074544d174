"""Which of two addresses to use, asked once of who joins on a second one."""

from __future__ import annotations

from bot.conversation import Choice, Dialogue, choose, say
from bot.turn import Turn
from nursery import preferences
from nursery.contacts import ContactState, contacts_of


def address(turn: Turn) -> Dialogue:
    """By text message or here; whichever it is, both are read, and nothing is lost by moving."""
    text = turn.gettext("We can write to you by text message or on Telegram. Which one shall we use?")
    choices = (Choice("telegram", "Telegram"), Choice("sms", turn.gettext("Text message (SMS)")))
    chosen = yield from choose("channel", text, choices)
    preferences.use_channel(turn.session, turn.guardian, chosen)
    return say(turn.gettext("Thank you. You can write to us on either. To change it, text SETTINGS."))


def is_asked(turn: Turn) -> bool:
    """Whether this guardian, who has just joined on Telegram, has written to us by SMS before."""
    if turn.speaker.channel == "sms":
        return False
    others = contacts_of(turn.session, turn.guardian.id or 0)
    return any(one.channel == "sms" and one.state == ContactState.ACTIVE and one.greeted_at for one in others)
