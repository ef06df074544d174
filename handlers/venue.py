"""An event as a guardian reads it: what, when, where, and how easy it is to take part."""

from __future__ import annotations

from collections.abc import Sequence

from babel import Locale
from sqlmodel import Session

from bot.statements import loaded
from bot.turn import Turn
from locales import SOURCE, Catalogue
from nursery.events import SIGNED, Event
from nursery.guardians import ANY_TOPIC, Topic
from nursery.people import Child
from nursery.settings import Room, Setting
from nursery.untranslated import in_english


def access_facts(words: Catalogue, event: Event) -> list[str]:
    """What is known of steps, parking, a creche and interpreters, a sentence each."""
    facts = []
    if event.step_free is not None:
        facts.append(words.gettext("There are no steps.") if event.step_free else words.gettext("There are steps."))
    if event.parking is not None:
        facts.append(words.gettext("You can park there.") if event.parking else words.gettext("You can't park there."))
    if event.creche is not None:
        there, none = words.gettext("There is a creche."), words.gettext("There is no creche.")
        facts.append(there if event.creche else none)
    if event.languages:
        names = words.comma.join(language_name(words, tag) for tag in event.languages)
        facts.append(words.say(words.gettext("Interpreters: %(languages)s."), languages=names))
    return facts


def language_name(words: Catalogue, tag: str) -> str:
    """What a language is called in the reader's own."""
    if tag == SIGNED:
        return words.gettext("British Sign Language")
    for reader in (words.language, SOURCE):
        name = Locale.parse(reader).languages.get(tag)
        if name:
            return str(name)
    return tag


def titled(turn: Turn, title: str, setting_id: int, room_id: int | None = None) -> str:
    """A title, and whose it is for a guardian with children in several settings, or in several rooms where it is one
    room's."""
    children = turn.children(ANY_TOPIC), turn.children(Topic.EVENTS)
    return title_for(turn.session, turn.catalogue, children, title, setting_id, room_id)


def title_for(
    session: Session,
    words: Catalogue,
    children: tuple[Sequence[Child], Sequence[Child]],
    title: str,
    setting_id: int,
    room_id: int | None = None,
) -> str:
    """The same for whoever has these `children`: all of them, and those whose events they hear of."""
    mine, invited = children
    rooms = {child.room_id for child in invited if child.setting_id == setting_id}
    whose = []
    if len({child.setting_id for child in mine}) > 1 and setting_id in {child.setting_id for child in mine}:
        whose.append(loaded(session, Setting, setting_id).name)
    if room_id is not None and room_id in rooms and len(rooms) > 1:
        whose.append(loaded(session, Room, room_id).name)
    return f"{title} ({words.comma.join(whose)})" if whose else title


def notes(words: Catalogue, event: Event) -> str:
    return in_english(event.notes, words) if event.notes else ""
