"""Learning about the EYFS: a small lesson at a time, and what a word means ("what is PSED?")."""

from __future__ import annotations

from functools import cache

from bot.answers import normalise
from bot.conversation import Answer, Choice, Dialogue, Reader, Say, Unclear, ask, say
from bot.phrases import Phrases
from bot.turn import Turn
from locales import SOURCE, W_, catalogue
from nursery import lessons
from nursery.lessons import Lesson, Term

WHAT_IS = W_("WHAT IS, WHAT'S, WHAT IS A, WHAT IS AN, WHAT IS THE, WHAT ARE")
LESSON = "lesson"


def learn(turn: Turn) -> Dialogue:
    """Says what a word means when the message asked for one; else the next lesson, or a word to ask for."""
    said = normalise(turn.said.text)
    asked = phrases(turn.language).subject(said) or (
        _terms(turn.language).get(said) if turn.params.get("word") else None
    )
    if asked is not None:
        return _told(turn, lessons.terms()[asked])
    lesson = lessons.next_lesson(turn.session, turn.guardian.id or 0)
    lesson_or_word = yield from ask(
        "what", _invitation(turn, lesson), read=_reader(turn), choices=_choices(turn, lesson)
    )
    if lesson is not None and lesson_or_word == LESSON:
        return _taught(turn, lesson)
    return _told(turn, lessons.terms()[lesson_or_word])


def is_word(turn: Turn, said: str) -> bool:
    """Whether a message is a word of the glossary and no more."""
    return normalise(said) in _terms(turn.language)


@cache
def phrases(language: str) -> Phrases:
    """ "what is psed" and "psed what is", for every word of the glossary."""
    openers = {normalise(name) for tag in (SOURCE, language) for name in catalogue(tag).words(WHAT_IS)}
    return Phrases(frozenset(openers), _terms(language))


def _invitation(turn: Turn, lesson: Lesson | None) -> str:
    if lesson is None:
        return turn.gettext("You have had all our lessons. Which word shall I explain? Send it, such as PSED.")
    return turn.gettext("Which word shall I explain? Send it, such as PSED. Or take a small lesson.")


def _choices(turn: Turn, lesson: Lesson | None) -> tuple[Choice, ...]:
    return (Choice(LESSON, turn.catalogue.content(lesson.name)),) if lesson is not None else ()


def _reader(turn: Turn) -> Reader:
    def read(answer: Answer) -> str:
        found = answer.choice or _terms(turn.language).get(normalise(answer.text))
        if not found:
            raise Unclear(turn.gettext("I do not have that word. To ask a person, text ASK. BACK goes back."))
        return found

    return read


def _taught(turn: Turn, lesson: Lesson) -> Say:
    lessons.note_had(turn.session, turn.guardian.id or 0, lesson, turn.now)
    to_try = turn.say(turn.gettext("Try this: %(words)s"), words=turn.catalogue.content(lesson.to_try))
    more = turn.gettext("For the next lesson text LEARN.")
    return say(turn.catalogue.content(lesson.text), f"{to_try}\n{more}")


def _told(turn: Turn, term: Term) -> Say:
    words = turn.catalogue
    return say(turn.say("%(term)s: %(meaning)s", term=words.content(term.term), meaning=words.content(term.meaning)))


@cache
def _terms(language: str) -> dict[str, str]:
    """What may be typed for each word of the glossary, in a language and in English."""
    return {
        normalise(word): term.id
        for tag in (SOURCE, language)
        for term in lessons.terms().values()
        for word in (term.id, catalogue(tag).content(term.term), *catalogue(tag).aliases(term.other))
    }
