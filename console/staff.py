"""/console: what came in, what went out, what is to do. Demo only until there is sign-in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from babel.dates import format_skeleton
from sqlalchemy import Engine, func
from sqlmodel import Session, col, select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.database import reading
from bot.outbox import OutboxMessage
from console import said
from console.pages import page, words
from locales import LANGUAGES, SOURCE, catalogue
from nursery.complaints import Complaint, open_complaints
from nursery.contacts import Contact
from nursery.guardians import Guardian
from nursery.inbox import PRIVATE, InboundMessage, Media
from nursery.people import Child, Staff
from nursery.queries import Query, open_queries
from nursery.settings import first_setting, local
from nursery.tasks import open_tasks
from nursery.translations import gist

LATEST = 50

CHANNEL_NAMES = {"sms": "SMS", "telegram": "Telegram"}


def staff_routes(engine: Engine) -> list[Route]:
    """The plain staff page."""

    def console(_: Request) -> Response:
        with reading(engine) as session:
            setting = first_setting(session)
            return page(
                "staff.html",
                setting=setting.name if setting else "Coatpeg",
                tasks=_tasks(session),
                cases=_cases(session),
                came=_came(session),
                went=_went(session),
            )

    return [Route("/console", console)]


def _tasks(session: Session) -> list[dict[str, Any]]:
    return [
        {
            "says": said.task(task.kind),
            "urgent": task.urgent,
            "guardian": _name(session, Guardian, task.guardian_id),
            "child": _name(session, Child, task.child_id),
            "owner": _name(session, Staff, task.staff_id),
            "about": "" if ":" in task.about else task.about,
            **_when(task.raised_at),
        }
        for task in open_tasks(session)[:LATEST]
    ]


def _cases(session: Session) -> list[dict[str, Any]]:
    """Open questions and complaints, the one due first at the head."""
    gettext = words().gettext
    found: list[tuple[Query | Complaint, str, int | None]] = []
    found += [(one, gettext("Question"), one.owner_id) for one in open_queries(session)]
    found += [(one, gettext("Complaint"), one.handler_id) for one in open_complaints(session)]
    found.sort(key=lambda case: (case[0].due_on, case[0].reference))
    return [
        {
            "reference": one.reference,
            "kind": kind,
            "guardian": _name(session, Guardian, one.guardian_id),
            "child": _name(session, Child, one.child_id),
            "owner": _name(session, Staff, owner_id),
            "due": _day(one.due_on),
            "due_iso": one.due_on.isoformat(),
        }
        for one, kind, owner_id in found[:LATEST]
    ]


def _came(session: Session) -> list[dict[str, Any]]:
    chosen = (
        select(InboundMessage, Contact, Guardian)
        .join(Contact, col(InboundMessage.contact_id) == col(Contact.id))
        .join(Guardian, col(Contact.guardian_id) == col(Guardian.id), isouter=True)
        .where(col(InboundMessage.outcome).not_in(PRIVATE))
        .order_by(col(InboundMessage.id).desc())
        .limit(LATEST)
    )
    return [
        {
            "words": "" if message.restricted else message.text,
            "gist": gist(session, message.id),
            "kind": message.kind,
            "files": _files(session, message.id),
            "outcome": said.outcome("restricted" if message.restricted else message.outcome),
            "for_staff": message.for_staff and message.read_at is None,
            **_person(contact, guardian),
            **_when(message.received_at),
        }
        for message, contact, guardian in session.exec(chosen)
    ]


def _went(session: Session) -> list[dict[str, Any]]:
    chosen = (
        select(OutboxMessage, Contact, Guardian)
        .join(Contact, col(OutboxMessage.contact_id) == col(Contact.id))
        .join(Guardian, col(Contact.guardian_id) == col(Guardian.id), isouter=True)
        .where(col(OutboxMessage.conversation).not_in(PRIVATE))
        .order_by(col(OutboxMessage.id).desc())
        .limit(LATEST)
    )
    return [
        {
            "words": message.text,
            "tongue": _tongue(message.language or SOURCE),
            "choices": [label for _, label in message.choices],
            "state": message.state,
            "state_words": said.state(message.state),
            "reason": said.reason(message.reason),
            "parts": message.parts if message.sender == "sms" else None,
            **_person(contact, guardian),
            **_when(message.sent_at or message.due_at),
        }
        for message, contact, guardian in session.exec(chosen)
        if not _answers_private(session, message.key)
    ]


def _answers_private(session: Session, key: str) -> bool:
    """Whether a message of this key answers one that staff do not see."""
    answered = session.get(InboundMessage, int(key.split(":")[1])) if key.startswith("in:") else None
    return answered is not None and answered.outcome in PRIVATE


def _person(contact: Contact, guardian: Guardian | None) -> dict[str, Any]:
    language = (guardian.language if guardian else None) or contact.language or SOURCE
    return {
        "name": guardian.name if guardian else "",
        "address": contact.address,
        "channel": CHANNEL_NAMES.get(contact.channel, contact.channel),
        "language": _tongue(language),
    }


def _tongue(language: str) -> dict[str, str]:
    known = LANGUAGES[catalogue(language).language]
    return {"tag": known.html, "dir": known.direction, "name": known.autonym}


def _files(session: Session, inbound_id: int | None) -> int:
    return session.exec(select(func.count()).select_from(Media).where(Media.inbound_id == inbound_id)).one()


def _name(session: Session, kind: type[Guardian] | type[Child] | type[Staff], number: int | None) -> str:
    found: Any = session.get(kind, number) if number is not None else None
    return str(found.name) if found else ""


def _when(moment: datetime) -> dict[str, str]:
    here = local(moment)
    return {"at": here.isoformat(timespec="minutes"), "time": f"{_day(here.date())}, {here:%H:%M}"}


def _day(day: date) -> str:
    return format_skeleton("MMMEd", datetime(day.year, day.month, day.day), locale=SOURCE)  # noqa: DTZ001
