"""The turn a conversation has to hand: who is at the other end, in which language, at which moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from babel.dates import format_skeleton
from sqlmodel import Session

from bot.conversation import Answer, Conversation
from bot.statements import loaded
from locales import Catalogue, catalogue
from nursery.guardians import ANY_TOPIC, Guardian, Topic, children_of
from nursery.matters import Matter
from nursery.people import Child
from nursery.settings import Setting, first_setting, local, today
from nursery.translations import OwnWords, Read


class Stranger(Exception):
    """A conversation needs a guardian, and this contact is nobody's yet."""


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
