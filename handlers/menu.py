"""The menus: what a parent can do here, first what is wanted most, then the rest by headings; and going back."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from bot.answers import normalise
from bot.conversation import Answer, Choice, Dialogue, Goto, Say, Unclear, ask, choose
from bot.turn import Turn
from locales import catalogue


def menu(turn: Turn) -> Dialogue:
    """Offers every conversation that has a label; to a stranger, joining."""
    if turn.speaker.guardian_id is None:
        return Say(then=Goto("join"))
    listed = tuple(_line(one.name, one.label, turn.language) for one in turn.conversations.values() if one.label)
    return Say(then=Goto((yield from choose("what", turn.gettext("What can I do for you?"), listed))))


def more(turn: Turn) -> Dialogue:
    """The second menu: six headings, and under each the conversations that have a line there. A line's own words are
    an answer to the headings too."""
    groups, headings = _grouped(turn), headings_of(turn)
    offered = tuple(Choice(group, headings[group]) for group in headings if group in groups)
    text = turn.gettext("What else can I do for you?")
    chosen = yield from ask("heading", text, read=_reader(groups), choices=offered)
    lines = groups.get(chosen)
    if lines is None:
        return Say(then=Goto(chosen))
    if len(lines) == 1:
        return Say(then=Goto(lines[0].key))
    return Say(then=Goto((yield from choose("what", turn.say("%(heading)s:", heading=headings[chosen]), tuple(lines)))))


def back(turn: Turn) -> Dialogue:
    """BACK where nothing is open leads to the menu."""
    yield from ()  # it asks nothing
    return Say(then=Goto("menu"))


def headings_of(turn: Turn) -> dict[str, str]:
    """The headings of the second menu by their groups, in order."""
    return {
        "day": turn.gettext("Today"),
        "child": turn.gettext("My child"),
        "learning": turn.gettext("Learning at home"),
        "voice": turn.gettext("Your say"),
        "setting": turn.gettext("The nursery"),
        "me": turn.gettext("Me and my messages"),
    }


def _grouped(turn: Turn) -> dict[str, list[Choice]]:
    groups: dict[str, list[Choice]] = {}
    for one in turn.conversations.values():
        if one.more:
            groups.setdefault(one.group, []).append(_line(one.name, one.more, turn.language))
    return groups


@cache
def _line(name: str, label: str, language: str) -> Choice:
    """A line in a language, kept: every second message is a menu's."""
    return Choice(name, catalogue(language).gettext(label))


def _reader(groups: dict[str, list[Choice]]) -> Callable[[Answer], str]:
    """A heading's group, or the conversation whose line the words are."""

    def read(answer: Answer) -> str:
        lines = {normalise(line.label): line.key for lines in groups.values() for line in lines}
        found = answer.choice or lines.get(normalise(answer.text))
        if not found:
            raise Unclear
        return found

    return read
