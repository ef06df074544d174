"""Who will hear a recording before it is sent: by channel, at what price, and who asked and won't, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlmodel import Session

from bot.commands.preview import Lane
from bot.commands.voice import indented
from bot.segments import economical, parts
from bot.voices import link_line
from locales import LANGUAGES, SOURCE, catalogue
from locales.sentences import D_, ND_, Joined, Mark, Sentence, Spoken
from nursery import listeners, prints, recordings
from nursery.contacts import best_contact
from nursery.listeners import Listener, Unheard
from nursery.notices import Notice
from nursery.photo_links import USUAL
from nursery.recordings import Recording


@dataclass(frozen=True, slots=True)
class Hearing:
    """A recording, and those who asked to hear it."""

    recording: Recording
    lanes: tuple[Lane, ...]
    missed: tuple[Listener, ...]
    words: str
    """What stands beside it."""
    in_english: bool
    """Whether that is English beside another language."""

    @classmethod
    def of(cls, session: Session, made: Recording, site: str, now: datetime) -> Self:
        """As of a moment; `site` is where a link leads."""
        asked = listeners.listeners(session, made, now)
        hear = [one for one in asked if one.refusal is None]
        addresses = [best_contact(session, one.guardian.id or 0) for one in hear]
        by = Counter(one.channel for one in addresses if one is not None)
        lanes = tuple(_lane(session, made, site, channel, count) for channel, count in by.most_common())
        said = catalogue(made.language)
        words = made.words or prints.text_of(session, made.setting_id, made.kind, made.ref, said, now)
        in_english = not made.words and bool(english_in(session, made.kind, made.ref, words, made.language))
        return cls(made, lanes, tuple(one for one in asked if one.refusal is not None), words, in_english)

    @property
    def reads_it(self) -> bool:
        """Whether anybody who asked reads its language."""
        return bool(self.lanes) or any(one.refusal != Unheard.LANGUAGE for one in self.missed)

    def lines(self) -> list[Spoken]:
        """For staff to read."""
        of = {"about": self.recording.about, "language": LANGUAGES[self.recording.language].autonym}
        long = ND_(
            "A voice note of %(count)s second in %(language)s (%(about)s):",
            "A voice note of %(count)s seconds in %(language)s (%(about)s):",
        )
        said: list[Spoken] = [Sentence(long, count=self.recording.seconds, **of)]
        for lane in self.lanes:
            said += [indented(lane.line()), indented(lane.text.replace("\n", "\n    "), by=4)]
        for why, names in self._missed_by_reason():
            said.append(indented(Sentence(D_("not to %(names)s: %(why)s"), names=Joined(names), why=why)))
        said += [Sentence(D_("Beside it stands:")), indented(self.words.replace("\n", "\n  "))]
        if self.in_english:
            said.append(Sentence(D_("That is English. To give the words in %(language)s: --words"), **of))
        if self.recording.mime == "audio/ogg" and any(lane.parts for lane in self.lanes):
            said.append(Sentence(D_("Older iPhones don't play OGG from a link. M4A and MP3 play everywhere.")))
        return said

    def _missed_by_reason(self) -> list[tuple[Spoken, list[str]]]:
        said = {str(_why(one)): _why(one) for one in self.missed}
        return [(why, [one.guardian.name for one in self.missed if str(_why(one)) == key]) for key, why in said.items()]

    def as_json(self) -> dict[str, object]:
        return {
            "language": self.recording.language,
            "seconds": self.recording.seconds,
            "by": [{"channel": one.channel, "guardians": one.guardians, "parts": one.parts} for one in self.lanes],
            "pence": float(sum(lane.price for lane in self.lanes)),
            "not_to": [{"guardian": one.guardian.name, "reason": str(_why(one))} for one in self.missed],
            "words": self.words,
            "in_english": self.in_english,
        }


def english_in(session: Session, kind: str, ref: str, text: str, language: str) -> str:
    """Staff's own English words, where a text in another language has them as they are; else nothing."""
    own = session.get_one(Notice, int(ref)).text if kind == "notice" else ""
    return own if own in text and language != SOURCE else ""


def _lane(session: Session, made: Recording, site: str, channel: str, guardians: int) -> Lane:
    text = recordings.announced(session, made, catalogue(made.language))
    if channel != "sms":
        return Lane(made.language, channel, guardians, 0, text)
    text += link_line(site, "a" * USUAL)
    return Lane(made.language, channel, guardians, parts(economical(text)).count, text)


def _why(one: Listener) -> Spoken:
    assert one.refusal is not None
    why = Sentence(Mark(one.refusal.value))
    if one.refusal != Unheard.LANGUAGE:
        return why
    return Joined((why, f"({LANGUAGES[one.guardian.language or SOURCE].autonym})"), " ")
