"""The menu: what a parent can do here; and going back to it."""

from __future__ import annotations

from bot.conversation import Choice, Dialogue, Goto, Say, Turn, choose


def menu(turn: Turn) -> Dialogue:
    """Offers every conversation that has a label; to a stranger, joining."""
    if turn.speaker.guardian_id is None:
        return Say(then=Goto("join"))
    listed = [one for one in turn.conversations.values() if one.label]
    choices = tuple(Choice(one.name, turn.gettext(one.label)) for one in listed)
    chosen = yield from choose("what", turn.gettext("What can I do for you?"), choices)
    return Say(then=Goto(chosen))


def back(turn: Turn) -> Dialogue:
    """BACK where nothing is open leads to the menu."""
    yield from ()  # it asks nothing
    return Say(then=Goto("menu"))
