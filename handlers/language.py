"""Which language we speak: one of those shipped, by its own name."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from babel import Locale

from bot.answers import normalise
from bot.conversation import Answer, Choice, Dialogue, Goto, Reader, Say, Unclear, ask, say
from bot.turn import Speaker, Turn
from locales import LANGUAGES, catalogue
from nursery.contacts import Contact
from nursery.shared_phones import sharing

ELSEWHERE = {
    "български": "bg", "বাংলা": "bn", "čeština": "cs", "cymraeg": "cy", "español": "es", "فارسی": "fa", "français": "fr",
    "ગુજરાતી": "gu", "हिन्दी": "hi", "हिंदी": "hi", "magyar": "hu", "italiano": "it", "kurdî": "ku", "lietuvių": "lt",
    "latviešu": "lv", "ਪੰਜਾਬੀ": "pa", "پښتو": "ps", "português": "pt", "русский": "ru", "slovenčina": "sk",
    "soomaali": "so", "shqip": "sq", "தமிழ்": "ta", "ትግርኛ": "ti", "türkçe": "tr", "українська": "uk", "中文": "zh",
}  # fmt: skip
"""Further languages spoken in England, by their own names."""


def language(turn: Turn) -> Dialogue:
    """Asks which, unless a language's own name was the very message; answers in the new one. On a shared phone it is
    for whoever writes, and leaves the others theirs."""
    named = turn.params.get("language") or _names().get(normalise(turn.said.text))
    if named is None:
        named = yield from ask(
            "language", turn.gettext("Which language shall I use?"), read=_shipped(turn), choices=languages()
        )
    return change(turn, named)


def language_named(turn: Turn) -> Dialogue:
    """A language's own name, said where it is no answer: "Polski". On a shared phone it is asked first whose it is."""
    if turn.speaker.sharing:
        return Say(then=Goto("language", {"language": _names().get(normalise(turn.said.text))}))
    return (yield from language(turn))


def change(turn: Turn, tag: str) -> Say:
    """From now on this language is theirs; what to say of it, in it, and the speaker they are from here. A shared phone
    speaks what the one whose it is reads."""
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
    return say(said, speaker=_speaker(turn, tag))


def _speaker(turn: Turn, tag: str) -> Speaker | None:
    if not turn.speaker.several:
        return replace(turn.speaker, language=tag)
    contact = turn.session.get_one(Contact, turn.speaker.contact_id)
    if turn.speaker.guardian_id != contact.guardian_id:
        return None
    return replace(turn.speaker, language=tag, sharing=tuple(sharing(turn.session, contact.id or 0)))


def languages() -> tuple[Choice, ...]:
    """Every language by its own name, and answered by any of its names."""
    return tuple(Choice(tag, known.autonym, tuple(_called(tag))) for tag, known in LANGUAGES.items())


def _shipped(turn: Turn) -> Reader:
    """Reads one of the languages. Of another it says that we can't write it, and where a person is."""

    def read(answer: Answer) -> str:
        if answer.choice:
            return answer.choice
        other = _others().get(normalise(answer.text))
        if other is None:
            raise Unclear
        name = str(Locale.parse(turn.language).languages.get(other, answer.text.strip()))
        text = turn.gettext("I can't write in this language yet: %(language)s. To talk to a person, text CALLME.")
        raise Unclear(turn.say(text, language=name))

    return read


@cache
def _others() -> dict[str, str]:
    """The languages we do not write, by what each is called in itself and in those we do."""
    shipped = {tag.split("_")[0] for tag in LANGUAGES}
    names = {
        normalise(name): code
        for tag in LANGUAGES
        for code, name in Locale.parse(tag).languages.items()
        if code not in shipped and len(code) <= 3
    }
    return {normalise(name): code for name, code in ELSEWHERE.items()} | names


@cache
def _called(tag: str) -> frozenset[str]:
    """What a language is called, in itself and in every shipped language, and its tag."""
    return frozenset({tag, tag.split("_")[0], LANGUAGES[tag].autonym, *LANGUAGES[tag].elsewhere})


@cache
def _names() -> dict[str, str]:
    return {normalise(name): tag for tag in LANGUAGES for name in _called(tag)}


def names() -> tuple[str, ...]:
    """What the languages are called, the shortest left out: "ur" is a word of many texts."""
    return tuple(sorted(name for name in _names() if len(name) > 2 and "_" not in name))
