"""What the tests of voice notes share: parents who asked to hear a notice, staff who record it, who has heard it."""

from __future__ import annotations

import re

from sqlmodel import select

from nursery import listeners, notices, preferences, recordings
from nursery.guardians import Guardian, Guardianship
from nursery.recipients import Audience
from scheduler import queue_prints, send_recordings
from tests.bot.office import Office
from tests.cast import CAST, MONDAY, People
from tests.recordings import ogg

LINK = re.compile(r"/v/(\w+)$")
SAYS = {"en_GB": "Bring wellies.", "pl": "Weźcie kalosze.", "ur": "ربڑ کے جوتے لائیں۔"}


async def asked(office: Office, people: People, *who: str, urgent: bool = False) -> int:
    """A notice to all; these have asked to hear what we tell, and the tasks are there. Returns the notice's number."""
    with office.session() as session:
        for name in who:
            preferences.prefer(session, people.guardians[name].id or 0, form="voice note")
        whom = Audience(people.setting.id or 0)
        told = notices.draft(session, whom, publish_at=MONDAY, now=MONDAY, text=SAYS["en_GB"], urgent=urgent)
        told.published_at = MONDAY
        number = told.id or 0
    await queue_prints.run(office.writer, MONDAY)
    return number


async def record(office: Office, language: str, content: bytes = b"") -> int:
    """Staff have spoken it in a language; it is sent as the job does it."""
    with office.session() as session:
        task = listeners.waiting(session)[0]
        made = recordings.add(
            session, task, content or ogg(), language=language, words=SAYS[language], now=office.clock.now
        )
        number = made.id or 0
    await send_recordings.run(office.writer, office.clock.now)
    return number


def heard(office: Office) -> set[str]:
    """Who has been sent a voice note, or a link to one."""
    chats = {str(one.chat_id) for one in office.telegram.sent if one.method == "sendVoice"}
    phones = {one.to for one in office.twilio.sent if LINK.search(one.body)}
    return {who for who, member in CAST.items() if member.chat in chats or member.phone in phones}


def link(office: Office, who: str) -> str:
    found = LINK.search(next(one.body for one in office.twilio.sent if one.to == CAST[who].phone))
    assert found is not None
    return f"/v/{found[1]}"


def open_for(office: Office) -> list[str]:
    with office.session() as session:
        return sorted(session.get_one(Guardian, one.guardian_id).name for one in listeners.waiting(session))


def limit(office: Office, people: People, who: str) -> None:
    """A court's limit stands from today."""
    with office.session() as session:
        mine = Guardianship.guardian_id == people.guardians[who].id
        tie = session.exec(select(Guardianship).where(mine)).one()
        tie.restricted_from = MONDAY.date()
        session.add(tie)


def withdraw(office: Office) -> None:
    with office.session() as session:
        notices.withdraw(session, session.exec(select(notices.Notice)).one(), MONDAY)
