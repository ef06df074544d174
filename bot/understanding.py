"""Understanding what a parent means outside any question: words matched whole, and close matches only offered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from unicodedata import category

from rapidfuzz import fuzz

from bot import opting
from bot.answers import normalise
from bot.conversation import Conversation
from bot.courtesies import COURTESIES, GRATITUDE, GREETINGS, THANKING, courtesy
from bot.likely import IDLE, STOP, SURELY, likely
from bot.needs import tells_a_need
from bot.phrases import Phrases, halves
from locales import LANGUAGES, SOURCE, catalogue

CLOSE = 82
"""Of 100: below this a slip is as likely another word; offered choices may be generous since none is acted on."""

MOST = 8
BETWEEN = re.compile(r"[^\w\s\u200c]+")
"""What may stand between a stop word and a courtesy, in any script."""

LONGEST = 200
"""Characters beyond which a message is a letter to read, not a word misspelt."""

PAUSES = re.compile(r"[,.!;:،؛۔…]+(?!\d)")
"""Marks between words; within a number or a time they are part of it."""

KISSES = re.compile(r"(?: x+)+$")
"""How English parents end a text: "thank you xx"."""

CLEARLY = 0.6
"""How likely a conversation must be to be offered in the middle of another."""

FEW = 3
"""A message of so few words is a slip before it is a sentence."""

QUESTION = "query"
"""Words are passed to a person as a question whatever is guessed: no guess says so."""


@dataclass(slots=True)
class Understanding:
    """The words of every conversation in every language: the parent's own first, then English, then any."""

    words: dict[str, dict[str, str]] = field(default_factory=dict)
    """By language: the normalised word, and the conversation it starts."""
    phrases: dict[str, list[tuple[Phrases, str]]] = field(default_factory=dict)
    """By language: phrases, and the conversation they start; a word goes before a phrase."""
    exact: dict[str, str] = field(default_factory=dict)
    """Of opt-out and opt-in words, in all languages: the conversation."""
    names: frozenset[str] = frozenset()
    """Of all conversations."""
    courtesies: frozenset[str] = frozenset()
    thanking: frozenset[str] = frozenset()
    """Of all languages: words that begin a compliment where nothing was just said."""
    polite: dict[str, str] = field(default_factory=dict)
    """Of words that ask for nothing, in all languages: `hello` or `thanks`."""

    def meant(self, text: str, language: str) -> str | None:
        """The conversation that the whole message names, or None."""
        said = normalise(text).removeprefix("/")
        parted = list(halves(said)) if len(said) <= LONGEST else []
        for tag in dict.fromkeys((language, SOURCE, *LANGUAGES)):
            found = self.words.get(tag, {}).get(said) or self._phrased(parted, tag)
            if found is not None:
                return found
        return None

    def word(self, text: str, language: str) -> str | None:
        """The conversation that the whole message is a word of, in this language or in English."""
        said = normalise(text).removeprefix("/")
        return self.words.get(language, {}).get(said) or self.words.get(SOURCE, {}).get(said)

    def _phrased(self, parted: list[tuple[str, str]], tag: str) -> str | None:
        known = self.phrases.get(tag, ()) if parted else ()
        return next((name for phrases, name in known if phrases.among(parted)), None)

    def opted(self, text: str) -> str | None:
        """The opt-out or opt-in conversation, if the whole message is such a word (a courtesy and end marks aside).

        "Stop. Thank you" and "STOP ALL" are, "please stop by at 3" is none (product rule 9).
        """
        said = normalise(text).removeprefix("/")
        if said in self.exact:
            return self.exact[said]
        bare = self._bare(said)
        return self.exact.get(bare) or opting.whole(bare, self.exact)

    def _bare(self, said: str) -> str:
        return _without(BETWEEN.sub(" ", said), self.courtesies)

    def courtesy(self, text: str) -> str:
        """`hello` or `thanks` when the whole message is no more than that; else an empty word."""
        return self.polite.get(normalise(text), "") or courtesy(text, self.polite)

    def idle(self, text: str) -> bool:
        """Whether a message is probably talk that asks and tells nothing, such as "ok see you"; never what a
        person needs or how they are, nor a time alone ("at 18")."""
        told = tells_a_need(text) or (len(text.split()) <= FEW and any(sign.isdecimal() for sign in text))
        return likely(text).get(IDLE, 0.0) >= SURELY and not told

    def clear(self, text: str, least: float = CLEARLY) -> str | None:
        """The conversation that a message is almost certainly about; to stop or to start is never guessed so."""
        for name, score in likely(text).items():
            if name in self.names and name != QUESTION and name not in self.exact.values():
                return name if score >= least else None
        return None

    def plain(self, text: str) -> str:
        """The words without what is only polite before or after them: courtesies, kisses, smileys."""
        signs = "".join(sign for sign in text if category(sign) not in ("Sk", "Me"))
        words = normalise("".join(" " if category(sign) == "So" else sign for sign in signs))
        return _without(KISSES.sub("", PAUSES.sub(" ", words)), self.courtesies) or normalise(signs)

    def close(self, text: str, language: str) -> list[str]:
        """The conversations that were perhaps meant, the likeliest first, by their words and by what parents write; of
        idle talk none, but for a stop.

        Only ever offered, so it may be generous; slow (some milliseconds), so only asked when nothing else took it.
        """
        said, guesses = normalise(text), likely(text)
        stop = [STOP] if opting.perhaps(self._bare(said), self.exact) == STOP else []
        if IDLE in guesses and " " in said:
            return stop
        near = self._near(said, language) if 3 <= len(said) <= LONGEST else []
        guessed = [name for name in guesses if name in self.names and name != QUESTION]
        first, then = (near, guessed) if len(said.split()) <= FEW else (guessed, near)
        return list(dict.fromkeys([*stop, *first, *then]))[:MOST]

    def _near(self, said: str, language: str) -> list[str]:
        """The conversations whose words are near to some of what was said, nearest first; to stop, to all of it."""
        known = {**self.words.get(SOURCE, {}), **self.words.get(language, {})}
        nearness = {word: _nearness(word, [said] if word in self.exact else said.split()) for word in known}
        near = sorted((word for word in known if nearness[word] >= CLOSE), key=lambda word: -nearness[word])
        return list(dict.fromkeys(known[word] for word in near))


def _nearness(word: str, said: list[str]) -> float:
    """Of 100: how near the nearest run of as many words is. Below four letters only the word itself counts."""
    count = len(word.split())
    runs = (" ".join(said[start : start + count]) for start in range(len(said) - count + 1))
    return max((fuzz.ratio(word, run) if len(word) >= 4 else 100.0 * (word == run) for run in runs), default=0.0)


def _without(said: str, courtesies: frozenset[str]) -> str:
    text = " ".join(said.split())
    if " " not in text:
        return text
    for one in sorted(courtesies, key=len, reverse=True):
        text = text.removeprefix(one + " ").removesuffix(" " + one).strip()
    return text


class Clash(Exception):
    """One word starts two conversations; the message names the word, the language and both."""


def learn(conversations: Iterable[Conversation], exact: Iterable[str]) -> Understanding:
    """The words of the conversations in every shipped language; `exact` names those of opt-out and opt-in.

    Raises Clash when two conversations claim one word of a language.
    """
    conversations = list(conversations)
    known = Understanding(names=frozenset(one.name for one in conversations))
    opting = set(exact)
    for language in LANGUAGES:
        mine = known.words.setdefault(language, {})
        for conversation in conversations:
            for word in words_of(conversation, language):
                other = mine.setdefault(word, conversation.name)
                if other != conversation.name:
                    raise Clash(f"{word!r} ({language}) starts both {other} and {conversation.name}")
                if conversation.name in opting:
                    known.exact[word] = conversation.name
        for conversation in conversations:
            mine |= {name: conversation.name for name in map(normalise, conversation.names) if name not in mine}
        known.phrases[language] = [(one.phrases(language), one.name) for one in conversations if one.phrases]
    polite = (catalogue(tag).words(COURTESIES) for tag in LANGUAGES)
    for tag in LANGUAGES:
        known.polite |= {normalise(word): "thanks" for word in catalogue(tag).words(GRATITUDE)}
        known.polite |= {normalise(word): "hello" for word in catalogue(tag).words(GREETINGS)}
    known.thanking = frozenset(normalise(word) for tag in LANGUAGES for word in catalogue(tag).words(THANKING))
    known.courtesies = frozenset(normalise(word) for words in polite for word in words)
    return known


def words_of(conversation: Conversation, language: str) -> list[str]:
    """The normalised words that start a conversation in a language."""
    if not conversation.words:
        return []
    return [normalise(word) for word in catalogue(language).words(conversation.words)]
