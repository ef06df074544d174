"""The menus: what a parent can do here, first what is wanted most, then the rest; and going back to them."""

from __future__ import annotations

from bot.conversation import Choice, Dialogue, Goto, Say, Turn, choose

MOST = 10
"""Lines of one message: more are turned over to."""

NEXT = "next"


def menu(turn: Turn) -> Dialogue:
    """Offers every conversation that has a label; to a stranger, joining."""
    if turn.speaker.guardian_id is None:
        return Say(then=Goto("join"))
    listed = [(one.name, one.label) for one in turn.conversations.values() if one.label]
    return (yield from _offer(turn, turn.gettext("What can I do for you?"), listed))


def more(turn: Turn) -> Dialogue:
    """The second menu: every conversation that has a line there."""
    listed = [(one.name, one.more) for one in turn.conversations.values() if one.more]
    text, page = turn.gettext("What else can I do for you?"), 0
    while len(listed) > MOST:
        choices = (*_lines(turn, listed[: MOST - 1]), Choice(NEXT, turn.gettext("More")))
        chosen = yield from choose(f"what{page or ''}", text, choices)
        if chosen != NEXT:
            return Say(then=Goto(chosen))
        listed, page = listed[MOST - 1 :], page + 1
    return (yield from _offer(turn, text, listed, f"what{page or ''}"))


def back(turn: Turn) -> Dialogue:
    """BACK where nothing is open leads to the menu."""
    yield from ()  # it asks nothing
    return Say(then=Goto("menu"))


def _offer(turn: Turn, text: str, listed: list[tuple[str, str]], question: str = "what") -> Dialogue:
    chosen = yield from choose(question, text, _lines(turn, listed))
    return Say(then=Goto(chosen))


def _lines(turn: Turn, listed: list[tuple[str, str]]) -> tuple[Choice, ...]:
    return tuple(Choice(name, turn.gettext(label)) for name, label in listed)
