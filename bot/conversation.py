"""Conversations: a function that asks, and what it asks and says."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.phrases import Phrases

if TYPE_CHECKING:  # a turn holds the conversations, and a conversation is run with a turn
    from bot.turn import Speaker, Turn

TRIES = 3
"""How often an answer that can't be read is asked for before a person is brought in."""


class Unclear(Exception):
    """An answer that can't be read; the message is the help to give."""


class Withheld(Exception):
    """A push that must not be sent now; the message is the reason, for the record."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: words, the key of a choice, and the numbers of any photo, voice note or document."""

    text: str = ""
    choice: str = ""
    media: tuple[int, ...] = ()
    inbound_id: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers offered; `words` are further ways to say it."""

    key: str
    label: str
    words: tuple[str, ...] = ()


Reader: TypeAlias = Callable[[Answer], Any]
Fits: TypeAlias = Callable[[str], bool | None]
ToldHere: TypeAlias = Callable[[str, str], bool | None]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. With `read` free words are an answer, choices or not; without, only a choice is."""

    name: str
    text: str
    choices: tuple[Choice, ...] = ()
    read: Reader | None = None
    photo: int | None = None
    """A photo of the setting's that is shown with it, to those it may be shown to."""
    fits: Fits | None = None
    """Whether free words are surely what is asked, such as the name on record, or surely not; None: nobody can tell."""
    told_here: ToldHere | None = None
    """Whether words that seem to tell of a conversation of today's, by its name, are an answer all the same, as what is
    always so, or surely none; None: it is no matter of the question's."""

    @property
    def offered(self) -> list[Any]:
        """Its name and the keys of its choices: what a bare number means while it is open."""
        return [self.name, [choice.key for choice in self.choices]]


@dataclass(frozen=True, slots=True)
class Goto:
    """Leave for another conversation."""

    conversation: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Say:
    """The end of a conversation: what is said, one message each, and perhaps where it goes on.

    `speaker` is who the contact is from now on, when that is what the conversation changed; `photo` a photo of the
    setting's that goes with the first of the texts, `recording` a voice note that a push of one text is.
    """

    texts: tuple[str, ...] = ()
    then: Goto | None = None
    outcome: str = ""
    speaker: Speaker | None = None
    photo: int | None = None
    recording: int | None = None


Dialogue: TypeAlias = Generator[Question, Any, Say]


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as the house knows it.

    `words` is the catalogue's message of the words that start it, such as "ABSENT, ILL, SICK"; `label` the message of
    its line in the menu. `open_to_strangers` may be begun by a contact that is nobody's yet.
    """

    name: str
    run: Callable[[Turn], Dialogue]
    words: str = ""
    label: str = ""
    open_to_strangers: bool = False
    lasts: timedelta = timedelta(hours=24)
    more: str = ""
    """Its line in the second menu."""
    group: str = ""
    """The heading of the second menu it stands under: day, child, learning, voice, setting or me."""
    personal: bool = False
    """Who says it matters: on a shared phone it begins by asking who writes, and is sent to each of them."""
    of_children: bool = False
    """It is about whoever's children: on a phone of people with different children it is personal."""
    private: bool = False
    """What is said there goes to staff only when the parent says so."""
    names: tuple[str, ...] = ()
    """Further words that start it in every language, where they start nothing else."""
    phrases: Callable[[str], Phrases] | None = None
    """Of a language: further phrases that start it, such as "policy late"; never offered as close matches."""
    caution: str = ""
    """What is said beside it where a sentence seems to tell of it: that the sentence alone does nothing."""


def ask(
    name: str,
    text: str,
    *,
    read: Reader | None = None,
    choices: tuple[Choice, ...] = (),
    photo: int | None = None,
    fits: Fits | None = None,
    told_here: ToldHere | None = None,
) -> Generator[Question, Any, Any]:
    """Asks for words (or, with `choices`, for one of them or words). `read` makes a value of the Answer or raises
    Unclear; without it the words themselves are the value. `fits` and `told_here` as the Question has them."""
    return (yield Question(name, text, choices, read or words_or_media, photo, fits, told_here))


def choose(name: str, text: str, choices: tuple[Choice, ...]) -> Generator[Question, Any, str]:
    """Asks for one of the choices; returns its key."""
    key: str = yield Question(name, text, choices)
    return key


def words_or_media(answer: Answer) -> dict[str, Any]:
    """The plain reader: the words and the numbers of what was attached. Raises Unclear when there is neither, and for
    a bare number, which was meant for a list of choices."""
    text = answer.text.strip()
    if not answer.media and (not text or (text.isdecimal() and len(text) <= 2)):
        raise Unclear
    return {"text": text, "media": list(answer.media), "inbound": answer.inbound_id}


def say(
    text: str,
    *more: str,
    then: Goto | None = None,
    outcome: str = "",
    speaker: Speaker | None = None,
    photo: int | None = None,
    recording: int | None = None,
) -> Say:
    return Say((text, *more), then, outcome, speaker, photo, recording)
