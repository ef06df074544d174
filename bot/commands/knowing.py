"""coatpeg family, guardian prefer and notice-state: what is known of a family, and whom a notice has reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import typer
from sqlalchemy import or_
from sqlalchemy import select as core_select
from sqlmodel import Session, col, select

from bot.commands.desk import Refused, local_moment, looking, now, say, writing
from bot.commands.telling import the_child
from bot.commands.ties import the_guardian
from bot.outbox import TABLE
from locales import LANGUAGES, shipped
from nursery import beginnings, chases, profiles
from nursery.contacts import best_contact
from nursery.guardians import LEARNING_CHOICES, Guardian, Guardianship
from nursery.inbox import may_be_shown
from nursery.notices import Notice
from nursery.people import Child, key_person
from nursery.preferences import Format, Hour, preference_of
from nursery.preferences import prefer as prefer_so
from nursery.profiles import ProfileAnswer
from nursery.settings import Room, Setting, today

ASKED = {
    "call": "call them",
    "say": "say the names",
    "food": "food",
    "festivals": "festivals",
    "apart": "takes no part in",
    "ring": "ring",
}
WENT = ("delivered", "sent", "due", "held", "failed", "suppressed", "cancelled", "unknown")


def family(name: Annotated[str, typer.Argument(help="The child's full or first name.")]) -> None:
    """See a child's family as it wants to be known: names, language, hour, form, food, festivals, when to ring."""
    with looking() as session:
        child = the_child(session, name)
        for line in _about(session, child):
            say(line)
        ties = session.exec(
            select(Guardianship).where(Guardianship.child_id == child.id).order_by(col(Guardianship.id))
        )
        for tie in ties:
            for line in _guardian(session, session.get_one(Guardian, tie.guardian_id), tie):
                say(line)


def _about(session: Session, child: Child) -> list[str]:
    room = session.get(Room, child.room_id) if child.room_id else None
    staff = key_person(session, child)
    return [f"{child.name}, {room.name if room else 'no room'}, key person {staff.name if staff else '-'}"]


def _guardian(session: Session, guardian: Guardian, tie: Guardianship) -> list[str]:
    guardian_id = guardian.id or 0
    kept, place = preference_of(session, guardian_id), session.get_one(Child, tie.child_id).setting_id
    often = guardian.learning or session.get_one(Setting, place).learning
    contact = best_contact(session, guardian_id)
    way = f"by {contact.channel}" if contact else "out of reach"
    lines = [f"  {guardian.name}{f' ({tie.relationship})' if tie.relationship else ''}"]
    lines.append(f"    {LANGUAGES[guardian.language].autonym}, {way}, ideas {often}, {kept.hour or 'any'} hour")
    lines[-1] += f", {kept.format}"
    begun = beginnings.beginning_of(session, guardian_id)
    if begun is not None and begun.ended_on is None:
        lines.append(f"    first weeks: {begun.step or 'welcome'} done, next from {begun.next_on}")
    if tie.confirmed_at is None:
        lines.append("    not confirmed by staff yet")
    answers = profiles.answers_of(session, guardian_id)
    lines += [f"    {ASKED[one]}: {_said(session, answers[one])}" for one in ASKED if one in answers]
    return lines


def _said(session: Session, answer: ProfileAnswer) -> str:
    if not may_be_shown(session, answer.inbound_id):
        return "(for the safeguarding lead: coatpeg concerns)"
    said = ", ".join(answer.keys) or answer.words
    return said or f"(a voice note or photo: message {answer.inbound_id})"


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
        raise Refused(f"--language: {language} is not one of ours: {', '.join(LANGUAGES)}.")
    with writing() as session:
        guardian = the_guardian(session, who)
        guardian.language, guardian.learning = tag or guardian.language, ideas or guardian.learning
        session.add(guardian)
        if hour or form:
            prefer_so(session, guardian.id or 0, hour=hour.replace("any", "") if hour else None, form=form or None)
        kept = preference_of(session, guardian.id or 0)
        told = f"{guardian.name}: {LANGUAGES[guardian.language].autonym}, {kept.hour or 'any'} hour, {kept.format}"
    say(f"{told}, ideas {guardian.learning or 'as the setting has it'}.")


def _check(option: str, value: str, known: Sequence[str]) -> None:
    if value and value not in known:
        raise Refused(f"{option}: {value} is not one of {', '.join(known)}.")


def notice_state(number: Annotated[int, typer.Argument(help="The notice's number.")]) -> None:
    """See whom a notice has reached, who has understood it, and who is not known to have seen it."""
    with looking() as session:
        notice = session.get(Notice, number)
        if notice is None:
            raise Refused(f"There is no notice {number}.")
        if notice.published_at is None:
            raise Refused(f"Notice {number} has not been sent yet.")
        states = _states(session, number)
        say(f"Notice {number}, sent {local_moment(notice.published_at)}, to {len(states)} guardians.")
        counted = Counter(states.values())
        say("  " + ", ".join(f"{state} {counted[state]}" for state in WENT if counted[state]))
        if notice.checks:
            _understood(session, notice, states)


def _understood(session: Session, notice: Notice, states: dict[int, str]) -> None:
    said = Counter(chases.answers(session, notice).values())
    say("  " + ", ".join(f"{answer} {count}" for answer, count in said.most_common()) if said else "  no answer yet")
    missing = chases.unseen(session, notice, today(now()))
    say(f"Not known to have seen it: {len(missing)}")
    for guardian, why in missing:
        state = states.get(guardian.id or 0, "")
        say(f"  {guardian.name}: {why}{f' ({state})' if state else ''}")


def _states(session: Session, number: int) -> dict[int, str]:
    """The furthest that the notice has come to each guardian, by whichever channel."""
    keys = (f"notice:{number}:guardian:", f"notice:{number}:again:guardian:")
    mine = or_(*(TABLE.c.key.startswith(key, autoescape=True) for key in keys))
    states: dict[int, str] = {}
    for guardian_id, state in session.connection().execute(core_select(TABLE.c.guardian_id, TABLE.c.state).where(mine)):
        states[guardian_id] = min(states.get(guardian_id, state), state, key=_furthest)
    return states


def _furthest(state: str) -> int:
    return WENT.index(state) if state in WENT else len(WENT)
