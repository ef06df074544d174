"""The menus: what a parent can do here, first what is wanted most, then the rest; and going back to them."""

from __future__ import annotations

from bot.conversation import Choice, Dialogue, Goto, Say, Turn, choose


def menu(turn: Turn) -> Dialogue:
    """Offers every conversation that has a label; to a stranger, joining."""
    if turn.speaker.guardian_id is None:
        return Say(then=Goto("join"))
    listed = [(one.name, one.label) for one in turn.conversations.values() if one.label]
    return (yield from _offer(turn, turn.gettext("What can I do for you?"), listed))


def more(turn: Turn) -> Dialogue:
    """The second menu: every conversation that has a line there."""
    listed = [(one.name, one.more) for one in turn.conversations.values() if one.more]
    return (yield from _offer(turn, turn.gettext("What else can I do for you?"), listed))


def back(turn: Turn) -> Dialogue:
    """BACK where nothing is open leads to the menu."""
    yield from ()  # it asks nothing
    return Say(then=Goto("menu"))


def _offer(turn: Turn, text: str, listed: list[tuple[str, str]]) -> Dialogue:
    choices = tuple(Choice(name, turn.gettext(label)) for name, label in listed)
    chosen = yield from choose("what", text, choices)
    return Say(then=Goto(chosen))
