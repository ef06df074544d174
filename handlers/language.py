"""Which language we speak: one of those shipped, by its own name."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from babel import Locale

from bot.answers import normalise
from bot.conversation import Choice, Dialogue, Say, Turn, choose, say
from locales import LANGUAGES, catalogue
from nursery.contacts import Contact


def language(turn: Turn) -> Dialogue:
    """Asks which, unless a language's own name was the very message; answers in the new one."""
    named = _names().get(normalise(turn.said.text))
    if named is None:
        named = yield from choose("language", turn.gettext("Which language shall I use?"), languages())
    return change(turn, named)


def change(turn: Turn, tag: str) -> Say:
    """From now on this language is theirs; what to say of it, in it, and the speaker they are from here."""
    if turn.speaker.guardian_id is not None:
        turn.guardian.language = tag
        turn.session.add(turn.guardian)
    else:
        contact = turn.session.get_one(Contact, turn.speaker.contact_id)
        contact.language = tag
        turn.session.add(contact)
    words = catalogue(tag)
    text = words.gettext("From now on I write to you in %(language)s. Text LANGUAGE to change it.")
    said = words.say(text, language=LANGUAGES[tag].autonym)
    return say(said, speaker=replace(turn.speaker, language=tag))


def languages() -> tuple[Choice, ...]:
    """Every language by its own name, and answered by any of its names."""
    return tuple(Choice(tag, known.autonym, tuple(_called(tag))) for tag, known in LANGUAGES.items())


@cache
def _called(tag: str) -> frozenset[str]:
    """What a language is called, in itself and in every shipped language, and its tag."""
    own = Locale.parse(tag)
    names = {own.get_language_name(other) for other in LANGUAGES}
    return frozenset({tag, tag.split("_")[0], LANGUAGES[tag].autonym} | {name for name in names if name})


@cache
def _names() -> dict[str, str]:
    return {normalise(name): tag for tag in LANGUAGES for name in _called(tag)}
