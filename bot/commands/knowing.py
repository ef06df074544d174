"""coatpeg family and guardian prefer: what is known of a family, and how it likes to be written to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer
from sqlmodel import Session, col, select

from bot.commands.desk import PRIVATE_WORDS, Refused, looking, writing
from bot.commands.named import the_child, the_guardian
from bot.commands.voice import indented, say
from locales import LANGUAGES, shipped
from locales.sentences import D_, Joined, Mark, Sentence, Spoken
from nursery import beginnings, profiles
from nursery.contacts import best_contact
from nursery.guardians import LEARNING_CHOICES, Guardian, Guardianship
from nursery.inbox import may_be_shown
from nursery.people import Child, key_person
from nursery.preferences import Format, Hour, preference_of
from nursery.preferences import prefer as prefer_so
from nursery.profiles import ProfileAnswer
from nursery.settings import Room, Setting

ASKED: Mapping[str, Mark] = {
    "call": D_("call them"),
    "say": D_("say the names"),
    "food": D_("food"),
    "festivals": D_("festivals"),
    "apart": D_("takes no part in"),
    "ring": D_("ring"),
}


def family(name: Annotated[str, typer.Argument(help="The child's full or first name.")]) -> None:
    """See a child's family as it wants to be known: names, language, hour, form, food, festivals, when to ring."""
    with looking() as session:
        child = the_child(session, name)
        say(_about(session, child))
        ties = session.exec(
            select(Guardianship).where(Guardianship.child_id == child.id).order_by(col(Guardianship.id))
        )
        for tie in ties:
            for line in _guardian(session, session.get_one(Guardian, tie.guardian_id), tie):
                say(line)


def _about(session: Session, child: Child) -> Spoken:
    room = session.get(Room, child.room_id) if child.room_id else None
    staff = key_person(session, child)
    return Sentence(
        D_("%(child)s, %(room)s, key person %(staff)s"),
        child=child.name,
        room=room.name if room else Sentence(D_("no room")),
        staff=staff.name if staff else "-",
    )


def _guardian(session: Session, guardian: Guardian, tie: Guardianship) -> list[Spoken]:
    guardian_id = guardian.id or 0
    tied = f" ({tie.relationship})" if tie.relationship else ""
    lines: list[Spoken] = [indented(guardian.name, tied), _ways(session, guardian, tie)]
    begun = beginnings.beginning_of(session, guardian_id)
    if begun is not None and begun.ended_on is None:
        said = D_("first weeks: %(step)s done, next from %(day)s")
        lines.append(indented(Sentence(said, step=begun.step or "welcome", day=begun.next_on), by=4))
    if tie.confirmed_at is None:
        lines.append(indented(Sentence(D_("not confirmed by staff yet")), by=4))
    answers = profiles.answers_of(session, guardian_id)
    asked = [one for one in ASKED if one in answers]
    return lines + [indented(Sentence(ASKED[one]), ": ", _said(session, answers[one]), by=4) for one in asked]


def _ways(session: Session, guardian: Guardian, tie: Guardianship) -> Spoken:
    """How, how often and when a guardian is written to."""
    kept, place = preference_of(session, guardian.id or 0), session.get_one(Child, tie.child_id).setting_id
    contact = best_contact(session, guardian.id or 0)
    return indented(
        Sentence(
            D_("%(language)s, %(way)s, ideas %(often)s, %(hour)s hour, %(form)s"),
            language=LANGUAGES[guardian.language].autonym,
            way=Sentence(D_("by %(channel)s"), channel=contact.channel) if contact else Sentence(D_("out of reach")),
            often=guardian.learning or session.get_one(Setting, place).learning,
            hour=kept.hour or "any",
            form=kept.format,
        ),
        by=4,
    )


def _said(session: Session, answer: ProfileAnswer) -> object:
    if not may_be_shown(session, answer.inbound_id):
        return PRIVATE_WORDS
    said = ", ".join(answer.keys) or answer.words
    return said or Sentence(D_("(a voice note or photo: message %(number)s)"), number=answer.inbound_id)


def prefer(
    who: Annotated[str, typer.Argument(help="The guardian's name or number.")],
    language: Annotated[str, typer.Option(help="One of the shipped languages, such as pl.")] = "",
    hour: Annotated[str, typer.Option(help="morning, midday, pick-up, evening or any.")] = "",
    form: Annotated[str, typer.Option(help="text, large print, easy read, braille or voice note.")] = "",
    ideas: Annotated[str, typer.Option(help="daily, weekly, one or none.")] = "",
) -> None:
    """Set how a guardian likes to be written to, for who tells you so in person."""
    _check("--hour", hour, ("any", *filter(None, Hour)))
    _check("--form", form, tuple(Format))
    _check("--ideas", ideas, LEARNING_CHOICES)
    tag = shipped(language) if language else None
    if language and tag is None:
        raise Refused(
            D_("--language: %(language)s is not one of ours: %(known)s."), language=language, known=Joined(LANGUAGES)
        )
    with writing() as session:
        guardian = the_guardian(session, who)
        guardian.language, guardian.learning = tag or guardian.language, ideas or guardian.learning
        session.add(guardian)
        if hour or form:
            prefer_so(session, guardian.id or 0, hour=hour.replace("any", "") if hour else None, form=form or None)
        kept = preference_of(session, guardian.id or 0)
        told = Sentence(
            D_("%(name)s: %(language)s, %(hour)s hour, %(form)s, ideas %(often)s."),
            name=guardian.name,
            language=LANGUAGES[guardian.language].autonym,
            hour=kept.hour or "any",
            form=kept.format,
            often=guardian.learning or Sentence(D_("as the setting has it")),
        )
    say(told)


def _check(option: str, value: str, known: Sequence[str]) -> None:
    if value and value not in known:
        raise Refused(
            D_("%(option)s: %(value)s is not one of %(known)s."), option=option, value=value, known=Joined(known)
        )
