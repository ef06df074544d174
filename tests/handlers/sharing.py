"""One phone, two guardians: what the tests of a shared phone have in common."""

from __future__ import annotations

from sqlmodel import Session, select

from bot.outbox import Priority
from bot.pushes import Push, fan_out
from nursery.contacts import Contact
from nursery.guardians import Guardian, Topic
from nursery.notices import draft
from nursery.recipients import Audience, recipients
from nursery.settings import today
from tests.cast import CAST, MONDAY, People
from tests.talking import Player

ZOSIA_PHONE = CAST["Piotr"].phone


def id_of(play: Player, name: str) -> int:
    with play.session() as session:
        return id_in(session, name)


def id_in(session: Session, name: str) -> int:
    return session.exec(select(Guardian.id).where(Guardian.name == name)).one() or 0


def tell(play: Player, people: People, *, to: str = "", checks: bool = False) -> None:
    """A notice to all of the setting, or put in the outbox for one of this phone alone."""
    audience, only = Audience(people.setting.id or 0), id_of(play, to) if to else 0
    with play.session() as session:
        told = draft(session, audience, publish_at=MONDAY, now=MONDAY, text="Wellies, please", checks=checks)
        push = Push("n", "notice", {"notice": told.id}, Topic.NOTICES, told.setting_id, MONDAY, Priority.URGENT)
        fan_out(session, push, recipients(audience, Topic.NOTICES, today(MONDAY), only - 1, only or None), MONDAY)


def reads(play: Player, **languages: str) -> None:
    with play.session() as session:
        for name, language in languages.items():
            session.get_one(Guardian, id_in(session, name)).language = language


def on_telegram(play: Player, name: str, chat: str) -> None:
    """An own chat of one of theirs, the address to use first."""
    with play.session() as session:
        session.add(Contact(channel="telegram", address=chat, guardian_id=id_in(session, name), preferred=True))


def language_of(play: Player, name: str) -> str:
    with play.session() as session:
        return session.get_one(Guardian, id_in(session, name)).language
