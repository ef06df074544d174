"""The record's page in words: each part of it, line by line, in the language of its reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar

from babel.dates import format_skeleton
from sqlmodel import Session

from locales import LANGUAGES, N_, SOURCE, Catalogue, catalogue
from nursery import about_me, records
from nursery.about_me import AboutMe
from nursery.attendance import Absence, Reason
from nursery.consents import Consent
from nursery.guardians import Guardian
from nursery.home_observations import HomeObservation
from nursery.observations import Snippet
from nursery.people import Child, key_person
from nursery.scopes import Scope
from nursery.settings import Room, local
from nursery.settling import SettlingNote
from nursery.sharing import Sharing
from nursery.targets import Target

T = TypeVar("T")

SCOPES = {
    Scope.PROGRESS: N_("progress"),
    Scope.ABOUT_ME: N_("All About Me"),
    Scope.TWO_YEAR_CHECK: N_("the check at two"),
}
REASONS = {
    Reason.ILL: N_("Ill"),
    Reason.HOLIDAY: N_("Holiday"),
    Reason.APPOINTMENT: N_("Appointment"),
    Reason.OTHER: N_("Something else"),
}


@dataclass(frozen=True, slots=True)
class After:
    """What came of something; `tag` is the language of words that are staff's own."""

    words: str
    label: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in the record: when, what, and what came of it."""

    when: str
    words: str
    tag: str = ""
    label: str = ""
    """What the words answer, where they answer something."""
    after: tuple[After, ...] = ()
    photos: tuple[str, ...] = ()
    """Where they are."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the record under its heading; with no lines, `empty` is said."""

    heading: str
    empty: str
    lines: list[Line]


class Words:
    """The words of the page in a guardian's language."""

    def __init__(self, said: Catalogue, place: str = "") -> None:
        self.catalogue, self.place = said, place

    def frame(self) -> dict[str, Any]:
        known = LANGUAGES[self.catalogue.language]
        return {"tag": known.html, "dir": known.direction}

    def day(self, when: date | datetime) -> str:
        day = local(when).date() if isinstance(when, datetime) else when
        shown = datetime(day.year, day.month, day.day)  # noqa: DTZ001
        return format_skeleton("yMMMd", shown, locale=self.catalogue.language)

    def english(self) -> str:
        """The tag of what staff wrote in English, where the page is not."""
        return "" if self.catalogue.language == SOURCE else LANGUAGES[SOURCE].html


def facts_of(session: Session, words: Words, child: Child) -> list[tuple[str, str]]:
    """Room and key person, those there are."""
    gettext = words.catalogue.gettext
    room = session.get(Room, child.room_id) if child.room_id else None
    staff = key_person(session, child)
    known = [(gettext("Room"), room.name if room else ""), (gettext("Key person"), staff.name if staff else "")]
    return [(name, value) for name, value in known if value]


def parts_of(session: Session, words: Words, guardian: Guardian, child: Child) -> list[Part]:
    """The parts in order. The first five are always there, if only to say that there is nothing yet."""
    gettext = words.catalogue.gettext
    kept, nothing = records.record_of(session, guardian, child), gettext("Nothing yet.")
    told, shared = partial(_told, child=child), partial(_shared, session=session)
    always = [
        Part(gettext("Progress"), nothing, _lines(words, _snippet, kept.snippets)),
        Part(gettext("What you shared from home"), nothing, _lines(words, shared, kept.shared)),
        Part(gettext("What you told us: All About Me"), nothing, _lines(words, told, kept.told)),
        Part(gettext("What you agreed to"), nothing, _lines(words, _agreed, kept.agreed)),
        Part(gettext("Days away that you told us of"), nothing, _lines(words, _away, kept.away)),
    ]
    sometimes = [
        Part(gettext("What we are working on"), nothing, _lines(words, _target, kept.targets)),
        Part(gettext("Settling in"), nothing, _lines(words, _settled, kept.settling)),
        Part(gettext("Shared with others, as you agreed"), nothing, _lines(words, _passed_on, kept.passed_on)),
    ]
    return always + [part for part in sometimes if part.lines]


def _lines(words: Words, line: Callable[[Words, T], Line], found: Iterable[T]) -> list[Line]:
    return [line(words, one) for one in found]


def _snippet(words: Words, snippet: Snippet) -> Line:
    when, tag = words.day(snippet.approved_at or snippet.made_at), words.english()
    after = After(snippet.next_step, words.catalogue.gettext("Next step"), tag)
    return Line(when, snippet.words, tag, after=_said(after))


def _target(words: Words, target: Target) -> Line:
    return Line(words.day(target.set_at), target.words, words.english())


def _settled(words: Words, note: SettlingNote) -> Line:
    return Line(words.day(note.day), note.words, words.english())


def _passed_on(words: Words, shared: Sharing) -> Line:
    what = ", ".join(words.catalogue.gettext(SCOPES[Scope(one)]) for one in shared.scopes)
    return Line(words.day(shared.given_at), shared.shared_with, after=_said(After(what)))


def _shared(words: Words, seen: HomeObservation, *, session: Session) -> Line:
    gettext = words.catalogue.gettext
    shown = seen.words or gettext("A photo or a voice note")
    next_step = After(seen.next_step, gettext("Your next step"))
    answer = After(seen.line, gettext("What we said to it"), words.english())
    photos = tuple(f"{words.place}/photo/{number}" for number in records.photos_in(session, seen))
    return Line(words.day(seen.shared_at), shown, after=_said(next_step, answer), photos=photos)


def _said(*after: After) -> tuple[After, ...]:
    return tuple(one for one in after if one.words)


def _told(words: Words, told: AboutMe, *, child: Child) -> Line:
    question = words.catalogue.content(about_me.questions()[told.question])
    shown = told.words or words.catalogue.gettext("A photo or a voice note")
    return Line(words.day(told.answered_at), shown, label=words.catalogue.say(question, child=child.first_name))


def _agreed(words: Words, consent: Consent) -> Line:
    """The sentence as they read it, in the language they read it in."""
    said = words.catalogue
    tag = LANGUAGES[catalogue(consent.language).language].html if consent.language != said.language else ""
    answer = said.gettext("You did not agree.")
    if consent.given:
        answer = said.say(said.gettext("You agreed, until %(day)s."), day=words.day(consent.expires_on))
    return Line(words.day(consent.given_at), consent.text, tag, after=_said(After(answer)))


def _away(words: Words, absence: Absence) -> Line:
    first, last = words.day(absence.first_day), words.day(absence.last_day)
    when = first if absence.first_day == absence.last_day else f"{first} - {last}"
    reason = REASONS.get(Reason(absence.reason), REASONS[Reason.OTHER])
    return Line(when, words.catalogue.gettext(reason), after=_said(After(absence.words)))
