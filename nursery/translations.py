"""Translations by a server: staff's words for a parent, and the gist of a parent's words for staff, each made once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field as Column
from sqlmodel import Session, SQLModel, col, select

from locales import FSI, PDI, RLM, SOURCE, Catalogue
from nursery import untranslated
from nursery.inbox import may_be_shown
from nursery.matters import RULES, Matter, may_be_machine_translated


class State(StrEnum):
    """How far a translation is."""

    WANTED = "wanted"
    DONE = "done"
    REFUSED = "refused"
    """There will be none: what came back was no translation, or the server does not know the language."""


class Translation(SQLModel, table=True):
    """The same words in another language. Of staff's words there is one for each language and setting, however many
    guardians read it (of what is said to one guardian alone it is theirs); of a parent's message (`inbound_id`) one
    into English, so that staff get the gist."""

    __table_args__ = (Index("ix_translation_wanted", "state", "tried_at"),)

    key: str = Column(primary_key=True)
    source: str
    language: str
    words: str
    text: str = ""
    state: str = State.WANTED
    reason: str = ""
    engine: str = ""
    """The kind of server that made it."""
    setting_id: int | None = Column(default=None, foreign_key="setting.id", index=True)
    guardian_id: int | None = Column(default=None, foreign_key="guardian.id", index=True)
    inbound_id: int | None = Column(default=None, foreign_key="inbound_message.id", index=True)
    wanted_at: datetime
    tries: int = 0
    tried_at: datetime | None = None
    """When it was last asked for, or may be asked for again: until then it is somebody's who asks."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A translation that is not there yet."""

    key: str
    source: str
    language: str
    words: str
    setting_id: int | None
    guardian_id: int | None = None
    inbound_id: int | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """Staff's words as one reader gets them: in their language where all of them are there, else as written."""

    parts: tuple[str, ...]
    originals: tuple[str, ...]
    """The English beside the translation; empty where there is no translation."""
    said: Catalogue
    briefly: bool = False

    @property
    def told(self) -> str:
        """The words alone, with what their reader must know of them."""
        words = "\n".join(self.parts)
        return self.noted(words if self.originals else self.said.isolated(words))

    def noted(self, text: str) -> str:
        """A text made with these words, and what its reader must know of them: that a computer translated them, with
        the English below. By SMS that would double the price, so there, `briefly`, it says how to get the English.
        Words in English alone are followed by a line that says so and offers a call."""
        if not self.originals:
            return untranslated.noted(text, self.said)
        if self.briefly:
            note = self.said.gettext("(Translated by computer. To read it in English text ORIGINAL.)")
            return f"{text}\n{note}"
        note = self.said.gettext("(Translated by computer. This is what we wrote, in English:)")
        return "\n".join([text, note, *map(self.said.isolated, self.originals)])


@dataclass(slots=True)
class OwnWords:
    """Staff's own words for one reader: what is there in their language, and what is to be asked for."""

    session: Session
    said: Catalogue
    guardian_id: int | None
    translates: bool
    """Whether a translation server is configured."""
    briefly: bool
    """By SMS, where each part costs."""
    now: datetime
    wanted: list[Wanted] = field(default_factory=list)
    since: datetime | None = None
    """Since when something is asked for that may still come; None when nothing is."""

    def read(self, matter: Matter, *parts: str, setting_id: int) -> Read:
        """These words; all of them translated, or none: half a message in each language helps nobody."""
        plain = Read(parts, (), self.said)
        worded = [part for part in parts if part.strip()]
        if not self.translates or self.said.language == SOURCE:
            return plain
        if not worded or not all(may_be_machine_translated(matter, part) for part in worded):
            return plain
        guardian_id = self.guardian_id if RULES[matter].personal else None
        texts = [self._text(translation_of(part, self.said.language, setting_id, guardian_id)) for part in worded]
        if not all(texts):
            return plain
        left = iter(texts)
        told = tuple(next(left) if part.strip() else part for part in parts)
        return Read(told, tuple(worded), self.said, self.briefly)

    def _text(self, asked: Wanted) -> str:
        found = self.session.get(Translation, asked.key)
        if found is None:
            self.wanted.append(asked)
        elif found.state == State.DONE:
            return found.text
        if found is None or (found.state == State.WANTED and not found.tries):
            since = found.wanted_at if found else self.now
            self.since = min(self.since or since, since)
        return ""


def translation_of(words: str, language: str, setting_id: int, guardian_id: int | None = None) -> Wanted:
    """Staff's words, to be put into a language. The names of the setting are locked in them."""
    whose = "\0".join((language, str(setting_id), str(guardian_id or ""), words))
    key = hashlib.sha256(whose.encode()).hexdigest()[:40]
    return Wanted(key, SOURCE, language, words, setting_id, guardian_id)


LONGER = 5
"""A translation out of English is longer, by about a fifth."""


def likely(words: str, said: Catalogue) -> str:
    """A text by SMS about as long, and in the letters, that these words of a notice will have with their translation:
    to price it before it is made."""
    translated = said.language != SOURCE and may_be_machine_translated(Matter.NOTICE, words)
    return untranslated.in_english(words + words[: len(words) // LONGER] if translated else words, said)


UNMARKED = str.maketrans("", "", FSI + PDI + RLM)
"""What stands about words for the direction in which they run is no part of them."""

RECENT = 500
"""Translations looked through for the one whose original is asked for."""


def originals_in(session: Session, text: str, language: str, settings: Iterable[int], guardian_id: int) -> list[str]:
    """What staff of these settings wrote in English of what is translated in a message that was sent to a guardian, in
    the order in which it stands there; never what was said to another guardian alone."""
    chosen = (
        select(Translation)
        .where(Translation.language == language, Translation.source == SOURCE, Translation.state == State.DONE)
        .where(col(Translation.setting_id).in_(list(settings)))
        .where(col(Translation.guardian_id).is_(None) | (col(Translation.guardian_id) == guardian_id))
        .order_by(col(Translation.wanted_at).desc())
        .limit(RECENT)
    )
    sent, told = text.translate(UNMARKED), [(one.text.translate(UNMARKED), one.words) for one in session.exec(chosen)]
    found = {(sent.find(words), original) for words, original in told if words in sent}
    return [words for _, words in sorted(found)]


def gist(session: Session, inbound_id: int | None) -> str:
    """What a parent's message says, in English, translated by a computer; empty where there is none, or staff may not
    read the message."""
    if inbound_id is None or not may_be_shown(session, inbound_id):
        return ""
    chosen = select(Translation.text).where(Translation.inbound_id == inbound_id, Translation.state == State.DONE)
    return session.exec(chosen).first() or ""
