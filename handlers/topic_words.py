"""How parents name a kind of message in one go, as in STOP IDEAS, STOP EVENTS PLEASE or START IDEAS."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from bot.answers import normalise
from bot.courtesies import COURTESIES
from bot.phrases import Phrases
from locales import SOURCE, W_, catalogue
from nursery.guardians import Topic

OPENING = W_("TOPICS, TOPIC, STOP IDEAS, STOP NOTICES")
"""The words of the list of topics; those that name a topic as well stop it, in the words of each language."""
STOPPING = W_("STOP, STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT, REVOKE, OPTOUT")
STARTING = W_("START, UNSTOP")
"""Of these the first stands before a topic: CANCEL EVENT is about a place that was booked."""

NAMES = {
    Topic.NOTICES: W_("NOTICES, NOTICE, NEWS"),
    Topic.LEARNING: W_("IDEA, IDEAS, ACTIVITY"),
    Topic.PROGRESS: W_("PROGRESS, HOW IS MY CHILD"),
    Topic.EVENTS: W_("EVENTS, EVENT, WHAT IS ON, CALENDAR"),
    Topic.SURVEYS: W_("SURVEY, SURVEYS, QUESTIONNAIRE"),
}
ARTICLE = "ال"
"""Arabic writes "the" together with its word."""


def named(text: str, language: str) -> tuple[Topic, bool] | None:
    """The topic that a whole message names, and whether it is to be sent from now on; None where it is no such
    message."""
    said = normalise(text)
    for tag in dict.fromkeys((language, SOURCE)):
        stopping, starting = _of(tag)
        for phrases, on in ((stopping, False), (starting, True)):
            topic = phrases.subject(said)
            if topic is not None:
                return Topic(int(topic)), on
    return None


class _Politely(Mapping[str, str]):
    """The topics by their words, and by those with a courtesy behind them: written out it would be a megabyte."""

    def __init__(self, called: Mapping[str, str], polite: tuple[str, ...]) -> None:
        self.called, self.polite = called, polite

    def __getitem__(self, said: str) -> str:
        if said in self.called:
            return self.called[said]
        for please in self.polite:
            if said.endswith(please) and said.removesuffix(please) in self.called:
                return self.called[said.removesuffix(please)]
        raise KeyError(said)

    def __iter__(self) -> Iterator[str]:
        return iter(self.called)

    def __len__(self) -> int:
        return len(self.called)


@cache
def phrases(language: str) -> Phrases:
    """All of them, of a language."""
    stopping, starting = _of(language)
    return Phrases(stopping.openers | starting.openers, stopping.subjects)


def words(topic: Topic, language: str) -> tuple[str, ...]:
    """What a topic alone is called, in the parent's language and in English."""
    return tuple(dict.fromkeys(word for tag in (language, SOURCE) for word in sorted(_called(topic, tag))))


@cache
def _of(language: str) -> tuple[Phrases, Phrases]:
    """The phrases that stop a topic, and those that start one again."""
    called = {word: str(int(topic)) for topic in NAMES for word in words(topic, language)}
    said = [normalise(word) for word in catalogue(language).words(OPENING)]
    openers = {_first(STOPPING, tag) for tag in (language, SOURCE)} | set(_rests(said, called))
    called |= {rest: str(int(Topic.NOTICES)) for rest in _rests(said, openers) if rest not in called}
    polite = [normalise(word) for tag in (language, SOURCE) for word in catalogue(tag).words(COURTESIES)]
    subjects = _Politely(called, tuple(f" {please}" for please in polite))
    starting = {_first(STARTING, tag) for tag in (language, SOURCE)}
    return Phrases(frozenset(openers), subjects), Phrases(frozenset(starting), subjects)


def _called(topic: Topic, language: str) -> set[str]:
    said = {normalise(word) for word in catalogue(language).words(NAMES[topic])}
    return said | {ARTICLE + word for word in said if language == "ar" and " " not in word}


def _rests(said: Iterable[str], known: Iterable[str]) -> list[str]:
    """What is left of phrases that begin or end with a known word."""
    left = [
        one.removeprefix(f"{word} ") if one.startswith(f"{word} ") else one.removesuffix(f" {word}")
        for one in said
        for word in known
        if one.startswith(f"{word} ") or one.endswith(f" {word}")
    ]
    return left


def _first(message: str, language: str) -> str:
    return normalise(catalogue(language).words(message)[0])
