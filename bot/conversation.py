"""Conversations: a function that asks; what it asks and says, and the turn it has to hand."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from babel.dates import format_skeleton
from sqlmodel import Session

from bot.phrases import Phrases
from bot.statements import loaded
from locales import Catalogue, catalogue
from nursery.guardians import ANY_TOPIC, Guardian, Topic, children_of
from nursery.matters import Matter
from nursery.people import Child
from nursery.settings import Setting, first_setting, local, today
from nursery.translations import OwnWords, Read

TRIES = 3
"""How often an answer that can't be read is asked for before a person is brought in."""


class Stranger(Exception):
    """A conversation needs a guardian, and this contact is nobody's yet."""


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


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is at the other end: a contact, and the guardian it belongs to, if it does."""

    contact_id: int
    channel: str
    address: str
    guardian_id: int | None
    language: str
    state: str = "active"
    greeted: bool = True
    sharing: tuple[int, ...] = ()
    """The further guardians on this phone; who of them writes is asked where it matters."""
    several: bool = False
    """Whether others use this phone, or may: staff have not confirmed it of all of them yet."""


class Turn:
    """What a conversation has to hand: the session, the moment, the language and who it is."""

    def __init__(
        self,
        session: Session,
        speaker: Speaker,
        now: datetime,
        *,
        params: Mapping[str, Any] | None = None,
        said: Answer | None = None,
        key: bytes = b"",
        site: str = "",
        conversations: Mapping[str, Conversation] | None = None,
        translates: bool = False,
    ) -> None:
        self.session, self.speaker, self.now = session, speaker, now
        self.catalogue: Catalogue = catalogue(speaker.language)
        self.params: Mapping[str, Any] = params or {}
        self.said = said or Answer()
        self.key = key
        self.site = site  # the address of our own pages, without a slash at its end
        self.conversations: Mapping[str, Conversation] = conversations or {}
        self.own_words = OwnWords(
            session,
            self.catalogue,
            speaker.guardian_id,
            translates=translates,
            briefly=speaker.channel == "sms",
            now=now,
        )
        self._setting: Setting | None = None
        self._children: dict[Topic, list[Child]] = {}

    @property
    def language(self) -> str:
        return self.catalogue.language

    @property
    def buttons(self) -> bool:
        """Whether the channel shows choices as buttons."""
        return self.speaker.channel != "sms"

    @property
    def guardian(self) -> Guardian:
        """Raises Stranger when the contact is nobody's yet."""
        if self.speaker.guardian_id is None:
            raise Stranger
        return loaded(self.session, Guardian, self.speaker.guardian_id)

    @property
    def setting(self) -> Setting:
        """The setting it is about: the one gone to, or named when this began, or else of this guardian's first child;
        for a stranger, the first."""
        if self._setting is None:
            self._setting = self._find_setting()
        return self._setting

    def go_to(self, setting_id: int) -> None:
        """From here on it is about this setting, for a guardian with children in several."""
        self._setting = self.session.get_one(Setting, setting_id)

    def settings(self) -> list[Setting]:
        """Every setting this guardian's children attend, by name."""
        attended = {child.setting_id for child in self.children(ANY_TOPIC)}
        return sorted((self.session.get_one(Setting, one) for one in attended), key=lambda one: one.name)

    def speak_as(self, guardian_id: int) -> None:
        """One of those on a shared phone has said that it is they who write: in their language from here on. Raises
        Stranger for anybody else."""
        if guardian_id not in (self.speaker.guardian_id, *self.speaker.sharing):
            raise Stranger
        self.speaker = replace(self.speaker, guardian_id=guardian_id, sharing=())
        self.speaker = replace(self.speaker, language=self.guardian.language or self.speaker.language)
        self.catalogue = catalogue(self.speaker.language)
        self.own_words.guardian_id, self.own_words.said = guardian_id, self.catalogue
        self._setting = None
        self._children.clear()

    @property
    def setting_or_none(self) -> Setting | None:
        """The same, or none where no setting has been entered yet."""
        try:
            return self.setting
        except Stranger:
            return None

    @property
    def today(self) -> date:
        return today(self.now)

    def children(self, topic: Topic = Topic.CARE) -> list[Child]:
        """The children this guardian may speak about, by name."""
        if self.speaker.guardian_id is None:
            raise Stranger
        if topic not in self._children:
            self._children[topic] = children_of(self.session, self.speaker.guardian_id, topic, self.today)
        return self._children[topic]

    def gettext(self, message: str) -> str:
        return self.catalogue.gettext(message)

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.catalogue.ngettext(one, many, number)

    def say(self, message: str, /, **values: object) -> str:
        """A message (already translated) with its values put in, safe in either direction of writing. Where no number
        to ring has been set yet, it says so much."""
        if values.get("phone") == "":
            values["phone"] = self.gettext("the nursery's number")
        return self.catalogue.say(message, **values)

    def read(self, matter: Matter, *parts: str, setting_id: int) -> Read:
        """Words that staff of a setting wrote in English, as this reader gets them."""
        return self.own_words.read(matter, *parts, setting_id=setting_id)

    def day(self, when: date | datetime) -> str:
        """A day as this language writes it: "Fri 18 Dec"."""
        if isinstance(when, datetime):
            when = local(when).date()
        return format_skeleton("MMMEd", datetime(when.year, when.month, when.day), locale=self.language)  # noqa: DTZ001

    def time(self, when: datetime) -> str:
        """A time of day on the setting's clock: "15:30"."""
        return local(when).strftime("%H:%M")

    def _find_setting(self) -> Setting:
        if self.speaker.guardian_id is not None:
            children = children_of(self.session, self.speaker.guardian_id, ANY_TOPIC, self.today)
            named = [
                c for c in children if c.id == self.params.get("child") or c.setting_id == self.params.get("setting")
            ]
            for child in named or children:
                return loaded(self.session, Setting, child.setting_id)
        found = first_setting(self.session)
        if found is None:
            raise Stranger
        return found


def ask(
    name: str,
    text: str,
    *,
    read: Reader | None = None,
    choices: tuple[Choice, ...] = (),
    photo: int | None = None,
    fits: Fits | None = None,
) -> Generator[Question, Any, Any]:
    """Asks for words (or, with `choices`, for one of them or words). `read` makes a value of the Answer or raises
    Unclear; without it the words themselves are the value. `fits` as the Question has it."""
    return (yield Question(name, text, choices, read or words_or_media, photo, fits))


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
